import type { DatasetSplit, Reject } from "@vsi/dataset";
import { findScans, readSplits } from "@vsi/geometry/node";
import type { BuildOptions } from "../buildOptions.ts";
import { publishedSource } from "./publishedSource.ts";
import type { SelectedScan } from "./scanInput.ts";
import { selectScans } from "./selectScans.ts";

/** Everything a build will look at, before anything is read in full. */
export interface BuildSource {
  /** Ordered by scan id. */
  scans: SelectedScan[];
  /** The splits the dataset gets a file for, filled or not. */
  splits: readonly DatasetSplit[];
  /** ScanNet's test scans: they carry no annotation, which is no failure. */
  testScans: Reject[];
  /** Scenes that can't be used and never become a scan to read: a failure each. */
  unusable: Reject[];
}

/**
 * Looks where the options point: at a raw ScanNet folder, or a file of published scene facts.
 * @throws UsageError when nothing is left to read, GeometryError when what is there is something else.
 */
export async function buildSource(
  options: Pick<BuildOptions, "scannet" | "metaInfo" | "split" | "scenes" | "seed">,
): Promise<BuildSource> {
  if (options.metaInfo !== null) return publishedSource(options.metaInfo, options);
  const found = await findScans(options.scannet as string);
  return selectScans(found, { ...options, splitsByRoom: await readSplits() });
}
