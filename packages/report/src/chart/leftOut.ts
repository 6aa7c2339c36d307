import { countOf } from "../text/countOf.ts";

/** Beyond this the width of an axis in doubles, and with it the place of every mark, is lost. */
const LARGEST_PLOTTED = 1e100;
/** Below this a number is drawn as zero: an axis between smaller ones has no ticks. */
const SMALLEST_PLOTTED = 1e-100;

/** Sorts out numbers that no axis can show, and counts them for the subtitle. */
export interface LeftOut {
  /** The number as it is plotted; null when it can't be. On a logarithmic axis only numbers above zero can be. */
  keep(value: number, axis: "linear" | "logarithmic"): number | null;
  /** Lines for the subtitle: "3 values are not finite". */
  notes(): string[];
}

export function countLeftOut(): LeftOut {
  let notFinite = 0;
  let tooLarge = 0;
  let notPositive = 0;
  return {
    keep(value, axis) {
      if (!Number.isFinite(value)) notFinite += 1;
      else if (Math.abs(value) > LARGEST_PLOTTED) tooLarge += 1;
      else if (axis === "logarithmic" && value < SMALLEST_PLOTTED) notPositive += 1;
      else return Math.abs(value) < SMALLEST_PLOTTED ? 0 : value;
      return null;
    },
    notes() {
      return [
        ...note(notFinite, "not finite"),
        ...note(tooLarge, `beyond ${LARGEST_PLOTTED}`),
        ...note(notPositive, "not above zero, which a logarithmic axis needs"),
      ];
    },
  };
}

function note(count: number, what: string): string[] {
  return count === 0 ? [] : [`${countOf(count, "value")} ${count === 1 ? "is" : "are"} ${what}`];
}
