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
  for (const name of names) {
    const lines = (await readFile(join(data, name), "utf8")).split("\n").filter((line) => line !== "");
    const text = lines.map((line) => `${choiceOf(JSON.parse(line))}\n`).join("");
    sums[`data/${name}`] = createHash("sha256").update(text).digest("hex");
  }
  return sums;
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
