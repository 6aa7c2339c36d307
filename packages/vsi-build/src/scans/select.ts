import { UsageError } from "@vsi/command";
import {
  type DatasetSplit,
  physicalRoomOf,
  type Reject,
  type SplitLists,
  type StatedRoom,
  splitOf,
  splitOfAnyScene,
} from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import type { ScanFolder } from "@vsi/geometry/node";
import { type RoomTables, tableWarnings } from "./roomTables.ts";
import {
  type BuildSource,
  datasetOf,
  excludedBy,
  type SelectedScan,
  type SourceOptions,
  scanReject,
  splitName,
} from "./source.ts";

/** ScanNet's scans go to these, by its official lists; its test scans have no annotation. */
const SPLITS = ["train", "validation"] as const;

interface SelectScansOptions extends Pick<SourceOptions, "split" | "scenes" | "exclude" | "seed"> {
  lists: SplitLists;
  /** What --room-tables says; null without it. */
  tables: RoomTables | null;
}

/**
 * Narrows the scans found on disk to the ones asked for.
 * @throws UsageError when an asked-for id is not there, or nothing is left.
 */
export function selectScans(found: readonly ScanFolder[], options: SelectScansOptions): BuildSource {
  let wanted = found;
  if (options.scenes !== null) {
    const asked = new Set(options.scenes);
    wanted = found.filter((scan) => asked.has(scan.scanId));
    const wantedIds = new Set(wanted.map((scan) => scan.scanId));
    const missing = [...asked].filter((scanId) => !wantedIds.has(scanId));
    if (missing.length > 0) {
      const present = found.map((scan) => scan.scanId);
      throw new UsageError(describeMissing(missing, present));
    }
  }
  const scans: SelectedScan[] = [];
  const testScans: ScanFolder[] = [];
  const excluded: Reject[] = [];
  const { lists, tables, seed } = options;
  const isExcluded = excludedBy(options.exclude, tables?.roomOf);
  for (const scan of wanted) {
    const { scanId } = scan;
    const stated = tables?.statedOf(scanId) ?? {};
    const isOwn = datasetOf(scanId) === "own";
    const split = isOwn ? splitOfAnyScene(scanId, lists, seed, stated) : splitOfScanNet(scan, stated, options);
    if (isExcluded(scanId)) excluded.push(rejectOfExcludedScan(scanId, tables));
    else if (split === "test" && !isOwn && (scan.isTestFolder || stated.room_split !== "test")) testScans.push(scan);
    else if (options.split === "all" || options.split === splitName(split))
      scans.push({ scanId, split, input: { kind: "raw", folder: scan, stated } });
  }
  // Rooms of one's own, and those that a table has for the test, do have their annotation.
  const isScanNets = tables === null && !wanted.some(({ scanId }) => datasetOf(scanId) === "own");
  if (options.split === "test" && scans.length === 0 && isScanNets) {
    throw new UsageError(
      "--split test: ScanNet's test scans have no annotation, so there are no true answers. Use --split train, validation or all.",
    );
  }
  if (scans.length === 0) {
    throw new UsageError(
      `none of ${countOf(found.length, "scan")} found is left to read: ${countOf(testScans.length, "test scan")} without annotation, ${excluded.length} excluded` +
        `${options.split === "all" ? "" : `, the rest not in the ${options.split === "val" ? "validation" : options.split} split`}. Check --split, --scenes and --exclude.`,
    );
  }
  const splits = scans.some(({ split }) => split === "test") ? [...SPLITS, "test" as const] : SPLITS;
  return {
    scans,
    splits,
    isPublished: false,
    warnings: tables === null ? [] : tableWarnings(scans, tables, lists),
    testScans: testScans.map(rejectOfTestScan),
    excluded,
    unusable: [],
  };
}

function splitOfScanNet(
  { scanId, isTestFolder }: ScanFolder,
  stated: StatedRoom,
  { lists, seed }: SelectScansOptions,
): DatasetSplit {
  return isTestFolder ? "test" : splitOf(scanId, lists.splitsByRoom, seed, stated);
}

function rejectOfTestScan({ scanId }: ScanFolder): Reject {
  const message = `${scanId}: ${physicalRoomOf(scanId)} is in ScanNet's test split, which carries no annotation.`;
  return scanReject(datasetOf(scanId), scanId, "test-scan", message);
}

function rejectOfExcludedScan(scanId: string, tables: RoomTables | null): Reject {
  const room = tables?.roomOf(scanId) ?? physicalRoomOf(scanId);
  return scanReject(datasetOf(scanId), scanId, "excluded", `${scanId}: ${room} is on the exclude list.`);
}

/** How many unknown ids an error names before it only counts them. */
const NAMED_IN_ERRORS = 5;

/** Says which of the --scenes are not there, and what is. */
export function describeMissing(missing: readonly string[], present: readonly string[]): string {
  const named = missing.slice(0, NAMED_IN_ERRORS).join(", ");
  const more = missing.length > NAMED_IN_ERRORS ? ` and ${missing.length - NAMED_IN_ERRORS} more` : "";
  return `--scenes: ${named}${more} not found. ${present.length === 1 ? `The only scan is ${present[0]}` : `There are ${countOf(present.length, "scan")}, the first is ${present[0]}`}.`;
}
