import type { SceneFacts } from "@vsi/dataset";
import { at, checkOptions, TEXT } from "@vsi/dataset/internal";
import { labelVertices } from "../camera/meshLabels.ts";
import { GeometryError } from "../errors.ts";
import {
  buildSceneFacts,
  SCENE_FACTS_DEFAULTS,
  SCENE_FACTS_OPTIONS,
  type Scan,
  type ScanFileNames,
  type SceneFactsOptions,
} from "../facts/sceneFacts.ts";
import { withScanMemory } from "../scanMemory.ts";
import { readAggregation } from "../sources/scannet/aggregation.ts";
import { groupInstances } from "../sources/scannet/instances.ts";
import { readScanInfo, type ScanInfo } from "../sources/scannet/scanInfo.ts";
import { readSegments } from "../sources/scannet/segments.ts";
import { alignPositions } from "../vertices.ts";
import { isMissingFile } from "./files.ts";
import { explained, readFileNow } from "./filesNow.ts";
import { readColoredMesh, readMeshPositions, readUsualPositions } from "./mesh.ts";
import { hasOwnInstances, meshFile, readOwnInstances, type ScanFile, scanFile } from "./ownRoom.ts";
import { checkScanFolder, type ScanFolder } from "./scanFolders.ts";

/** How a scan's files become facts. */
export interface ReadScanOptions extends SceneFactsOptions {
  /** The `dataset` of the facts: "scannet", "vsi-synth" or "own". */
  dataset: string;
}

/** What readScan takes unless told otherwise. */
export const READ_SCAN_DEFAULTS: ReadScanOptions = { ...SCENE_FACTS_DEFAULTS, dataset: "scannet" };

/**
 * Reads the four files of a scan that facts need: mesh, segments, aggregation and `<scanId>.txt`. Without the last the
 * scan is taken as already aligned, with a warning. Without `<scanId>.aggregation.json`,
 * `<scanId>_vh_clean.aggregation.json` is taken if its segments are those of the mesh: some copies carry the
 * low-resolution aggregation under this name.
 *
 * Of a room of one's own (a name that is not ScanNet's) a mesh is enough that says which vertex belongs to which
 * instance, with a table of their labels: see roomInstances.
 *
 * @returns The facts (metres, axis-aligned, +Z up) and the irregularities that were repaired, one sentence each.
 * @throws GeometryError "scan-folder-shape", "mesh-missing", "segments-missing", "aggregation-missing", "aggregation-only-high-resolution", and the
 * codes of `readOwnInstances`, `readMeshPositions`, `readSegments`, `readAggregation`, `readScanInfo`, `buildSceneFacts` and
 * `openNow`.
 * @throws OptionsError for an option that does not exist.
 *
 * @example
 * ```js
 * import { findScans, readLabelRules, readScan } from "@vsi/geometry/node";
 *
 * const [scan] = await findScans("raw");
 * const { facts } = await readScan(scan, { labelRules: await readLabelRules(), surfaceDistances: true });
 * console.log(facts.scene_name, facts.surface_distances.length > 0); // scene9000_00 true
 * ```
 */
export async function readScan(
  folder: ScanFolder,
  options: Partial<ReadScanOptions> = {},
): Promise<{ facts: SceneFacts; warnings: string[] }> {
  return read(folder, options, ({ facts, warnings }) => ({ facts, warnings }));
}

/**
 * `readScan`, and the scan its facts were made from, for what needs the mesh again.
 *
 * @example
 * ```js
 * import { findScans, readScanWithMesh } from "@vsi/geometry/node";
 *
 * const { facts, scan } = await readScanWithMesh((await findScans("raw"))[0]);
 * console.log(facts.scene_name, Object.keys(scan).join(", "));
 * ```
 */
