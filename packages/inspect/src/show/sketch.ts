import { at, type PlanPoint, printableLine } from "@vsi/dataset/internal";
import { middleOf, type Plan, planBounds } from "@vsi/report/internal";

/** With fewer columns a drawing is illegible. */
const NARROWEST = 30;

/** Whether a drawing in braille characters can be read there: a terminal of known width that says it takes UTF-8. */
export function canSketch(
  { isTTY, columns }: { isTTY?: boolean; columns?: number },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  // The first one set decides (POSIX, Environment Variables).
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "";
  return isTTY === true && (columns ?? 0) >= NARROWEST && /utf-?8/i.test(locale);
}

/** Characters: a wider drawing is no easier to read, and this height fits on a screen along with its legend. */
const WIDEST = 72;
const HIGHEST = 28;

/** A braille character holds two dots across and four down. */
const DOTS_ACROSS = 2;
const DOTS_DOWN = 4;

/** The first braille character, without a dot; each dot adds its bit, here row by row (Unicode, Braille Patterns). */
const BLANK = 0x2800;
const BITS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

/**
 * A plan as braille characters for a terminal, with letters for what is asked about and their meaning below; dots are
 * about as far apart across as down.
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
  const dotOf = ([x, y]: PlanPoint): PlanPoint => [Math.round((x - min[0]) * scale), Math.round((max[1] - y) * scale)];
  const [right, bottom] = dotOf([max[0], min[1]]);
  const width = Math.floor(right / DOTS_ACROSS) + 1;
  const height = Math.floor(bottom / DOTS_DOWN) + 1;
  const cellOf = ([x, y]: PlanPoint) => Math.floor(y / DOTS_DOWN) * width + Math.floor(x / DOTS_ACROSS);

  const bits = new Map<number, number>();
  const draw = (from: PlanPoint, to: PlanPoint) => {
    for (const dot of dotsBetween(dotOf(from), dotOf(to))) {
      const cell = cellOf(dot);
      bits.set(cell, (bits.get(cell) ?? 0) | at(BITS, (dot[1] % DOTS_DOWN) * DOTS_ACROSS + (dot[0] % DOTS_ACROSS)));
    }
  };
  for (const ring of [...plan.outline, ...plan.boxes.map(({ corners }) => corners)]) {
    let from = ring.at(-1);
    for (const corner of ring) {
      draw(from ?? corner, corner);
      from = corner;
    }
  }
  for (const { from, to } of plan.lines) draw(from, to);

  const letters = new Map<number, string>();
  const legend: string[] = [];
  const mark = (point: PlanPoint, label: string) => {
    const letter = String.fromCodePoint("A".charCodeAt(0) + legend.length);
    letters.set(cellOf(dotOf(point)), letter);
    legend.push(`${letter} ${printableLine(label)}`);
  };
  for (const { corners, label } of plan.boxes) if (label !== null) mark(middleOf(corners), label);
  for (const { at: point, label } of plan.points) if (label !== "") mark(point, label);

  const characterOf = (cell: number) => letters.get(cell) ?? String.fromCodePoint(BLANK + (bits.get(cell) ?? 0));
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => characterOf(row * width + column)).join(""),
  );
  return [...rows, ...legend].join("\n");
}

/** Every dot on the straight line between two (Bresenham's, by its longer side). */
function dotsBetween([x1, y1]: PlanPoint, [x2, y2]: PlanPoint): PlanPoint[] {
  const steps = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1));
  return Array.from({ length: steps + 1 }, (_, step): PlanPoint => {
    const share = steps === 0 ? 0 : step / steps;
    return [Math.round(x1 + (x2 - x1) * share), Math.round(y1 + (y2 - y1) * share)];
  });
}
