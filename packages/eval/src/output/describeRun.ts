import { runFolder } from "../run/runFolder.ts";
import type { RunReport } from "../run/runReport.ts";

/** How many failed questions are named; all of them are in answers.jsonl. */
const NAMED_FAILURES = 3;

/** The lines that close a run: how many answers, what is wrong with them, and what to type next. */
export function describeRun(report: RunReport): string {
  const { questions, answered, kept, failed, cut, out, data } = report;
  const { answers, predictions } = runFolder(out);
  const earlier = kept === 0 ? "" : ` (${kept} of them before)`;
  const lines = [`${answered} of ${questions} questions answered${earlier}, ${report.seconds.toFixed(1)} seconds.`];
  if (cut > 0) {
    lines.push(
      `${cut} answers were cut off by --max-tokens (finish_reason "length"): give more, or expect lower scores.`,
    );
  }
  for (const { id, error } of failed.slice(0, NAMED_FAILURES)) lines.push(`  failed: ${id}: ${error}`);
  if (failed.length > 0)
    lines.push(`${failed.length} failed, each with its reason in ${answers}: --resume asks them again.`);
  if (report.images !== "shown") lines.push(`Images: ${report.images} (settings.json says it too).`);
  lines.push(`Answers written to ${answers}`, `Next: vsi-eval score ${predictions} --data ${data}`);
  return lines.join("\n");
}
