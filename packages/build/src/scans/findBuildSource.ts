import { findScans, readSplits } from "@vsi/geometry/node";
import type { BuildOptions } from "../buildOptions.ts";
import type { BuildSource } from "./buildSource.ts";
import { publishedSource } from "./publishedSource.ts";
import { selectScans } from "./selectScans.ts";

/**
 * Looks where the options point: at a raw ScanNet folder, or a file of published scene facts.
 * @throws UsageError when nothing is left to read, GeometryError when what is there is something else.
 */
export async function findBuildSource(
  options: Pick<BuildOptions, "scannet" | "metaInfo" | "split" | "scenes" | "exclude" | "seed">,
): Promise<BuildSource> {
  if (options.metaInfo !== null) return publishedSource(options.metaInfo, options);
  const found = await findScans(options.scannet as string);
  return selectScans(found, { ...options, splitsByRoom: await readSplits() });
}
