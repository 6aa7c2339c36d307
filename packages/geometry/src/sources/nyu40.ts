/**
 * The 40 classes of NYU Depth v2 (Gupta et al., CVPR 2013) in the order of their numbers, 1 to 40, which ScanNet's
 * `.labels.ply` holds as `label`. What the last three mean nobody could say: they are objects without a name.
 */
const NYU40: readonly string[] = [
  ...["wall", "floor", "cabinet", "bed", "chair", "sofa", "table", "door", "window", "bookshelf"],
  ...["picture", "counter", "blinds", "desk", "shelves", "curtain", "dresser", "pillow", "mirror", "floor mat"],
  ...["clothes", "ceiling", "books", "refrigerator", "television", "paper", "towel", "shower curtain", "box"],
  ...["whiteboard", "person", "nightstand", "toilet", "sink", "lamp", "bathtub", "bag"],
  ...["object", "object", "object"],
];

/** The name of a class, or null for a number that none has. */
export function nyu40Name(id: number): string | null {
  return NYU40[id - 1] ?? null;
}
