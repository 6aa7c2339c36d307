/** The header of ScanNet's scannetv2-labels.combined.tsv. */
export const COLUMNS = [
  "id",
  "raw_category",
  "category",
  "count",
  "nyu40id",
  "eigen13id",
  "nyuClass",
  "nyu40class",
  "eigen13class",
  "ModelNet40",
  "ModelNet10",
  "ShapeNetCore55",
  "synsetoffset",
  "wnsynsetid",
  "wnsynsetkey",
  "mpcat40",
  "mpcat40index",
];

/**
 * `scannetv2-labels.combined.tsv`: a row a label, the most frequent first, as in ScanNet's. Columns that nothing is known about stay empty.
 * @param counts objects of each label in all rooms.
 */
export function writeLabelMap(counts: ReadonlyMap<string, number>): Uint8Array {
  const labels = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  const rows = labels.map(([label, count], index) => {
    const known: Record<string, string | number | undefined> = {
      id: index + 1,
      raw_category: label,
      category: label,
      count,
      nyu40id: LABEL_CLASSES[label]?.id,
      nyuClass: label,
      nyu40class: LABEL_CLASSES[label]?.name,
    };
    return COLUMNS.map((column) => known[column] ?? "");
  });
  return new TextEncoder().encode([COLUMNS, ...rows].map((row) => `${row.join("\t")}\n`).join(""));
}

/** The NYU40 class of a label: ScanNet's columns nyu40id and nyu40class. */
interface LabelClass {
  id: number;
  name: string;
}

const cabinet: LabelClass = { id: 3, name: "cabinet" };
const chair: LabelClass = { id: 5, name: "chair" };
const table: LabelClass = { id: 7, name: "table" };
const door: LabelClass = { id: 8, name: "door" };
const otherStructure: LabelClass = { id: 38, name: "otherstructure" };
const otherFurniture: LabelClass = { id: 39, name: "otherfurniture" };
const otherProp: LabelClass = { id: 40, name: "otherprop" };

/**
 * Every label that a room can have, by ScanNet's raw label; classes as in Gupta et al.'s mapping of NYU Depth v2 to 40
 * classes.
 */
export const LABEL_CLASSES: Readonly<Record<string, LabelClass>> = {
  armchair: chair,
  backpack: otherProp,
  bed: { id: 4, name: "bed" },
  bookshelf: { id: 10, name: "bookshelf" },
  box: { id: 29, name: "box" },
  cabinet,
  ceiling: { id: 22, name: "ceiling" },
  chair,
  "coffee table": table,
  couch: { id: 6, name: "sofa" },
  desk: { id: 14, name: "desk" },
  door,
  doorframe: door,
  dresser: { id: 17, name: "dresser" },
  "end table": table,
  "file cabinet": cabinet,
  floor: { id: 2, name: "floor" },
  lamp: { id: 35, name: "lamp" },
  "laundry basket": otherProp,
  microwave: otherProp,
  monitor: otherProp,
  nightstand: { id: 32, name: "night stand" },
  object: otherProp,
  "office chair": chair,
  ottoman: otherFurniture,
  piano: otherFurniture,
  picture: { id: 11, name: "picture" },
  pillar: otherStructure,
  pillow: { id: 18, name: "pillow" },
  plant: otherProp,
  printer: otherProp,
  refrigerator: { id: 24, name: "refridgerator" },
  stool: otherProp,
  stove: otherStructure,
  suitcase: otherProp,
  table,
  "trash can": otherFurniture,
  tv: { id: 25, name: "television" },
  "tv stand": otherFurniture,
  wall: { id: 1, name: "wall" },
  "washing machine": otherFurniture,
  window: { id: 9, name: "window" },
};
