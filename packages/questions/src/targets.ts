import type { QuestionType } from "@vsi/dataset";

/** How many questions a published dataset has, and from how many scans. */
export interface Target {
  scans: number;
  questions: Partial<Record<QuestionType, number>>;
  source: string;
}

/** The datasets that `--target` knows. */
export const TARGETS = {
  "vsi-100k": {
    scans: 1513,
    questions: {
      object_counting: 6_400,
      object_size_estimation: 13_000,
      object_abs_distance: 75_000,
      object_rel_distance: 13_000,
      object_rel_direction_easy: 8_000,
      room_size_estimation: 1_500,
    },
    source: "arXiv 2504.00883, the table of VSI-100k's tasks (rounded to hundreds there)",
  },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof TARGETS;

export const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];

/** The target's totals, in proportion to the scans that are there: a tenth of the scans, a tenth of the questions. */
export function capsFor(target: Target, scansRead: number): Partial<Record<QuestionType, number>> {
  return Object.fromEntries(
    Object.entries(target.questions).map(([type, total]) => [type, Math.round((total * scansRead) / target.scans)]),
  );
}
