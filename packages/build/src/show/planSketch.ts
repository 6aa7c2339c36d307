import type { FloorPoint } from "./footprint.ts";
import { middleOf } from "./middleOf.ts";
import type { Plan } from "./plan.ts";
import { planBounds } from "./planBounds.ts";

/** A braille character holds two dots across and four down. */
const [DOTS_ACROSS, DOTS_DOWN] = [2, 4];
/** The first braille character, without a dot; each dot adds its bit (Unicode, Braille Patterns). */
const BLANK = 0x2800;
const BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];
/** Characters: a wider drawing is not read more easily, and a lower one fits on a screen with its legend. */
const WIDEST = 72;
const HIGHEST = 28;

/**
 * A plan as braille characters for a terminal, with letters for what is asked about and their meaning below; dots are about
 * as far apart across as down.
 *
 * @param columns of the terminal.
 */
export function planSketch(plan: Plan, columns: number): string {
  const { min, max } = planBounds(plan);
  const across = Math.min(columns, WIDEST) * DOTS_ACROSS - 1;
  const scale = Math.min(
    across / Math.max(max[0] - min[0], 1),
    (HIGHEST * DOTS_DOWN - 1) / Math.max(max[1] - min[1], 1),
  );
  const dotOf = ([x, y]: FloorPoint): FloorPoint => [
    Math.round((x - min[0]) * scale),
    Math.round((max[1] - y) * scale),
  ];
  const [right, bottom] = dotOf([max[0], min[1]]);
  const grid = Array.from({ length: Math.floor(bottom / DOTS_DOWN) + 1 }, () =>
    Array<number>(Math.floor(right / DOTS_ACROSS) + 1).fill(0),
  );
  const draw = (from: FloorPoint, to: FloorPoint) => {
    for (const [x, y] of dotsBetween(dotOf(from), dotOf(to))) {
      grid[Math.floor(y / DOTS_DOWN)]![Math.floor(x / DOTS_ACROSS)]! |= BITS[y % DOTS_DOWN]![x % DOTS_ACROSS]!;
    }
  };
  for (const ring of [...plan.outline, ...plan.boxes.map(({ corners }) => corners)]) {
    for (const [index, corner] of ring.entries()) draw(corner, ring[(index + 1) % ring.length]!);
  }
  for (const { from, to } of plan.lines) draw(from, to);
  const rows = grid.map((row) => row.map((bits) => String.fromCodePoint(BLANK + bits)));
  const legend: string[] = [];
  const mark = (point: FloorPoint, label: string) => {
    const [x, y] = dotOf(point);
    const letter = String.fromCodePoint("A".charCodeAt(0) + legend.length);
    rows[Math.floor(y / DOTS_DOWN)]![Math.floor(x / DOTS_ACROSS)] = letter;
    legend.push(`${letter} ${label}`);
  };
  for (const { corners, label } of plan.boxes) if (label !== null) mark(middleOf(corners), label);
  for (const { at, label } of plan.points) if (label !== "") mark(at, label);
  return [...rows.map((row) => row.join("")), ...legend].join("\n");
}

/** Every dot on the straight line between two (Bresenham's, by its longer side). */
function dotsBetween([x1, y1]: FloorPoint, [x2, y2]: FloorPoint): FloorPoint[] {
  const steps = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1));
  return Array.from({ length: steps + 1 }, (_, step): FloorPoint => {
    const share = steps === 0 ? 0 : step / steps;
    return [Math.round(x1 + (x2 - x1) * share), Math.round(y1 + (y2 - y1) * share)];
  });
}
