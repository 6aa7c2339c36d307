import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sums } from "./sums.ts";

/**
 * Sums of what a build chose to ask, by the files of its questions: scene, type, objects and answer of each, in order.
 * Wording, and with it the ids, may become another from one version to the next; the choice of the papers' rules may
 * not. Of an output without such files there are none.
 *
 * @param folder a case's output.
 */
export async function choicesOf(folder: string): Promise<Sums> {
  const data = join(folder, "data");
  const names = existsSync(data) ? (await readdir(data)).filter((name) => name.endsWith(".jsonl")).sort() : [];
  const sums: Sums = {};
  const all: Asked[] = [];
  for (const name of names) {
    const lines = (await readFile(join(data, name), "utf8")).split("\n").filter((line) => line !== "");
    const asked = lines.map((line) => JSON.parse(line) as Asked);
    all.push(...asked);
    sums[`data/${name}`] = sumOf(asked);
  }
  // As builds order scans; a scene's questions stay in their order.
  all.sort((one, other) => (one.scene_name < other.scene_name ? -1 : one.scene_name > other.scene_name ? 1 : 0));
  if (names.length > 0) sums[ALL_SPLITS] = sumOf(all);
  return sums;
}

/** Stands for the questions of all splits together, scene by scene. */
export const ALL_SPLITS = "data/*.jsonl";

/**
 * The part of a case's choices that is held against former ones: all splits together where only these were kept, as for
 * published facts, of which 0.1 put every scene into the test split.
 */
export function comparedChoices(former: Sums, choices: Sums): Sums {
  const isWhole = Object.hasOwn(former, ALL_SPLITS);
  return Object.fromEntries(Object.entries(choices).filter(([file]) => (file === ALL_SPLITS) === isWhole));
}

function sumOf(asked: readonly Asked[]): string {
  const text = asked.map((one) => `${choiceOf(one)}\n`).join("");
  return createHash("sha256").update(text).digest("hex");
}

interface Asked {
  scene_name: string;
  question_type: string;
  ground_truth: string;
  evidence: { object_ids: number[] };
}

function choiceOf({ scene_name, question_type, ground_truth, evidence }: Asked): string {
  return JSON.stringify([scene_name, question_type, evidence.object_ids, ground_truth]);
}
