import { physicalRoomOf } from "@vsi/dataset";
import { findScans, readSurface, type ScanFolder } from "@vsi/geometry/node";
import type { MeshHeader } from "./contract.ts";

/**
 * The raw scans of a folder, by name; rooms of one's own among them where the dataset has some.
 *
 * @param names of the dataset's scenes.
 * @throws GeometryError as in findScans.
 */
export async function scansByName(scannet: string, names: readonly string[]): Promise<Map<string, ScanFolder>> {
  // A name of ScanNet's has its room's in it.
  const anyName = names.some((name) => physicalRoomOf(name) === name);
  // A dataset has no scene of a name that can't be a file's.
  const scans = await findScans(scannet, { anyName, onBadFolder: () => undefined });
  return new Map(scans.map((scan) => [scan.scanId, scan]));
}

/**
 * A scan's mesh as the page takes it (MeshHeader), aligned as the facts are.
 *
 * @throws GeometryError for files that are missing or damaged.
 */
export async function readMeshData(scan: ScanFolder): Promise<Uint8Array> {
  const { positions, triangles, objects, colors } = await readSurface(scan);
  const header: MeshHeader = {
    vertices: objects.length,
    triangles: triangles.length / 3,
    hasColors: colors !== null,
  };
  return Buffer.concat([
    headerBytes(header),
    ...[positions, triangles, objects, ...(colors === null ? [] : [colors])].map((array) =>
      Buffer.from(array.buffer, array.byteOffset, array.byteLength),
    ),
  ]);
}

/** The arrays behind it must begin at a multiple of their elements' size. */
function headerBytes(header: MeshHeader): Buffer {
  const text = JSON.stringify(header);
  return Buffer.from(`${text.padEnd(Math.ceil((text.length + 1) / 4) * 4 - 1)}\n`);
}
