import type { Vec3 } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { principalAxes } from "../boxes/boxes.ts";
import { GeometryError } from "../errors.ts";
import { covariance, type GatheredObject } from "../vertices.ts";

/** An annotated part of the mesh. */
interface Annotated extends GatheredObject {
  id: number;
  category: string;
}

/** A floor of fewer vertices is a scrap, whose plane says nothing. */
const LEAST_VERTICES = 100;

/** A floor's thickness as a share of its width, both as standard deviations: 0.02 on scene0000_00. */
const MOST_THICKNESS = 0.25;

/** Cosine of 45 degrees: beyond, another axis than +Z is the nearest to the floor's normal. */
const LEAST_UPRIGHT = Math.SQRT1_2;

/** Share of the annotated vertices below the floor; of an upright scan's, hardly any are. */
const UPSIDE_DOWN = 0.9;

/**
 * Checks by its floor that a mesh stands upright: +Y up is common elsewhere, and heights, floor areas and directions of
 * such a scan would all be wrong. A floor with nearly everything else below it is that of a scan upside down.
 * Without a flat part called floor nothing is known.
 *
 * @param file the mesh's name in the error.
 * @throws GeometryError "scan-not-upright".
 */
export function checkUpright(objects: readonly Annotated[], file: string): void {
  const floors = objects.filter(({ category, positions }) => category === "floor" && vertexCount(positions) > 0);
  if (floors.length === 0) return;
  const floor = floors.reduce((largest, other) =>
    other.positions.length > largest.positions.length ? other : largest,
  );
  const normal = vertexCount(floor.positions) < LEAST_VERTICES ? null : planeNormal(floor);
  if (normal === null) return;
  const isTurned = Math.abs(normal[2]) < LEAST_UPRIGHT;
  if (!isTurned && shareBelow(objects, floor) < UPSIDE_DOWN) return;
  throw new GeometryError("scan-not-upright", {
    file,
    place: `object ${floor.id} ("floor")`,
    got: isTurned ? `a floor facing ${shownAxis(normal)}` : "a floor above nearly everything else",
    expected: "a floor facing +Z: metres, +Z up",
    advice: "Rotate the mesh and its stream's poses so that +Z points up, as in ScanNet.",
  });
}

/** Of the vertices that are annotated as anything but floor, the share below the floor's middle; 0 where there are none. */
function shareBelow(objects: readonly Annotated[], floor: Annotated): number {
  const height = floor.mean[2];
  let [below, all] = [0, 0];
  for (const { category, positions, bounds } of objects) {
    if (category === "floor") continue;
    all += vertexCount(positions);
    if (bounds.max[2] < height) below += vertexCount(positions);
    // Most stand above the floor's middle as a whole, or nearly so.
    if (bounds.max[2] < height || bounds.min[2] >= height) continue;
    for (let z = 2; z < positions.length; z += 3) if (at(positions, z) < height) below += 1;
  }
  return all === 0 ? 0 : below / all;
}

function vertexCount(positions: Float64Array): number {
  return positions.length / 3;
}

/** The direction in which vertices spread least; null where they lie in no plane. */
function planeNormal({ positions, mean }: Annotated): Vec3 | null {
  const matrix = covariance(positions, mean);
  const spreads = principalAxes(matrix)
    .map((axis) => ({ axis, squared: dot(axis, [dot(matrix[0], axis), dot(matrix[1], axis), dot(matrix[2], axis)]) }))
    .sort((one, other) => one.squared - other.squared);
  const [least, middle] = [at(spreads, 0), at(spreads, 1)];
  return least.squared <= MOST_THICKNESS ** 2 * middle.squared && middle.squared > 0 ? least.axis : null;
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** "Y (0.02, 1.00, 0.01)": the nearest axis, and the direction itself, signed so that its largest part is positive. */
function shownAxis(normal: Vec3): string {
  const largest = normal.reduce((most, part) => (Math.abs(part) > Math.abs(most) ? part : most));
  const letter = "XYZ"[normal.indexOf(largest)];
  return `${letter} (${normal.map((part) => shown(part * Math.sign(largest))).join(", ")})`;
}

/** Never "-0.00": adding 0 turns -0 into 0. */
function shown(part: number): string {
  return (Math.round(part * 100) / 100 + 0).toFixed(2);
}