export async function readScanWithMesh(folder: ScanFolder, options: Partial<ReadScanOptions> = {}): Promise<ScanRead> {
  return read(folder, options, ({ scan, ...others }) => ({
    // Copies, for these arrays are lent by the thread's memory.
    scan: { ...scan, positions: scan.positions.slice(), segmentIds: scan.segmentIds.slice() },
    ...others,
  }));
}

interface ScanRead {
  scan: Scan;
  facts: SceneFacts;
  warnings: string[];
}

/** A scan's surface as one looks at it: metres, axis-aligned as its facts are, +Z up. */
export interface Surface {
  /** x, y, z of every vertex. */
  positions: Float32Array;
  /** Three vertices per triangle. */
  triangles: Int32Array;
  /** The id of each vertex's object, -1 for none. */
  objects: Int32Array;
  /** Red, green and blue of every vertex, 0 to 255; null for a mesh without colours. */
  colors: Uint8Array | null;
}

/**
 * Reads a scan's mesh with its colours, aligned as readScan aligns it, and the object of each vertex.
 *
 * @throws GeometryError with the codes of `readScan` and of `readMesh`.
 *
 * @example
 * ```js
 * import { findScans, readSurface } from "@vsi/geometry/node";
 *
 * const [scan] = await findScans("raw");
 * const { positions, triangles, objects } = await readSurface(scan);
 * console.log(positions.length === 3 * objects.length, triangles.length > 0); // true true
 * ```
 */
export async function readSurface(folder: ScanFolder): Promise<Surface> {
  checkScanFolder(folder, "readSurface");
  const file = meshFile(folder);
  const mesh = await readColoredMesh(file.path, { file: file.file }).catch((error) => {
    throw missingAs("mesh-missing", error, file, "--type _vh_clean_2.ply");
  });
  const { segmentIds, aggregation, files, axisAlignment, isHighResolution } = readAnnotation(mesh.positions, folder);
  try {
    const instances = groupInstances(segmentIds, aggregation.objects, files.aggregation);
    const claimed = aggregation.objects.map(({ id }, index) => ({ id, vertices: at(instances, index) }));
    return {
      positions: Float32Array.from(alignPositions(mesh.positions, axisAlignment)),
      triangles: mesh.faces,
      objects: labelVertices(mesh.positions.length / 3, claimed),
      colors: mesh.colors,
    };
  } catch (error) {
    throw isHighResolution ? onlyHighResolution(error) : error;
  }
}

/** @param handOut must copy what it takes of the scan's arrays. */
async function read<Result>(
  folder: ScanFolder,
  options: Partial<ReadScanOptions>,
  handOut: (read: ScanRead) => Result,
): Promise<Result> {
  checkScanFolder(folder, "readScan");
  checkOptions(options, { ...SCENE_FACTS_OPTIONS, dataset: TEXT }, "readScan");
  const settings = { ...READ_SCAN_DEFAULTS, ...options };
  const mesh = meshFile(folder);
  const explain = (error: unknown) => missingAs("mesh-missing", error, mesh, "--type _vh_clean_2.ply");
  const usual = withScanMemory(() => {
    const positions = explained(() => readUsualPositions(mesh.path, mesh.file), explain);
    return positions === null ? null : handOut(readBeside(positions, folder, settings));
  });
  if (usual !== null) return usual;
  const positions = await readMeshPositions(mesh.path, { file: mesh.file }).catch((error) => {
    throw explain(error);
  });
  return withScanMemory(() => handOut(readBeside(positions, folder, settings)));
}

/** Reads the files beside the mesh, one after the other: of several broken files the same one is reported in every run. */
function readBeside(
  positions: Float32Array,
  folder: ScanFolder,
  { dataset, ...factsOptions }: ReadScanOptions,
): ScanRead {
  const { warnings, isHighResolution, ...annotation } = readAnnotation(positions, folder);
  const scan = { dataset, sceneName: folder.scanId, positions, ...annotation };
  try {
    const built = buildSceneFacts(scan, factsOptions);
    return { scan, facts: built.facts, warnings: [...warnings, ...built.warnings] };
  } catch (error) {
    throw isHighResolution ? onlyHighResolution(error) : error;
  }
}

