import { basename } from "node:path";
import { readTable } from "./readTable.ts";

/** What ScanNet's label map says about a raw label. */
export interface LabelMapEntry {
  /** The label that synonyms and typos were merged into. */
  category: string;
  /** Class of NYU's 40, or null where the map has none. */
  nyu40id: number | null;
  /** Name of that class; "" where the map has none. */
  nyu40class: string;
}

/**
 * Reads `scannetv2-labels.combined.tsv`, by raw_category (the labels of aggregations). Of rows with the same raw_category
 * the first counts.
 *
 * @throws GeometryError with the codes of `readTable`.
 */
export async function readLabelMap(path: string): Promise<Map<string, LabelMapEntry>> {
  const rows = await readTable(path, {
    file: basename(path),
    delimiter: "\t",
    columns: ["raw_category", "category", "nyu40id", "nyu40class"],
    advice: "Download it with ScanNet's download script: --label_map.",
  });
  const entries = new Map<string, LabelMapEntry>();
  for (const [label, category, nyu40id, nyu40class] of rows) {
    if (entries.has(label)) continue;
    entries.set(label, { category, nyu40id: /^\d+$/.test(nyu40id) ? Number(nyu40id) : null, nyu40class });
  }
  return entries;
}
