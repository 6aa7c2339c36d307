import {
  bed,
  block,
  chair,
  container,
  lamp,
  officeChair,
  type PartShape,
  pottedPlant,
  screen,
  shelves,
  sofa,
  table,
} from "./shapes.ts";

/** What a room of one use holds. */
export interface Furnishing {
  /** ScanNet's sceneType. */
  sceneType: string;
  /** Label, least and most; placed in this order, so large pieces come first. */
  furniture: readonly (readonly [label: string, least: number, most: number])[];
}

/** Uses of a room: 10 to 25 pieces each, some labels once and some several times. */
export const FURNISHINGS: readonly Furnishing[] = [
  {
    sceneType: "Living room / Lounge",
    furniture: [
      ["couch", 1, 1],
      ["tv stand", 1, 1],
      ["coffee table", 1, 1],
      ["armchair", 2, 2],
      ["piano", 0, 1],
      ["bookshelf", 1, 2],
      ["end table", 1, 2],
      ["ottoman", 0, 1],
      ["chair", 2, 3],
      ["plant", 1, 2],
      ["lamp", 1, 2],
      ["trash can", 0, 2],
      ["object", 0, 2],
    ],
  },
  {
    sceneType: "Bedroom / Hotel",
    furniture: [
      ["bed", 1, 1],
      ["desk", 1, 1],
      ["dresser", 1, 1],
      ["nightstand", 2, 2],
      ["bookshelf", 0, 1],
      ["office chair", 1, 1],
      ["laundry basket", 1, 1],
      ["lamp", 1, 2],
      ["suitcase", 1, 1],
      ["backpack", 0, 2],
      ["trash can", 1, 1],
      ["stool", 0, 2],
      ["object", 0, 2],
    ],
  },
  {
    sceneType: "Office",
    furniture: [
      ["desk", 2, 3],
      ["table", 1, 1],
      ["bookshelf", 1, 1],
      ["printer", 1, 1],
      ["file cabinet", 1, 3],
      ["office chair", 2, 3],
      ["plant", 1, 1],
      ["lamp", 1, 1],
      ["box", 0, 2],
      ["trash can", 2, 3],
      ["backpack", 1, 1],
      ["object", 0, 2],
    ],
  },
  {
    sceneType: "Kitchen",
    furniture: [
      ["table", 1, 1],
      ["refrigerator", 1, 1],
      ["stove", 1, 1],
      ["cabinet", 1, 1],
      ["washing machine", 0, 1],
      ["chair", 3, 5],
      ["stool", 1, 2],
      ["trash can", 1, 3],
      ["plant", 1, 1],
      ["box", 1, 2],
      ["object", 0, 2],
    ],
  },
];

