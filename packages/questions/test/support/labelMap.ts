import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../../..");
const SHARED_DATA = process.env.VSI_SHARED_DATA ?? join(ROOT, "../shared/data");

/** ScanNet's label map; it is not part of this repository. */
const FILE = join(SHARED_DATA, "scannet/scannetv2-labels.combined.tsv");

/** Whether it is there; says so when it is not. */
export function hasLabelMap(): boolean {
  const isThere = existsSync(FILE);
  if (!isThere) {
    process.stderr.write(`Skipped: ScanNet's label map is not at ${FILE} (set VSI_SHARED_DATA).\n`);
  }
  return isThere;
}

/** Its rows by raw label, each by column. */
export function labelMap(): Map<string, Record<string, string>> {
  return tableOf(readFileSync(FILE, "utf8"), "\t");
}

/** The rows of scannet-manifests/labels.csv by raw label, each by column. */
export function labelRules(): Map<string, Record<string, string>> {
  return tableOf(readFileSync(join(ROOT, "scannet-manifests/labels.csv"), "utf8"), ",");
}

/** By the column raw_category, the first row of several; no cell of either table has quotation marks. */
function tableOf(text: string, delimiter: string): Map<string, Record<string, string>> {
  const [head = [], ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(delimiter).map((cell) => cell.trim()));
  const records = rows.map((row) => Object.fromEntries(head.map((column, index) => [column, row[index] ?? ""])));
  return new Map(records.reverse().map((record) => [record.raw_category ?? "", record]));
}
