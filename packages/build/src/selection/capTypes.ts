import { createHash } from "node:crypto";
import type { Question, QuestionType } from "@vsi/dataset";

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
  add(scanId: string, place: number, question: Pick<Question, "id" | "question_type">): void {
    const rank = createHash("sha256").update(`target/${this.#seed}/${question.id}`).digest("hex").slice(0, 16);
    const places = this.#places.get(question.question_type);
    if (places === undefined) this.#places.set(question.question_type, [{ scanId, place, rank }]);
    else places.push({ scanId, place, rank });
  }

  /** The questions over the caps: places among the scan's questions, by scan. */
  over(caps: Partial<Record<QuestionType, number>>): Map<string, Set<number>> {
    const dropped = new Map<string, Set<number>>();
    for (const [type, places] of this.#places) {
      const cap = caps[type] ?? Number.POSITIVE_INFINITY;
      const ranked = places.toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
      for (const { scanId, place } of ranked.slice(Math.min(cap, ranked.length))) {
        const ofScan = dropped.get(scanId);
        if (ofScan === undefined) dropped.set(scanId, new Set([place]));
        else ofScan.add(place);
      }
    }
    return dropped;
  }
}
