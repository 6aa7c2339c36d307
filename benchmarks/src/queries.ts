import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { median } from "@vsi/dataset/internal";
import { factsFromMetaInfo, type SceneFacts } from "@vsi/geometry";
import { findScans, readScan } from "@vsi/geometry/node";
import { answerQuery, generateQuestions, parseQuestion, type Query } from "@vsi/questions";
import type { Measurement } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { ratioOf, ratioText } from "./harness/ratio.ts";
import { SHARED_DATA, writeRooms } from "./harness/rooms.ts";
import type { Contenders } from "./harness/turns.ts";
import { timeInTurn } from "./harness/turns.ts";

/** As many as VSI-Bench has of ScanNet; made only where its published facts are not at hand. */
const SAMPLE_ROOMS = 88;
const SAMPLE_VERTICES = 20_000;

const PUBLISHED = join(SHARED_DATA, "vsi-bench", "scannet_meta_info_val.json");

const BOX = "box";
const SAMPLED = "sampled";

/** Each answers every question of every scene in a run, on facts it sees for the first time. */
export const contenders: Contenders = {
  [BOX]: (folder) => answerAll(folder, "box"),
  [SAMPLED]: (folder) => answerAll(folder, "sampled"),
};

/** Answering the benchmark's questions from scene facts. */
export const measurement: Measurement = {
  summary: "answering every vsi-bench question of 88 scenes, by boxes and by the benchmark's sampled points",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    if (!existsSync(PUBLISHED)) await writeRooms(folder, { rooms: SAMPLE_ROOMS, vertexCount: SAMPLE_VERTICES });
    const scenes = await loadScenes(folder);
    const questions = scenes.reduce((sum, facts) => sum + questionsOf(facts).length, 0);
    say(`answering ${questions} questions of ${scenes.length} scenes in turn`);
    const { times } = await timeInTurn({ module: import.meta.url, contenders, folder });
    const [box, sampled] = [named(times, BOX).wall, named(times, SAMPLED).wall];
    return [
      {
        title: "Answering the benchmark's questions",
        columns: ["distance", "times box", "s for all"],
        rows: [
          [BOX, "1", (median(box) / 1000).toFixed(2)],
          [SAMPLED, ratioText(ratioOf(sampled, box)), (median(sampled) / 1000).toFixed(2)],
        ],
        notes: [
          `${questions} questions of ${scenes.length} ${existsSync(PUBLISHED) ? "published scenes" : "sample rooms"}, each scene's facts new to the answerer, one core. Aim: a few seconds.`,
        ],
      },
    ];
  },
};

async function answerAll(folder: string, distance: "box" | "sampled"): Promise<() => void> {
  const scenes = await loadScenes(folder);
  const asked: [string, Query[]][] = scenes.map((facts) => [
    JSON.stringify(facts),
    questionsOf(facts).map(({ question }) => parseQuestion(question)),
  ]);
  return () => {
    for (const [json, queries] of asked) {
      const facts = JSON.parse(json) as SceneFacts; // New facts: nothing is remembered from the run before.
      for (const query of queries) answerQuery(facts, query, { distance });
    }
  };
}

function questionsOf(facts: SceneFacts) {
  return generateQuestions(facts, { protocol: "vsi-bench", distance: "box" }).questions;
}

async function loadScenes(folder: string): Promise<SceneFacts[]> {
  if (existsSync(PUBLISHED)) return factsFromMetaInfo(JSON.parse(await readFile(PUBLISHED, "utf8")));
  const scenes: SceneFacts[] = [];
  for (const scan of await findScans(folder)) scenes.push((await readScan(scan)).facts);
  return scenes;
}