/** Furniture by ScanNet's raw label; sizes as sold in furniture shops, metres. */
export const FURNITURE_KINDS: Readonly<Record<string, FurnitureKind>> = {
  armchair: { width: [0.7, 0.9], depth: [0.72, 0.88], height: [0.78, 0.95], shape: sofa, stands: "free" },
  backpack: { width: [0.3, 0.36], depth: [0.18, 0.25], height: [0.4, 0.5], shape: block, stands: "free" },
  bed: {
    width: [1.2, 1.6],
    depth: [1.95, 2.1],
    height: [0.85, 1.1],
    shape: bed,
    stands: "atWall",
    rider: { label: "pillow", count: 2, towardsBack: 0.6 },
  },
  bookshelf: { width: [0.6, 1.2], depth: [0.26, 0.34], height: [1.5, 2], shape: shelves, stands: "atWall" },
  box: { width: [0.35, 0.55], depth: [0.25, 0.34], height: [0.2, 0.4], shape: container, stands: "free" },
  cabinet: {
    width: [0.8, 1.2],
    depth: [0.4, 0.5],
    height: [0.7, 0.9],
    shape: block,
    stands: "atWall",
    rider: { label: "microwave", count: 1, towardsBack: 0 },
  },
  chair: { width: [0.42, 0.48], depth: [0.44, 0.52], height: [0.8, 0.95], shape: chair, stands: "free" },
  "coffee table": { width: [0.9, 1.2], depth: [0.5, 0.65], height: [0.38, 0.46], shape: table, stands: "free" },
  couch: { width: [1.6, 2.2], depth: [0.8, 0.95], height: [0.75, 0.9], shape: sofa, stands: "atWall" },
  desk: {
    width: [1.1, 1.5],
    depth: [0.6, 0.75],
    height: [0.7, 0.76],
    shape: table,
    stands: "atWall",
    rider: { label: "monitor", count: 1, towardsBack: 0.4 },
  },
  dresser: { width: [0.8, 1.3], depth: [0.42, 0.5], height: [0.8, 1.1], shape: block, stands: "atWall" },
  "end table": { width: [0.48, 0.56], depth: [0.4, 0.46], height: [0.5, 0.6], shape: table, stands: "free" },
  "file cabinet": { width: [0.38, 0.46], depth: [0.5, 0.62], height: [0.7, 1.3], shape: block, stands: "atWall" },
  lamp: { width: [0.28, 0.34], depth: [0.22, 0.27], height: [1.3, 1.7], shape: lamp, stands: "free" },
  "laundry basket": { width: [0.45, 0.6], depth: [0.34, 0.42], height: [0.4, 0.55], shape: container, stands: "free" },
  microwave: { width: [0.45, 0.52], depth: [0.32, 0.38], height: [0.27, 0.31], shape: block, stands: "atWall" },
  monitor: { width: [0.5, 0.65], depth: [0.08, 0.14], height: [0.38, 0.48], shape: screen, stands: "atWall" },
  nightstand: { width: [0.45, 0.52], depth: [0.36, 0.42], height: [0.48, 0.6], shape: block, stands: "atWall" },
  object: { width: [0.2, 0.4], depth: [0.14, 0.19], height: [0.1, 0.35], shape: block, stands: "free" },
  "office chair": { width: [0.5, 0.56], depth: [0.58, 0.64], height: [0.9, 1.1], shape: officeChair, stands: "free" },
  ottoman: { width: [0.58, 0.72], depth: [0.44, 0.54], height: [0.4, 0.46], shape: block, stands: "free" },
  piano: { width: [1.35, 1.5], depth: [0.55, 0.62], height: [1.1, 1.25], shape: block, stands: "atWall" },
  pillow: { width: [0.48, 0.55], depth: [0.3, 0.38], height: [0.1, 0.16], shape: block, stands: "free" },
  plant: { width: [0.4, 0.5], depth: [0.32, 0.38], height: [0.8, 1.4], shape: pottedPlant, stands: "free" },
  printer: { width: [0.5, 0.6], depth: [0.4, 0.48], height: [0.6, 1.05], shape: block, stands: "atWall" },
  refrigerator: { width: [0.6, 0.72], depth: [0.74, 0.8], height: [1.5, 1.9], shape: block, stands: "atWall" },
  stool: { width: [0.38, 0.44], depth: [0.3, 0.36], height: [0.45, 0.68], shape: table, stands: "free" },
  stove: { width: [0.58, 0.62], depth: [0.64, 0.7], height: [0.86, 0.92], shape: block, stands: "atWall" },
  suitcase: { width: [0.4, 0.5], depth: [0.22, 0.3], height: [0.55, 0.75], shape: block, stands: "free" },
  table: { width: [1.1, 1.6], depth: [0.75, 0.9], height: [0.72, 0.77], shape: table, stands: "free" },
  "trash can": { width: [0.28, 0.35], depth: [0.2, 0.26], height: [0.3, 0.6], shape: container, stands: "free" },
  tv: { width: [0.9, 1.15], depth: [0.08, 0.14], height: [0.55, 0.7], shape: screen, stands: "atWall" },
  "tv stand": {
    width: [1.2, 1.6],
    depth: [0.4, 0.48],
    height: [0.45, 0.6],
    shape: block,
    stands: "atWall",
    rider: { label: "tv", count: 1, towardsBack: 0 },
  },
  "washing machine": { width: [0.58, 0.62], depth: [0.64, 0.68], height: [0.84, 0.9], shape: block, stands: "atWall" },
};

/** @throws RangeError for a label that no kind of furniture has. */
export function kindOf(label: string): FurnitureKind {
  const kind = FURNITURE_KINDS[label];
  if (kind === undefined) throw new RangeError(`no kind of furniture is called ${label}`);
  return kind;
}

/** The least and the greatest length of one side, metres; sizes are drawn in whole centimetres. */
type LengthRange = readonly [least: number, most: number];

/** What stands on top of a piece. */
export interface Rider {
  /** A label of `FURNITURE_KINDS`. */
  label: string;
  /** How many, side by side. */
  count: number;
  /** 0: in the middle of the depth; 1: on the back edge. */
  towardsBack: number;
}

/** A kind of furniture, by ScanNet's raw label. */
export interface FurnitureKind {
  width: LengthRange;
  depth: LengthRange;
  height: LengthRange;
  shape: PartShape;
  /** With its back to a wall, or anywhere at any angle. */
  stands: "atWall" | "free";
  rider?: Rider;
}
