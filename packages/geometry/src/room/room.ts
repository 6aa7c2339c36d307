import type { AxisAlignedBox, Room } from "@vsi/dataset";
import { checkArguments, POSITIONS, TEXT } from "@vsi/dataset/internal";
import { AXES } from "../axes.ts";
import { GeometryError } from "../errors.ts";
import { asDoubles, axisAlignedBox } from "../vertices.ts";
import { alphaShape } from "./alphaShape.ts";
import { thinFloorPoints } from "./thinning.ts";

/** Metres: alpha = 5 of VSI-Bench's and VLM-3R's room size keeps triangles of a circumradius below 1/5. */
export const ROOM_ALPHA_RADIUS = 0.2;

/**
 * Metres. The longest of VSI-Bench's 88 ScanNet rooms is 9 m; stray vertices farther away than this are not a room, and
 * the grid of the thinning stays within 30 MB.
 */
const MAX_EXTENT = 200;

/**
 * A room's size, centre and outline: the alpha shape of all vertices projected on the floor, enclosed holes filled.
 *
 * @param positions x, y, z of each vertex in a row; metres, axis-aligned, +Z up.
 * @param file the mesh file's name, for errors.
 * @throws GeometryError "room-extent-absurd" when there are no vertices, or they spread over more than 200 m.
 *
 * @example
 * ```js
 * import { roomFromVertices } from "@vsi/geometry";
 *
 * // A floor of 4 m by 3 m with a vertex every 10 cm.
 * const positions = [];
 * for (let x = 0; x <= 40; x += 1) for (let y = 0; y <= 30; y += 1) positions.push(x / 10, y / 10, 0);
 * console.log(roomFromVertices(positions).area_m2.toFixed(1)); // 12.0
 * ```
 */
export function roomFromVertices(positions: ArrayLike<number>, file = "mesh.ply"): Room {
  checkArguments("roomFromVertices", { positions: [positions, POSITIONS], file: [file, TEXT] });
  return roomWithin(asDoubles(positions), axisAlignedBox(positions), file);
}

/**
 * `roomFromVertices` with the axis-aligned box of the vertices.
 *
 * @throws as it does.
 */
export function roomWithin(positions: Float64Array, bounds: AxisAlignedBox, file: string): Room {
  const { min, max } = bounds;
  const extents = AXES.map((axis) => max[axis] - min[axis]);
  // Written this way, no vertices (-Infinity) and NaN fail too.
  if (!extents.every((extent) => extent >= 0 && extent <= MAX_EXTENT)) {
    throw new GeometryError("room-extent-absurd", {
      file,
      place: "vertices",
      got: `${positions.length / 3} vertices across ${extents.join(" x ")} m`,
      expected: `one room, at most ${MAX_EXTENT} m across`,
      advice: "The mesh is damaged or not in metres: download it again.",
    });
  }
  const shape = alphaShape(thinFloorPoints(positions, ROOM_ALPHA_RADIUS, bounds), ROOM_ALPHA_RADIUS);
  return {
    area_m2: shape.area,
    center: [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2],
    outline: shape.rings,
    walkable: null,
  };
}
