import { shellWord } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { countOf, printable } from "@vsi/dataset/internal";
import { exportTask } from "../task/exportTask.ts";
import type { EXPORT_TASK } from "./flags.ts";

/**
 * Writes the task and says how to call it.
 *
 * @returns the exit code
 */
export async function run(flags: Values<typeof EXPORT_TASK>): Promise<number> {
  const report = await exportTask(flags);
  const { out, task, questions, files, table } = report;
  const lines = [
    `${countOf(questions, "question")} written to ${out}: ${files.join(", ")}`,
    `lmms-eval: python -m lmms_eval --include_path ${shellWord(out)} --tasks ${task} --log_samples --output_path LOGS --model ...`,
    table === null
      ? "VLMEvalKit: no table, as it shows images only. Export each video's frames to a folder of its name for one."
      : `VLMEvalKit: put ${table} into its LMUData folder, and give --data ${task} --mode infer`,
    `Then: vsi-eval score LOGS/.../*_samples_${task}.jsonl --data ${shellWord(flags.data)}`,
  ];
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${lines.join("\n")}\n`));
  return 0;
}
