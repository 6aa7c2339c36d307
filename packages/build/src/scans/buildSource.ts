import type { DatasetSplit, Reject } from "@vsi/dataset";
import type { SelectedScan } from "./scanInput.ts";

/** Everything a build will look at, before anything is read in full. */
export interface BuildSource {
  /** Ordered by scan id. */
  scans: SelectedScan[];
  /** The splits the dataset gets a file for, filled or not. */
  splits: readonly DatasetSplit[];
  /** ScanNet's test scans: they carry no annotation, which is no failure. */
  testScans: Reject[];
  /** Scans that --exclude names. */
  excluded: Reject[];
  /** Scenes that can't be used and never become a scan to read: a failure each. */
  unusable: Reject[];
}
