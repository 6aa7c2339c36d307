/** A point of a plan, the room seen from above: [x, y] on the floor plane, metres, axis-aligned, +Y up the page. */
export type PlanPoint = readonly [number, number];

/** A straight line of a plan. */
export interface PlanLine {
  from: PlanPoint;
  to: PlanPoint;
  /** Whether it ends in an arrow. */
  isArrow: boolean;
  /** The one that the answer is about; the others are for comparison. */
  isAnswer: boolean;
  /** Written at its middle; empty for none. */
  label: string;
}

/** What a question is about, seen from above. */
export interface Marks {
  lines: readonly PlanLine[];
  /** Where a camera was, or a walk begins: marked by a dot. */
  points: readonly { at: PlanPoint; label: string }[];
}
