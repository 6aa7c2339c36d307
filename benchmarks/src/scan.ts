import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { median } from "@vsi/dataset/internal";
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
import {
  findScans,
  type ReadScanOptions,
  readLabelRules,
  readMeshPositions,
  readScan,
  type ScanFolder,
} from "@vsi/geometry/node";
import { generateQuestions } from "@vsi/questions";
import type { Measurement, ResultTable } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { aimText, ratioOf, ratioText } from "./harness/ratio.ts";
import { REAL_SIZE, writeRooms } from "./harness/rooms.ts";
import { type Contenders, timeInTurn } from "./harness/turns.ts";

/** The steps of readScan and generateQuestions, each to be run alone on what the steps before it gave. */
const scanSteps: Readonly<Record<string, (scan: PreparedScan) => unknown>> = {
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

/** One of each kind of floor plan. */
const ROOMS = 4;
const FLOOR = "raw read of the four files";
const WHOLE = "files to questions (readScan, generateQuestions)";

/** Each does its work for all the scans in a run. */
export const contenders: Contenders = {
  [FLOOR]: (folder) => forEachScan(folder, readRaw),
  [WHOLE]: async (folder) => {
    const options = await scanOptions();
    return forEachScan(folder, async (scan) => generateQuestions((await readScan(scan, options)).facts));
  },
  ...Object.fromEntries(
    Object.entries(scanSteps).map(([name, step]) => [name, (folder: string) => forEachPreparedScan(folder, step)]),
  ),
};

/** A whole scan from files to questions, and which step takes how much of it. */
export const measurement: Measurement = {
  summary: "a whole scan from files to questions, against the raw read of its files; and its steps",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    await writeRooms(folder, { rooms: ROOMS, vertexCount: REAL_SIZE });
    say(`reading ${ROOMS} scans in turn, whole and step by step`);
    const times = await timeInTurn({ module: import.meta.url, contenders, folder });
    return [wholeTable(named(times, FLOOR), named(times, WHOLE)), stepsTable(times)];
  },
};

async function forEachScan(folder: string, work: (scan: ScanFolder) => unknown): Promise<() => unknown> {
  const scans = await findScans(folder);
  return async () => {
    for (const scan of scans) await work(scan);
  };
}

async function forEachPreparedScan(folder: string, step: (scan: PreparedScan) => unknown): Promise<() => unknown> {
  const options = await scanOptions();
  const prepared: PreparedScan[] = [];
  for (const scan of await findScans(folder)) prepared.push(await prepareScan(scan, options));
  return async () => {
    for (const scan of prepared) await step(scan);
  };
}

/** As vsi-build reads sample rooms. */
async function scanOptions() {
  return { dataset: "vsi-synth", labelRules: await readLabelRules() };
}

/** One file after the other, as readScan does. */
async function readRaw(scan: ScanFolder): Promise<void> {
  for (const path of Object.values(pathsOf(scan))) await readFile(path);
}

function wholeTable(floor: readonly number[], whole: readonly number[]): ResultTable {
  const ratio = ratioOf(whole, floor);
  return {
    title: "A whole scan",
    columns: ["work", "times the raw read", "ms a scan"],
    rows: [
      [FLOOR, "1", (median(floor) / ROOMS).toFixed(1)],
      [WHOLE, ratioText(ratio), (median(whole) / ROOMS).toFixed(1)],
    ],
    notes: [
      `Aim: ${aimText({ bound: "at most", value: 10 }, ratio)}.`,
      `${ROOMS} rooms of ${REAL_SIZE} vertices in the page cache, one thread.`,
    ],
  };
}

function stepsTable(times: ReadonlyMap<string, number[]>): ResultTable {
  const whole = named(times, WHOLE);
  return {
    title: "The steps of a scan",
    columns: ["step", "part of the whole", "ms a scan"],
    rows: Object.keys(scanSteps).map((name) => {
      const milliseconds = named(times, name);
      return [name, ratioText(ratioOf(milliseconds, whole)), (median(milliseconds) / ROOMS).toFixed(2)];
    }),
    notes: [
      "Each step run alone on what the steps before it gave, in the same rounds; the parts need not add up to 1 (garbage collection, rounding of the facts).",
    ],
  };
}

/** The paths of a scan's files, and what each step gives to the next. */
type PreparedScan = Awaited<ReturnType<typeof prepareScan>>;

/** What all steps of a scan need. */
async function prepareScan(scan: ScanFolder, options: Partial<ReadScanOptions>) {
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
function pathsOf({ path, scanId }: ScanFolder) {
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
