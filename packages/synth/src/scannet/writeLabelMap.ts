import { labelClasses } from "./labelClasses.ts";

/** The header of ScanNet's scannetv2-labels.combined.tsv. */
const columns = [
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
      nyu40id: labelClasses[label]?.id,
      nyuClass: label,
      nyu40class: labelClasses[label]?.name,
    };
    return columns.map((column) => known[column] ?? "");
  });
  return new TextEncoder().encode([columns, ...rows].map((row) => `${row.join("\t")}\n`).join(""));
}
