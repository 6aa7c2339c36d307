import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { GeometryError } from "../errors.ts";
import { readVertexProperties } from "../ply/vertexProperties.ts";
import { INSTANCE_PROPERTIES, LABEL_PROPERTY, readInstanceTable, roomInstances } from "../sources/ownRoom.ts";
import type { Aggregation } from "../sources/scannet/aggregation.ts";
import { isScanId } from "../sources/scannet/scanInfo.ts";
import { readFileNow } from "./filesNow.ts";
import type { ScanFolder } from "./scanFolders.ts";

/** A file of a scan's folder. */
export interface ScanFile {
  path: string;
  /** Its name in messages: "scene0000_00/scene0000_00.txt". */
  file: string;
}

/** The file of a scan's folder that is called by the scan's id and an ending. */
export function scanFile({ scanId, path }: ScanFolder, ending: string): ScanFile {
  return fileIn(path, `${scanId}${ending}`);
}

function fileIn(folder: string, name: string): ScanFile {
  return { path: join(folder, name), file: `${basename(folder)}/${name}` };
}

const SCANNET_MESH = "_vh_clean_2.ply";

/**
 * A scan's mesh: ScanNet's `<scanId>_vh_clean_2.ply`; of a room of one's own also `<name>.ply`, else the only PLY
 * beside ScanNet's `.labels.ply`. Where there is none, the first name, for its reader to miss.
 *
 * @throws GeometryError "own-room-meshes" where nothing tells which of several is meant.
 */
export function meshFile(folder: ScanFolder): ScanFile {
  const usual = scanFile(folder, SCANNET_MESH);
  if (isScanId(folder.scanId)) return usual;
  const meshes = plyNames(folder);
  const named = [`${folder.scanId}${SCANNET_MESH}`, `${folder.scanId}.ply`].find((name) => meshes.includes(name));
  if (named !== undefined) return fileIn(folder.path, named);
  const plain = meshes.filter((name) => !LABELS_ENDING.test(name));
  const candidates = plain.length === 0 ? meshes : plain;
  const [only] = candidates;
  if (candidates.length > 1) {
    throw new GeometryError("own-room-meshes", {
      file: basename(folder.path),
      place: "folder",
      got: `the meshes ${candidates.slice(0, 5).join(", ")}`,
      expected: `one mesh, or one called ${folder.scanId}.ply`,
      advice: `Rename the one that is meant to ${folder.scanId}.ply.`,
    });
  }
  return only === undefined ? usual : fileIn(folder.path, only);
}

/** ScanNet's mesh that has a `label` for each vertex. */
const LABELS_ENDING = /\.labels\.ply$/i;

function plyNames({ path }: ScanFolder): string[] {
  return filesOf(path).filter((name) => /\.ply$/i.test(name));
}

/** A folder that can't be listed counts as one without files; reading the scan reports it. */
function filesOf(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}

/** Whether a scan's objects are told by its mesh and a table, not by ScanNet's segments and aggregation. */
export function hasOwnInstances(folder: ScanFolder): boolean {
  if (isScanId(folder.scanId)) return false;
  return !filesOf(folder.path).includes(`${folder.scanId}_vh_clean_2.0.010000.segs.json`);
}

/** Endings of the table that names a mesh's instances, as `<name>.instances.csv` or `instances.csv`. */
const TABLE_ENDINGS = ["csv", "tsv", "json"] as const;

/**
 * Reads what a room of one's own says of its vertices, see roomInstances.
 *
 * @param vertexCount of the mesh.
 * @throws GeometryError with the codes of roomInstances, readInstanceTable and readVertexProperties, and
 * "own-room-count-mismatch".
 */
export function readOwnInstances(
  folder: ScanFolder,
  vertexCount: number,
): {
  segmentIds: Int32Array;
  aggregation: Aggregation;
  files: { mesh: string; segments: string; aggregation: string };
} {
  const names = filesOf(folder.path);
  const mesh = meshFile(folder);
  const labelled = names.find((name) => LABELS_ENDING.test(name));
  const instances = labelled === undefined ? mesh : fileIn(folder.path, labelled);
  const tableName = TABLE_ENDINGS.flatMap((ending) => [`${folder.scanId}.instances.${ending}`, `instances.${ending}`])
    .map((name) => names.find((found) => found.toLowerCase() === name.toLowerCase()))
    .find((found) => found !== undefined);
  const table = tableName === undefined ? null : fileIn(folder.path, tableName);
  const read = table === null ? null : readInstanceTable(readFileNow(table.path, table.file), table.file);
  const properties =
    read?.instanceOf == null
      ? readVertexProperties(readFileNow(instances.path, instances.file), [...INSTANCE_PROPERTIES, LABEL_PROPERTY], {
          file: instances.file,
        })
      : new Map<string, Float64Array>();
  for (const values of properties.values()) {
    if (values.length === vertexCount) continue;
    throw new GeometryError("own-room-count-mismatch", {
      file: instances.file,
      place: "header, element vertex",
      got: `${values.length} vertices`,
      expected: `${vertexCount}, as many as ${mesh.file} has`,
      advice: "One of the two files is of another mesh: save both from the same one.",
    });
  }
  const files = { mesh: instances.file, table: table?.file ?? instances.file };
  return {
    ...roomInstances({ sceneName: folder.scanId, vertexCount, properties, table: read, files }),
    files: { mesh: mesh.file, segments: instances.file, aggregation: files.table },
  };
}
