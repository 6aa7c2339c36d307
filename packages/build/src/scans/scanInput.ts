import type { DatasetSplit } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import type { ScanFolder } from "@vsi/geometry/node";

/** What a worker makes questions from: a raw scan's folder, or facts that were published without a mesh. Plain data. */
export type ScanInput = { kind: "raw"; folder: ScanFolder } | { kind: "published"; facts: SceneFacts };

/** One scan of a build, with the split its questions go to. */
export interface SelectedScan {
  scanId: string;
  split: DatasetSplit;
  input: ScanInput;
}