/** What the files beside a scan's mesh say of its vertices. */
function readAnnotation(
  positions: Float32Array,
  folder: ScanFolder,
): Pick<Scan, "segmentIds" | "aggregation" | "axisAlignment"> & {
  files: ScanFileNames;
  warnings: string[];
  isHighResolution: boolean;
} {
  const { scanId: sceneName } = folder;
  if (hasOwnInstances(folder)) {
    const instances = readOwnInstances(folder, positions.length / 3);
    return { ...instances, isHighResolution: false, ...readAlignment(folder) };
  }
  const mesh = meshFile(folder);
  const segments = scanFile(folder, "_vh_clean_2.0.010000.segs.json");
  const segmentBytes = explained(
    () => readFileNow(segments.path, segments.file),
    (error) => missingAs("segments-missing", error, segments, "--type _vh_clean_2.0.010000.segs.json"),
  );
  const segmentIds = readSegments(segmentBytes, {
    file: segments.file,
    vertexCount: positions.length / 3,
    sceneName,
  });
  const found = readAggregationFile(folder);
  const aggregation = readAggregation(found.bytes, { file: found.file, sceneName });
  return {
    segmentIds,
    aggregation,
    files: { mesh: mesh.file, segments: segments.file, aggregation: found.file },
    isHighResolution: found.isHighResolution,
    ...readAlignment(folder),
  };
}

function readAggregationFile(folder: ScanFolder): { bytes: Uint8Array; file: string; isHighResolution: boolean } {
  const usual = scanFile(folder, ".aggregation.json");
  try {
    return { bytes: readFileNow(usual.path, usual.file), file: usual.file, isHighResolution: false };
  } catch (error) {
    if (!isMissingFile(error)) throw error;
    const other = scanFile(folder, "_vh_clean.aggregation.json");
    const note = folder.isTestFolder ? " Test scans have no annotation: leave scans_test out." : "";
    const bytes = explained(
      () => readFileNow(other.path, other.file),
      (otherError) =>
        isMissingFile(otherError)
          ? missingAs("aggregation-missing", error, usual, "--type .aggregation.json", note)
          : otherError,
    );
    return { bytes, file: other.file, isHighResolution: true };
  }
}

function readAlignment(folder: ScanFolder): Pick<ScanInfo, "axisAlignment"> & { warnings: string[] } {
  const { path, file } = scanFile(folder, ".txt");
  try {
    const { axisAlignment } = readScanInfo(readFileNow(path, file), { file });
    return { axisAlignment, warnings: [] };
  } catch (error) {
    if (!isMissingFile(error)) throw error;
    // Of a room of one's own nobody ever had such a file.
    if (hasOwnInstances(folder)) return { axisAlignment: null, warnings: [] };
    const warning = `${file}: missing; assuming the scan is axis aligned already (download it with --type .txt).`;
    return { axisAlignment: null, warnings: [warning] };
  }
}

/** A missing file under the scan's own code and with the way to get it; any other error as it is. */
function missingAs(code: string, error: unknown, { file }: ScanFile, flag: string, note = ""): unknown {
  if (!isMissingFile(error)) return error;
  return new GeometryError(code, {
    file,
    place: "file",
    got: "no such file",
    expected: "every scan's mesh, segs.json and aggregation.json",
    advice: `Download it with ScanNet's download script: ${flag}.${note}`,
  });
}

function onlyHighResolution(error: unknown): unknown {
  if (!(error instanceof GeometryError) || error.code !== "segment-missing") return error;
  return new GeometryError("aggregation-only-high-resolution", {
    ...error.detail,
    expected: `segments of the low-resolution mesh (${error.detail.expected})`,
    advice:
      "Only the high-resolution mesh's aggregation is there; download the low-resolution one: --type .aggregation.json.",
  });
}
