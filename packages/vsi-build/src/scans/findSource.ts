import { findScans, readSplitLists } from "@vsi/geometry/node";
import { publishedSource } from "./publishedSource.ts";
import { readRoomTables } from "./roomTables.ts";
import { selectScans } from "./select.ts";
import type { BuildSource, SourceOptions } from "./source.ts";

/**
 * Looks where the options point: at a raw ScanNet folder, or files of published scene facts.
 * @throws UsageError when nothing is left to read or a table of rooms cannot be used, GeometryError when what is there is something else.
 */
export async function findBuildSource(options: SourceOptions): Promise<BuildSource> {
  const { scannet, metaInfo } = options;
  const lists = await readSplitLists();
  const tables = options.roomTables.length === 0 ? null : await readRoomTables(options.roomTables, lists);
  if (metaInfo !== null) return publishedSource(metaInfo, { ...options, lists, tables });
  if (scannet === null) throw new RangeError("options: neither scannet nor metaInfo says where the scans are");
  const found = await findScans(scannet, { anyName: options.anyName });
  return selectScans(found, { ...options, lists, tables });
}
