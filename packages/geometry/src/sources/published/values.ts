import type { AxisAlignedBox, OrientedBox, Vec3 } from "@vsi/dataset";
import { describeValue } from "@vsi/dataset/internal";
import { AXES } from "../../axes.ts";
import { GeometryError } from "../../errors.ts";

/**
 * Makes the error for one value of a published file.
 *
 * @param got the value itself.
 * @param among where a field was looked for in vain: the fields there tell in what a form differs.
 */
export type MetaInfoFail = (
  code: string,
  place: string,
  got: unknown,
  expected: string,
  among?: Readonly<Record<string, unknown>>,
) => GeometryError;

/** The errors of one file, which all give the same advice. */
export function metaInfoFail(file: string): MetaInfoFail {
  return (code, place, got, expected, among) =>
    new GeometryError(code, {
      file,
      place,
      got: `${describeValue(got)}${got === undefined && among !== undefined ? ` among ${fieldsOf(among)}` : ""}`,
      expected,
      advice:
        "The file is damaged or not of a known form (VSI-Bench's meta_info, VLM-3R's metadata, VSI-590K-MetaInfo, ReVSI's 3d_annotation.json); download it again.",
    });
}

/** An entry of the known forms has at most 9 fields of short names; those of another file may be endless. */
const MOST_SHOWN_FIELDS = 12;
const LONGEST_SHOWN_FIELD = 40;

function fieldsOf(entry: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(entry);
  const shown = names.slice(0, MOST_SHOWN_FIELDS).map((name) => JSON.stringify(name.slice(0, LONGEST_SHOWN_FIELD)));
  const more = names.length > MOST_SHOWN_FIELDS ? ` and ${names.length - MOST_SHOWN_FIELDS} more` : "";
  return names.length === 0 ? "no fields" : `the fields ${shown.join(", ")}${more}`;
}

/** Names of scenes become file names; 64: those of the published datasets have at most 12 characters. */
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** @throws GeometryError "meta-info-unsafe-name". */
export function checkPublishedName(name: string, place: string, fail: MetaInfoFail): void {
  if (!SAFE_NAME.test(name)) {
    const expected = "1 to 64 letters, digits, _ and -, the first a letter or digit";
    throw fail("meta-info-unsafe-name", place, name, expected);
  }
}

/**
 * Metres: VSI-Bench's sampled distance finds no points on thinner boxes. The shortest of 3,672 published edges is 1 cm.
 */
const SHORTEST_LENGTH = 1e-6;

/**
 * How far products of axes may be from those of an orthonormal frame: 4.4e-16 at most in the 1,224 published boxes of
 * ScanNet; 1e-6 also takes axes that went through float32, and moves the end of a 10 m box by 5 micrometres.
 */
export const AXES_TOLERANCE = 1e-6;

/** One published box. */
export interface PublishedBox {
  box: OrientedBox;
  aabb: AxisAlignedBox;
}

/**
 * Refuses lengths of nothing. @param place of the list. @throws GeometryError "meta-info-degenerate-box".
 */
export function checkLengths(size: Vec3, place: string, fail: MetaInfoFail): void {
  for (const axis of AXES) {
    if (size[axis] > SHORTEST_LENGTH) continue;
    const expected = `a length over ${SHORTEST_LENGTH} m`;
    throw fail("meta-info-degenerate-box", `${place}[${axis}]`, size[axis], expected);
  }
}

/**
 * Refuses axes that are no orthonormal frame; left-handed ones are a frame like any other.
 *
 * @throws GeometryError "meta-info-degenerate-box".
 */
export function checkOrthonormal(axes: OrientedBox["axes"], place: string, fail: MetaInfoFail): void {
  for (const first of AXES) {
    for (const second of AXES.slice(first)) {
      const product = AXES.reduce<number>((sum, axis) => sum + axes[first][axis] * axes[second][axis], 0);
      const right = first === second ? 1 : 0;
      if (Math.abs(product - right) <= AXES_TOLERANCE) continue;
      const expected = `${right} as the product of row ${first} and row ${second} of three orthonormal rows, within ${AXES_TOLERANCE}`;
      throw fail("meta-info-degenerate-box", place, product, expected);
    }
  }
}

/** The axis-aligned box around an oriented one. */
export function boundsOf({ center, size, axes }: OrientedBox): AxisAlignedBox {
  const reach = (along: number): number =>
    AXES.reduce<number>((sum, axis) => sum + (Math.abs(axes[axis][along] as number) * size[axis]) / 2, 0);
  return {
    min: center.map((coordinate, along) => coordinate - reach(along)) as Vec3,
    max: center.map((coordinate, along) => coordinate + reach(along)) as Vec3,
  };
}

/** Ten thousand kilometres: Earth-centred coordinates fit, and no square or product of such numbers overflows. */
export const LARGEST_COORDINATE = 1e7;

/**
 * Reads a list of coordinates or direction components; -0 becomes 0, as it would in JSON.
 *
 * @param code of the error for a list that is not `count` finite numbers between -1e7 and 1e7.
 */
export function readMetaInfoNumbers(
  value: unknown,
  count: number,
  code: string,
  place: string,
  fail: MetaInfoFail,
  among?: Readonly<Record<string, unknown>>,
): number[] {
  if (!Array.isArray(value) || value.length !== count) {
    throw fail(code, place, value, `a list of ${count} numbers`, among);
  }
  return Array.from(value, (component: unknown, index) => {
    if (typeof component === "number" && Math.abs(component) <= LARGEST_COORDINATE) return component + 0;
    const expected = `a number between -${LARGEST_COORDINATE} and ${LARGEST_COORDINATE}`;
    throw fail(code, `${place}[${index}]`, component, expected);
  });
}
