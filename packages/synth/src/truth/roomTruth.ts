import type { AxisAlignedBox, Vec3 } from "@vsi/geometry";
import type { FloorPlanShape, FloorPoint } from "../floorPlan/floorPlan.ts";

/** The gravity-aligned box an object was built as. Metres, axis-aligned frame, +Z up. */
export interface TrueBox {
  center: Vec3;
  /** Width, depth, height: full lengths along the box's own x, y and z. */
  size: Vec3;
  /** Counter-clockwise turn about +Z in radians; a half turn more is the same box. */
  yaw: number;
}

/** What is true of one annotated object. */
export interface TrueObject {
  /** ScanNet's objectId. */
  id: number;
  label: string;
  /** Number of mesh vertices. */
  points: number;
  /** Mean of the object's vertices as written: float32 in the scanner's frame, brought back by the printed alignment in float64. */
  centroid: Vec3;
  /** From the construction; null for walls, floor, ceiling and pillars, which have no box of their own. */
  box: TrueBox | null;
  /** From the construction; null where `box` is. */
  aabb: AxisAlignedBox | null;
}

/** The true answers about a room, from its construction. Written as `truth/<scanId>.json`. Metres, axis-aligned frame, +Z up. */
export interface RoomTruth {
  /** The scan's id, such as "scene9000_00". */
  sceneName: string;
  shape: FloorPlanShape;
  /** Inner faces of the outer walls, counter-clockwise, first corner not repeated. */
  outline: FloorPoint[];
  /** Area inside the outline in square metres; a pillar or a partition inside counts. */
  area: number;
  /** Objects of each label. */
  counts: Record<string, number>;
  /** Ordered by id. */
  objects: TrueObject[];
}
