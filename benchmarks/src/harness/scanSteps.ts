import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  alignPositions,
  axisAlignedBox,
  centroid,
  gatherPositions,
  gravityBox,
  groupInstances,
  readAggregation,
  readScanInfo,
  readSegments,
  roomFromVertices,
} from "@vsi/geometry";
import { type ReadScanOptions, readMeshPositions, readScan, type ScanFolder } from "@vsi/geometry/node";
import { generateQuestions } from "@vsi/questions";
/** The paths of a scan's files, and what each step gives to the next. */
export type PreparedScan = Awaited<ReturnType<typeof prepareScan>>;

/** The steps of readScan and generateQuestions, each to be run alone on what the steps before it gave. */
export const scanSteps: Readonly<Record<string, (scan: PreparedScan) => unknown>> = {
  "mesh: read positions": ({ paths }) => readMeshPositions(paths.mesh),
  "segs.json: read and parse": async ({ paths }) => readSegments(await readFile(paths.segments)),
  "aggregation and .txt: read and parse": ({ paths }) => readSmallFiles(paths),
  "align and group": ({ positions, segmentIds, aggregation, axisAlignment }) =>
    gatherObjects(alignPositions(positions, axisAlignment), segmentIds, aggregation),
  "boxes and centroids": ({ objects }) =>
    objects.map((cloud) => [centroid(cloud), gravityBox(cloud), axisAlignedBox(cloud)]),
  "room area and outline": ({ aligned }) => roomFromVertices(aligned),
  questions: ({ facts }) => generateQuestions(facts),
};

/** What all steps of a scan need. */
export async function prepareScan(scan: ScanFolder, options: Partial<ReadScanOptions>) {
  const paths = pathsOf(scan);
  const positions = await readMeshPositions(paths.mesh);
  const segmentIds = readSegments(await readFile(paths.segments));
  const { aggregation, axisAlignment } = await readSmallFiles(paths);
  const aligned = alignPositions(positions, axisAlignment);
  const objects = gatherObjects(aligned, segmentIds, aggregation);
  const { facts } = await readScan(scan, options);
  return { paths, positions, segmentIds, aggregation, axisAlignment, aligned, objects, facts };
}

/** Where a scan's four files are. */
export function pathsOf({ path, scanId }: ScanFolder) {
  return {
    mesh: join(path, `${scanId}_vh_clean_2.ply`),
    segments: join(path, `${scanId}_vh_clean_2.0.010000.segs.json`),
    aggregation: join(path, `${scanId}.aggregation.json`),
    scanInfo: join(path, `${scanId}.txt`),
  };
}

async function readSmallFiles(paths: ReturnType<typeof pathsOf>) {
  const aggregation = readAggregation(await readFile(paths.aggregation));
  const { axisAlignment } = readScanInfo(await readFile(paths.scanInfo));
  return { aggregation, axisAlignment };
}

function gatherObjects(
  aligned: Float64Array,
  segmentIds: Int32Array,
  { objects }: ReturnType<typeof readAggregation>,
): Float64Array[] {
  return groupInstances(segmentIds, objects).map((vertices) => gatherPositions(aligned, vertices));
}
