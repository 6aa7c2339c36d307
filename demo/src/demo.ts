import { join } from "node:path";
import type { Question, QuestionType } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { runCommand, runUntilSignal } from "./commands.ts";

/** Everything the demo writes goes here, below the current folder. */
const DEMO_FOLDER = "demo-output";

/** One example of each: a number, a word, and a pair of objects. */
const EXAMPLE_TYPES: readonly QuestionType[] = [
  "object_abs_distance",
  "object_rel_distance",
  "object_rel_direction_easy",
];

/** `npm run demo`: sample rooms as a raw ScanNet folder, a dataset built from them, three of its questions. */
export async function demo(): Promise<void> {
  await runUntilSignal("demo", runDemo);
}

async function runDemo(signal: AbortSignal): Promise<number> {
  const raw = `${DEMO_FOLDER}/raw`;
  const out = `${DEMO_FOLDER}/vsi-100k`;
  await runCommand("vsi-build", ["samples", raw, "--overwrite"], { signal });
  await runCommand("vsi-build", ["--scannet", raw, "--out", out, "--overwrite"], { signal });
  process.stdout.write("\nThree of its questions, and what each answer rests on:\n");
  for (const { id, question_type, question, ground_truth, evidence } of await findExamples(out)) {
    const measured = `${evidence.value?.toFixed(2)} ${evidence.unit}`;
    process.stdout.write(`\n  ${question_type} ${id}\n  Q: ${question}\n  A: ${ground_truth}`);
    process.stdout.write(`   evidence: objects ${evidence.object_ids.join(", ")}; ${measured}\n`);
  }
  process.stdout.write(`\nLook at them in a browser: npx vsi-view ${out} --scannet ${raw}\n`);
  return 0;
}

async function findExamples(dataset: string): Promise<Question[]> {
  const examples = new Map<QuestionType, Question>();
  for await (const { record } of readJsonl(join(dataset, "data", "train.jsonl"))) {
    const question = record as Question;
    if (EXAMPLE_TYPES.includes(question.question_type) && !examples.has(question.question_type)) {
      examples.set(question.question_type, question);
    }
    if (examples.size === EXAMPLE_TYPES.length) break;
  }
  return [...examples.values()];
}
