import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashText } from "@vsi/command/internal";
import type { SceneFacts } from "@vsi/dataset";
import { generateSceneQuestions, type ScanQuestions, type ScenePool, selectQuestions } from "@vsi/questions";
import { isScenePool, LEAST_ROOMS } from "@vsi/questions/internal";
import { internal } from "./internal.ts";
import { jsonText, mutateBytes, mutateJson } from "./mutate.ts";
import type { Inputs, Reader } from "./reader.ts";

const GENERATE = { protocol: "vsi-bench" } as const;

/** What people give --exclude: names, Apple's table, a benchmark's table and its JSON lines. */
const SCENE_LISTS = [
  "scene0000_00 # bright\nscannet/scene0011_00.mp4\n",
  "video_id,visit_id,fold\n41069025,381658,Validation\n47333462,422012.0,Training\n",
  'id\tscene_name\tquestion\n1\tscene0011_00\t"a ""b""\nc"\n',
  '{"scene_name": "scene0011_00"}\n{"video": "32_frame/0d2ee665be.mp4"}\n',
] as const;

/** Readers of the results that a build keeps of its scans, of what questions are picked from there, and of lists of scenes. */
export async function keptReaders({ repository, dataset, work }: Inputs): Promise<Reader[]> {
  const { loadScanResult } = await internal<{
    loadScanResult(folders: object, scanId: string): Promise<{ result: { status: string } & ScanQuestions } | null>;
  }>(repository, "vsi-build/dist/pipeline/keptResults.js");
  const { readExcludeList } = await internal<{ readExcludeList(values: string[]): Promise<string[]> }>(
    repository,
    "vsi-build/dist/scans/lists.js",
  );
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
    schema: "vsi-kept/4",
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
      name: "scene list",
      share: 2,
      run: async (random) => {
        const path = join(work, "scenes.txt");
        writeFileSync(path, mutateBytes(Buffer.from(random.pick(SCENE_LISTS)), random));
        await readExcludeList([path]);
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
  const few = Object.entries(directions).map(([type, { labels, ids, answers }]) => [
    type,
    { labels, ids: Array.from(ids).slice(0, 36), answers: Array.from(answers).slice(0, 12) },
  ]);
  return {
    ...Object.fromEntries(few),
    ...(distances && { object_rel_distance: fewSets(distances) }),
    ...(orders && { obj_appearance_order: { ...orders, sets: Array.from(orders.sets).slice(0, 12) } }),
  };
}

/** The first three sets of the first three targets, the only ones left. */
function fewSets(pool: Required<ScenePool>["object_rel_distance"]): typeof pool {
  const sets: number[] = [];
  let start = 0;
  const targets = pool.targets.slice(0, 3).map((target) => {
    const few = Math.min(target.sets, 3);
    sets.push(...Array.from(pool.sets).slice(4 * start, 4 * (start + few)));
    start += target.sets;
    return { ...target, sets: few };
  });
  return { ...pool, targets, sets };
}
