import { splitOf } from "@vsi/dataset";
import type { ScanFolder } from "@vsi/geometry/node";
import { UsageError } from "../buildError.ts";
import type { SplitChoice } from "../buildOptions.ts";

/** How many unknown ids an error names before it only counts them. */
const NAMED_IN_ERRORS = 5;

export interface SelectedScan extends ScanFolder {
  split: "train" | "validation";
}

export interface ScanSelection {
  /** Ordered by scan id. */
  scans: SelectedScan[];
  /** Scans of ScanNet's test split: they carry no annotation, so no question can be made from them. */
  testScans: ScanFolder[];
}

export interface SelectScansOptions {
  split: SplitChoice;
  scenes: readonly string[] | null;
  seed: number;
  splitsByRoom: ReadonlyMap<string, "train" | "val" | "test">;
}

/**
 * Narrows the scans found on disk to the ones asked for.
 * @throws UsageError when an asked-for id is not there, or nothing is left.
 */
export function selectScans(found: readonly ScanFolder[], options: SelectScansOptions): ScanSelection {
  let wanted = found;
  if (options.scenes !== null) {
    const asked = new Set(options.scenes);
    wanted = found.filter((scan) => asked.has(scan.scanId));
    const present = new Set(wanted.map((scan) => scan.scanId));
    const missing = [...asked].filter((scanId) => !present.has(scanId));
    if (missing.length > 0) throw new UsageError(describeMissing(missing, found));
  }
  const scans: SelectedScan[] = [];
  const testScans: ScanFolder[] = [];
  for (const scan of wanted) {
    const split = scan.isTestFolder ? "test" : splitOf(scan.scanId, options.splitsByRoom, options.seed);
    if (split === "test") testScans.push(scan);
    else if (options.split === "all" || options.split === (split === "validation" ? "val" : split))
      scans.push({ ...scan, split });
  }
  if (options.split === "test") {
    throw new UsageError(
      "--split test: ScanNet's test scans carry no annotation, so no true answer can be made from them. Use --split train, val or all.",
    );
  }
  if (scans.length === 0) {
    throw new UsageError(
      `none of the ${found.length} scans found is left: ${testScans.length} are test scans without annotation` +
        `${options.split === "all" ? "" : `, the others are not in the ${options.split} split`}. Look at --split and --scenes.`,
    );
  }
  return { scans, testScans };
}

function describeMissing(missing: readonly string[], found: readonly ScanFolder[]): string {
  const named = missing.slice(0, NAMED_IN_ERRORS).join(", ");
  const more = missing.length > NAMED_IN_ERRORS ? ` and ${missing.length - NAMED_IN_ERRORS} more` : "";
  return `--scenes: ${named}${more} not found. ${found.length} scans are there, the first is ${found[0]?.scanId}.`;
}
