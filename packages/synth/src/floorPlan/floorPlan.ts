/** A point on the floor: [x, y] in metres, axis-aligned frame. */
export type FloorPoint = [number, number];

/** A rectangle on the floor whose sides follow the axes; metres. */
export interface FloorRectangle {
  min: FloorPoint;
  max: FloorPoint;
}

/** The kinds of room, in the order in which sample rooms go through them. */
export const floorPlanShapes = ["rectangle", "lShape", "pillar", "twoRooms"] as const;

export type FloorPlanShape = (typeof floorPlanShapes)[number];

/** The passage through the partition of two rooms. */
export interface Doorway {
  /** The floor inside the partition; the passage is along x. */
  floor: FloorRectangle;
  /** Clear height in metres. */
  height: number;
}

/** A room seen from above. Metres, axis-aligned frame, +Z up, floor at z = 0. */
export interface FloorPlan {
  shape: FloorPlanShape;
  /** The inner faces of the outer walls, counter-clockwise, first corner not repeated; the middle of its bounding box is the origin. */
  outline: FloorPoint[];
  /** The floor one can see: rectangles that do not overlap and leave out `solids`. */
  floor: FloorRectangle[];
  /** What fills the room from floor to ceiling: the pillar, or the two pieces of the partition. Part of the room's area. */
  solids: FloorRectangle[];
  /** Only with two rooms. */
  doorway: Doorway | null;
  ceilingHeight: number;
}

/** A plan before it has its kind's name and its ceiling. */
export type FloorPlanSketch = Omit<FloorPlan, "shape" | "ceilingHeight">;
