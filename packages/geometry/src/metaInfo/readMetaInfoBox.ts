import { isRecord } from "../json/isRecord.ts";
import { ownValue } from "../json/ownValue.ts";
import type { AxisAlignedBox, OrientedBox, Vec3 } from "../sceneFacts.ts";
import type { MetaInfoFail } from "./metaInfoError.ts";
import { readMetaInfoNumbers } from "./readMetaInfoNumbers.ts";

/** Metres: VSI-Bench's sampled distance finds no points on thinner boxes. The shortest of 3,672 published edges is 1 cm. */
export const SHORTEST_LENGTH = 1e-6;

/**
 * How far products of axes may be from those of an orthonormal frame: 4.4e-16 at most in the 1,224 published boxes of
 * ScanNet; 1e-6 also takes axes that went through float32, and moves the end of a 10 m box by 5 micrometres.
 */
export const AXES_TOLERANCE = 1e-6;

/** One published box. */
export interface MetaInfoBox {
  box: OrientedBox;
  aabb: AxisAlignedBox;
}

/**
 * Reads one entry of `object_bbox`: `{centroid[3], axesLengths[3], normalizedAxes[9], min[3], max[3]}`, metres,
 * axis-aligned, +Z up. Left-handed axes are a frame like any other. Numbers are kept as published.
 *
 * @throws GeometryError "meta-info-bad-shape" or "meta-info-degenerate-box".
 */
export function readMetaInfoBox(value: unknown, place: string, fail: MetaInfoFail): MetaInfoBox {
  if (!isRecord(value)) {
    throw fail("meta-info-bad-shape", place, value, "a box with centroid, axesLengths, normalizedAxes, min and max");
  }
  const read = (field: string, count: number): number[] =>
    readMetaInfoNumbers(ownValue(value, field), count, "meta-info-degenerate-box", `${place}.${field}`, fail);
  const center = read("centroid", 3) as Vec3;
  const size = read("axesLengths", 3) as Vec3;
  const axes = rows(read("normalizedAxes", 9));
  const aabb = { min: read("min", 3) as Vec3, max: read("max", 3) as Vec3 };
  for (let axis = 0; axis < 3; axis++) {
    if (size[axis] <= SHORTEST_LENGTH) {
      const expected = `a length over ${SHORTEST_LENGTH} m`;
      throw fail("meta-info-degenerate-box", `${place}.axesLengths[${axis}]`, size[axis], expected);
    }
    if (aabb.min[axis] > aabb.max[axis]) {
      const expected = `at most ${aabb.max[axis]}, which max has there`;
      throw fail("meta-info-degenerate-box", `${place}.min[${axis}]`, aabb.min[axis], expected);
    }
  }
  checkOrthonormal(axes, `${place}.normalizedAxes`, fail);
  return { box: { center, size, axes }, aabb };
}

function rows(numbers: number[]): OrientedBox["axes"] {
  return [numbers.slice(0, 3) as Vec3, numbers.slice(3, 6) as Vec3, numbers.slice(6, 9) as Vec3];
}

function checkOrthonormal(axes: OrientedBox["axes"], place: string, fail: MetaInfoFail): void {
  for (let first = 0; first < 3; first++) {
    for (let second = first; second < 3; second++) {
      const product = axes[first].reduce((sum, component, index) => sum + component * axes[second][index], 0);
      const right = first === second ? 1 : 0;
      if (Math.abs(product - right) <= AXES_TOLERANCE) continue;
      const expected = `${right} as the product of row ${first} and row ${second} of three orthonormal rows, within ${AXES_TOLERANCE}`;
      throw fail("meta-info-degenerate-box", place, product, expected);
    }
  }
}
