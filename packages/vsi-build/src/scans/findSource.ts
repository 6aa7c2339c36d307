import type { Reject } from "@vsi/dataset";
import { findScans, readSplitLists } from "@vsi/geometry/node";
import { publishedSource } from "./publishedSource.ts";
import { readRoomTables } from "./roomTables.ts";
import { selectScans } from "./select.ts";
import { type BuildSource, type SourceOptions, scanReject } from "./source.ts";

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
  const unusable: Reject[] = [];
  const found = await findScans(scannet, {
    anyName: options.anyName,
    onBadFolder(name, { code, detail: { place, got, expected, advice } }) {
      // The record goes into the dataset, which must not contain the path of the raw folder.
      unusable.push(scanReject("own", name, code, `${place}: got ${got}, expected ${expected}. ${advice}`));
    },
  });
  // Whoever names scans has no other in mind.
  return { ...selectScans(found, { ...options, lists, tables }), unusable: options.scenes === null ? unusable : [] };
}
