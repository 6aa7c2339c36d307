import type { QuestionType } from "@vsi/dataset";
import { sha256Hex } from "@vsi/dataset/internal";

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

/** One of TARGET_NAMES. */
export type TargetName = keyof typeof TARGETS;

/** The names of TARGETS. */
export const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];

/** The target's totals, in proportion to the scans that are there: a tenth of the scans, a tenth of the questions. */
export function capsFor(target: Target, scansRead: number): Partial<Record<QuestionType, number>> {
  return Object.fromEntries(
    Object.entries(target.questions).map(([type, total]) => [type, Math.round((total * scansRead) / target.scans)]),
  );
}

/** Sixteen hex digits by which a seeded draw orders what is named. */
export function hashRank(name: string): string {
  return sha256Hex(name).slice(0, 16);
}

/** Where a question stands: its scan, and its place among the scan's. */
interface Place {
  scanId: string;
  place: number;
  /** A seeded hash of the question's id: who is kept depends on the questions alone, not on the order of the scans. */
  rank: string;
}

/**
 * Which questions go so that no type has more than its cap: a seeded draw over all scans. Types without a cap keep all.
 *
 * @returns the places to drop, by scan.
 */
export class TypeCaps {
  readonly #seed: number;
  readonly #places = new Map<QuestionType, Place[]>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Notes a question that would go into the dataset. */
  add(scanId: string, place: number, question: { id: string; question_type: QuestionType }): void {
    const rank = hashRank(`target/${this.#seed}/${question.id}`);
    const places = this.#places.get(question.question_type) ?? [];
    places.push({ scanId, place, rank });
    this.#places.set(question.question_type, places);
  }

  /** The questions over the caps: places among the scan's questions, by scan. */
  over(caps: Partial<Record<QuestionType, number>>): Map<string, Set<number>> {
    const dropped = new Map<string, Set<number>>();
    for (const [type, places] of this.#places) {
      const cap = caps[type] ?? Number.POSITIVE_INFINITY;
      const ranked = places.toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
      for (const { scanId, place } of ranked.slice(Math.min(cap, ranked.length))) {
        dropped.set(scanId, (dropped.get(scanId) ?? new Set()).add(place));
      }
    }
    return dropped;
  }
}
