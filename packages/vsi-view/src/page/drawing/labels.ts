import type { Vec3 } from "@vsi/dataset";
import type { Drawing, Emphasis } from "./drawing.ts";

/** A text at a place of the room. */
export interface RoomLabel {
  at: Vec3;
  text: string;
  /** Null for an object that the question is not about. */
  emphasis: Emphasis | null;
  /** What is named is at the place itself, and may be smaller than its label: that stands beside it. */
  isBeside?: boolean;
}

/** The labels of a drawing, the most important first: where there is no room for all, the first stay. */
export function drawingLabels(drawing: Drawing, centerOf: (objectId: number) => Vec3 | null): RoomLabel[] {
  const middle = (from: Vec3, to: Vec3) => from.map((value, k) => (value + (to[k] as number)) / 2) as Vec3;
  const labels: RoomLabel[] = [
    ...drawing.segments.map(({ from, to, label, emphasis }) => ({ at: middle(from, to), text: label, emphasis })),
    ...drawing.areas.map(({ labelAt, label }) => ({ at: labelAt, text: label, emphasis: "answer" as const })),
    ...drawing.objects.flatMap(({ id, label, emphasis }) => {
      const at = centerOf(id);
      return at ? [{ at, text: label, emphasis, isBeside: true }] : [];
    }),
    ...drawing.points.map(({ at, label, emphasis }) => ({ at, text: label, emphasis, isBeside: true })),
    ...drawing.sectors.map(({ center, start, end, radius_m, label, isAnswer }): RoomLabel => {
      const [angle, reach] = [(start + end) / 2, 0.7 * radius_m];
      const at: Vec3 = [center[0] + reach * Math.cos(angle), center[1] + reach * Math.sin(angle), center[2]];
      return { at, text: label, emphasis: isAnswer ? "answer" : "compared" };
    }),
  ];
  const order: (Emphasis | null)[] = ["answer", "asked", "compared", "helper"];
  return labels
    .filter(({ text }) => text !== "")
    .sort((one, other) => order.indexOf(one.emphasis) - order.indexOf(other.emphasis));
}
