import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type DatasetSplit, physicalRoomOf, type SceneFacts, VsiError } from "@vsi/dataset";
import { at, isRecord, roomOfScene } from "@vsi/dataset/internal";
import { readRegularFile } from "@vsi/dataset/internal/node";
import { readScene, sceneFile } from "@vsi/inspect/internal";
import type { SceneSummary } from "./contract.ts";
import type { QuestionIndex } from "./questionIndex.ts";

/**
 * The names of a dataset's scenes, in order. The folder may hold other files, and somebody else's a pipe or device, which
 * would be waited for without an end.
 */
export async function listScenes(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, "scenes"), { withFileTypes: true }).catch(() => []);
  const names: string[] = [];
  // Archives made on a Mac bring "._scene0000_00.json".
  for (const entry of entries.filter(({ name }) => name.endsWith(".json") && !name.startsWith("."))) {
    const isFile = entry.isSymbolicLink()
      ? await stat(join(folder, "scenes", entry.name)).then(
          (found) => found.isFile(),
          () => false,
        )
      : entry.isFile();
    if (isFile) names.push(entry.name.slice(0, -".json".length));
  }
  return names.sort();
}

/**
 * What a list of scenes shows, by scene index.
 *
 * @param meshes scans whose mesh can be asked for.
 */
export async function summarizeScenes(
  folder: string,
  names: readonly string[],
  splits: readonly DatasetSplit[],
  { table, rowsOfScene }: QuestionIndex,
  meshes: ReadonlySet<string>,
): Promise<SceneSummary[]> {
  const images = new Set(await readdir(join(folder, "frames")).catch(() => []));
  const ownSplits = rowsOfScene.map((rows) => {
    const [first] = rows;
    return first === undefined ? undefined : splits[at(table.split, first)];
  });
  const read: FactsSummary[] = [];
  for (const name of names) read.push(await readSummary(folder, name));
  const ofRoom = new Map(read.map(({ room }, scene) => [room, ownSplits[scene]] as const).filter(([, split]) => split));
  const summaries: SceneSummary[] = [];
  for (const [scene, name] of names.entries()) {
    const rows = at(rowsOfScene, scene);
    const { room, ...facts } = at(read, scene);
    summaries.push({
      ...facts,
      split: ownSplits[scene] ?? ofRoom.get(room) ?? null,
      questions: rows.filter((row) => row < table.questions).length,
      hasMesh: meshes.has(name),
      hasFrames: images.has(name),
    });
  }
  return summaries;
}

type FactsSummary = Pick<SceneSummary, "dataset" | "scene_name" | "objects" | "area_m2" | "frames" | "problem"> & {
  /** The physical room. */
  room: string;
};

/**
 * Without the JSON Schema, which would take longer than all the rest for a thousand scenes; where the facts are not as
 * they should be, readScene says why, and the other scenes can still be looked at.
 */
async function readSummary(folder: string, name: string): Promise<FactsSummary> {
  const summary = await readRegularFile(join(folder, sceneFile(name)), sceneFile(name), "facts").then(
    (text) => summaryOf(text, name),
    () => null,
  );
  return summary ?? readScene(folder, name).then(factsSummary, (error: unknown) => damagedSummary(name, error));
}

function damagedSummary(scene_name: string, error: unknown): FactsSummary {
  if (!(error instanceof VsiError)) throw error;
  const room = physicalRoomOf(scene_name);
  return { dataset: null, scene_name, room, objects: 0, area_m2: 0, frames: 0, problem: error.message };
}

function summaryOf(text: string, name: string): FactsSummary | null {
  try {
    const facts = JSON.parse(text) as SceneFacts;
    const isFit =
      facts.scene_name === name &&
      typeof facts.dataset === "string" &&
      typeof facts.room?.area_m2 === "number" &&
      Array.isArray(facts.objects) &&
      facts.objects.every(isRecord) &&
      (facts.camera === null || Array.isArray(facts.camera?.frames));
    return isFit ? factsSummary(facts) : null;
  } catch {
    return null;
  }
}

function factsSummary(facts: SceneFacts): FactsSummary {
  const { dataset, scene_name, room, objects, camera } = facts;
  return {
    room: roomOfScene(scene_name, facts),
    dataset,
    scene_name,
    objects: objects.filter(({ excluded }) => excluded !== "structure").length,
    area_m2: room.area_m2,
    frames: camera?.frames.length ?? 0,
    problem: null,
  };
}
