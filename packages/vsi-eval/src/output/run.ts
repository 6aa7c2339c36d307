import { shellWord } from "@vsi/command";
import { at, countOf } from "@vsi/dataset/internal";
import type { Table } from "@vsi/report";
import { scanOf } from "../evalQuestion.ts";
import { runFolder } from "../run/folder.ts";
import type { RunPlan } from "../run/planRun.ts";
import type { RunReport } from "../run/runModel.ts";
import type { RunSettings } from "../run/runSettings.ts";
import { flattenSettings } from "../settings.ts";

/** What `vsi-eval run --dry-run` says; `--json` prints it. */
interface PlanSummary {
  questions: number;
  scenes: number;
  /** Frames of the question with the fewest and with the most. */
  least_frames: number;
  most_frames: number;
  settings: RunSettings;
  first_frames: string[];
  first_prompt: string;
}

/** How much a run would ask, and its first question as it would be sent. */
export function summarizePlan({ questions, settings }: RunPlan): PlanSummary {
  const counts = questions.map(({ frames }) => frames.length);
  const { prompt, frames } = at(questions, 0);
  return {
    questions: questions.length,
    scenes: new Set(questions.map(({ question }) => scanOf(question))).size,
    least_frames: Math.min(...counts),
    most_frames: Math.max(...counts),
    settings,
    first_frames: frames.map(({ name }) => name),
    first_prompt: prompt,
  };
}

/** The same for a person. */
export function describePlan(plan: PlanSummary): string {
  return [
    `${countOf(plan.questions, "question")} about ${countOf(plan.scenes, "scene")}, ${framesEach(plan)}; no frames are missing.`,
    `Settings: ${JSON.stringify(plan.settings)}`,
    plan.first_frames.length === 0
      ? "The first question, without frames:"
      : `The first question, after the frames ${plan.first_frames.join(", ")}:`,
    plan.first_prompt,
    "Nothing was asked.",
  ].join("\n");
}

function framesEach({ least_frames: least, most_frames: most }: PlanSummary): string {
  return least === most ? `${countOf(most, "frame")} each` : `${least} to ${most} frames each`;
}

/** How many failed questions are named; all of them are in answers.jsonl. */
const NAMED_FAILURES = 3;

/** The lines that close a run: how many answers, what is wrong with them, and what to type next. */
export function describeRun(report: RunReport): string {
  const { questions, answered, kept, failed, cut, out, data } = report;
  const { answers, predictions } = runFolder(out);
  const earlier = kept === 0 ? "" : ` (${kept} of them earlier)`;
  const lines = [
    `${answered} of ${countOf(questions, "question")} answered${earlier}, ${report.seconds.toFixed(1)} seconds.`,
  ];
  if (cut > 0) {
    lines.push(
      `${countOf(cut, "answer")} cut off by --max-tokens (finish_reason "length"): raise it, or expect lower scores.`,
    );
  }
  for (const { id, error } of failed.slice(0, NAMED_FAILURES)) lines.push(`  failed: ${id}: ${error}`);
  if (failed.length > 0)
    lines.push(`${failed.length} failed; the reasons are in ${answers}. --resume asks them again.`);
  if (report.images !== "shown" && report.images !== "none")
    lines.push(`Images: ${report.images} (also in settings.json).`);
  lines.push(`Answers written to ${answers}`);
  if (answered > 0) lines.push(`Next: vsi-eval score ${shellWord(predictions)} --data ${shellWord(data)}`);
  return lines.join("\n");
}

/** A run's settings, a line each. */
export function settingsTable(settings: Readonly<Record<string, unknown>>): Table {
  return {
    columns: [{ head: "setting" }, { head: "value" }],
    rows: [...flattenSettings(settings)],
  };
}
