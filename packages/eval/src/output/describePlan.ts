import { countOf } from "@vsi/report";
import { scanOf } from "../benchmark/scanOf.ts";
import type { RunPlan } from "../run/planRun.ts";
import type { RunSettings } from "../run/runSettings.ts";

/** What `vsi-eval run --dry-run` says; `--json` prints it. */
export interface PlanSummary {
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
  const [{ prompt, frames }] = questions;
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
    `${countOf(plan.questions, "question")} about ${countOf(plan.scenes, "scene")}, ${plan.least_frames} to ${plan.most_frames} frames each; all frames are there.`,
    `Settings: ${JSON.stringify(plan.settings)}`,
    `The first question, after the frames ${plan.first_frames.join(", ")}:`,
    plan.first_prompt,
    "Nothing was asked.",
  ].join("\n");
}
