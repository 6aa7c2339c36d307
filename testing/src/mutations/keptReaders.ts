import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashText } from "@vsi/command";
import type { SceneFacts } from "@vsi/dataset";
import { generateSceneQuestions, type ScanQuestions, type ScenePool, selectQuestions } from "@vsi/questions";
import { isScenePool, LEAST_ROOMS } from "@vsi/questions/internal";
import { internal } from "./internal.ts";
import { jsonText, mutateJson } from "./mutate.ts";
import type { Inputs, Reader } from "./reader.ts";

const GENERATE = { protocol: "vsi-bench" } as const;

/** Readers of the results that a build keeps of its scans, and of what questions are picked from there. */
export async function keptReaders({ repository, dataset, work }: Inputs): Promise<Reader[]> {
  const { loadScanResult } = await internal<{
    loadScanResult(folders: object, scanId: string): Promise<{ result: { status: string } & ScanQuestions } | null>;
  }>(repository, "vsi-build/dist/pipeline/keptResults.js");
  const made = readdirSync(join(dataset, "scenes")).map((name) =>
    generateSceneQuestions(JSON.parse(readFileSync(join(dataset, "scenes", name), "utf8")) as SceneFacts, GENERATE),
  );
  const pools = made.map(({ pool }) => small(pool));
  // Enough rooms to learn from: the two again and again, under other names.
  const rooms = Array.from({ length: LEAST_ROOMS }, (_, room): ScanQuestions => {
    const scanId = `scene${9100 + room}_00`;
    return { scanId, questions: [], pool: pools[room % pools.length] ?? {} };
  });
  const [{ scanId }] = rooms as [ScanQuestions];
  const folders = { resultsFolder: work, settings: "s" };
  const kept = made.map(({ questions, notDrawn }, index) => ({
    schema: "vsi-kept/3",
    fingerprint: "f",
    settings: "s",
    files: {},
    result: {
      ...{ status: "read", scanId, questions: questions.slice(0, 12), pool: pools[index], warnings: [], notDrawn },
      ...{ refused: { codes: {}, types: {} }, frames: null },
    },
  }));
  /** Picks over all rooms, the first of which has `result`. */
  const pick = (result: ScanQuestions) => {
    const scans = rooms.map((room) => ({ scanId: room.scanId, split: "train" as const, result: room }));
    const load = async ({ result: own }: (typeof scans)[number]) => (own.scanId === scanId ? result : own);
    return selectQuestions(scans, load, { generate: GENERATE, target: null });
  };
  return [
    {
      name: "kept result",
      share: 1,
      run: async (random) => {
        const text = jsonText(mutateJson(random.pick(kept), random), random);
        // Sealed as writeSealed does it, which can't write what nests without end.
        writeFileSync(join(work, `${scanId}.json`), `${hashText(text)}\n${text}\n`);
        const stored = await loadScanResult(folders, scanId);
        if (stored?.result.status === "read") await pick(stored.result);
      },
    },
    {
      name: "pool",
      share: 0.5,
      run: async (random) => {
        const pool = mutateJson(random.pick(pools), random);
        if (isScenePool(pool)) await pick({ scanId, questions: [], pool });
      },
    },
  ];
}

/** A few of each: a mutation then hits what is read, and picking takes no time. */
function small(pool: ScenePool): ScenePool {
  const { object_rel_distance: distances, obj_appearance_order: orders, ...directions } = pool;
  const few = Object.entries(directions).map(([type, { labels, triples }]) => [
    type,
    { labels, triples: triples.slice(0, 12) },
  ]);
  return {
    ...Object.fromEntries(few),
    ...(distances && { object_rel_distance: { ...distances, targets: distances.targets.slice(0, 3).map(fewSets) } }),
    ...(orders && { obj_appearance_order: { ...orders, sets: orders.sets.slice(0, 3) } }),
  };
}

function fewSets<Target extends { sets: unknown[] }>(target: Target): Target {
  return { ...target, sets: target.sets.slice(0, 3) };
}
