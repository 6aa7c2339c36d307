import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { at, median } from "@vsi/dataset/internal";
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
import { loadPackage, NOW, type Version, versions } from "./harness/before.ts";
import { aimBefore, compareTurns, missingNotes } from "./harness/compared.ts";
import { BenchmarkError } from "./harness/errors.ts";
import type { Measurement, ResultTable } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import {
  missingPython,
  NUMPY_MODULES,
  pythonContender,
  pythonWith,
  startPython,
  writeScanList,
} from "./harness/python.ts";
import { type AimedRatio, type Ratio, ratioOf, ratioText } from "./harness/ratio.ts";
import { REAL_SIZE, SHARED_DATA, writeRooms } from "./harness/rooms.ts";
import { isBeforeRules, pathsOf, scanWork, workNotes } from "./harness/scanFiles.ts";
import { type Contenders, pick, type Turns, timeInTurn } from "./harness/turns.ts";

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
const FLOOR = "synchronous read of the four files";
/**
 * Makes glibc give every large buffer new memory. It takes to handing out what was freed before, in some runs and not in
 * others: the real scan's files took 0.6 ms in one and 2.9 in the next, since the system need not clear any page then.
 */
const NEW_MEMORY = { MALLOC_MMAP_THRESHOLD_: "131072" };
const WHOLE = "files to result files (a thread of vsi-build: facts, questions, refusals, written)";
const IN_MEMORY = "files to questions (readScan, generateQuestions)";
const NUMPY = "numpy and scipy, files to result files (benchmarks/python/scan.py)";
const METADATA = "VLM-3R's metadata, rebuilt (benchmarks/python/metadata.py)";
const METADATA_MODULES = ["numpy", "alphashape"];
/** What version 0.1, which has no rules, asks. */
const PAPER = `${WHOLE}, by --rules paper`;
/**
 * 10 rounds run the code for some thirty scans where there is one scan, and V8 was still compiling after a hundred: a
 * dataset has 1,513.
 */
const ONE_SCAN_WARM_UP = 45;

/** Each does its work for all the scans of its folder's `raw` in a run. */
export const contenders: Contenders = {
  [FLOOR]: (folder) => forEachScan(folder, readRaw),
  ...Object.fromEntries(
    versions().flatMap((version) => [
      [version.prefix + WHOLE, (folder: string) => wholeScans(version, folder)],
      [version.prefix + IN_MEMORY, (folder: string) => scansInMemory(version, folder)],
    ]),
  ),
  [PAPER]: (folder) => wholeScans(NOW, folder, { rules: "paper", balance: false }),
  [NUMPY]: async (folder) => {
    const list = await writeScanList(rawOf(folder), folder);
    await checkNumpy(list, folder);
    return pythonContender("scan.py", list, "scan");
  },
  [METADATA]: async (folder) => pythonContender("metadata.py", await writeScanList(rawOf(folder), folder), "run"),
  ...Object.fromEntries(
    Object.entries(scanSteps).map(([name, step]) => [name, (folder: string) => forEachPreparedScan(folder, step)]),
  ),
};

/** A whole scan from files to result files, and which step takes how much of it. */
export const measurement: Measurement = {
  summary:
    "a whole scan from files to result files, against the read alone, numpy and VLM-3R's metadata; and its steps",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    const generated = join(folder, "generated");
    await writeRooms(rawOf(generated), { rooms: ROOMS, vertexCount: REAL_SIZE });
    say(`reading ${ROOMS} scans in turn, whole and step by step`);
    const tables = await measureScans("generated rooms", generated, ROOMS, say);
    const steps = pick(contenders, [IN_MEMORY, ...Object.keys(scanSteps)]);
    const { times } = await timeInTurn({ module: import.meta.url, contenders: steps, folder: generated });
    tables.push(stepsTable(times));
    if (!existsSync(join(SHARED_DATA, "scannet", "scans"))) {
      say("no real scan here (VSI_SHARED_DATA names the folder that has scannet/scans): its table is left out");
      return tables;
    }
    const real = join(folder, "real");
    await mkdir(real);
    await symlink(resolve(SHARED_DATA, "scannet"), rawOf(real));
    const { length } = await findScans(rawOf(real));
    say("reading the real scan in turn");
    return [...tables, ...(await measureScans("the real scan", real, length, say))];
  },
};

async function wholeScans(version: Version, folder: string, settings = {}): Promise<() => unknown> {
  const { findScans } = await loadPackage<typeof import("@vsi/geometry/node")>(version, "@vsi/geometry/node");
  const [scans, work] = [await findScans(rawOf(folder)), await scanWork({ version, folder, settings })];
  return () => work(scans);
}

async function scansInMemory(version: Version, folder: string): Promise<() => unknown> {
  const node = await loadPackage<typeof import("@vsi/geometry/node")>(version, "@vsi/geometry/node");
  const { generateQuestions } = await loadPackage<typeof import("@vsi/questions")>(version, "@vsi/questions");
  const [scans, options] = [await node.findScans(rawOf(folder)), await scanOptions(node)];
  return async () => {
    for (const scan of scans) generateQuestions((await node.readScan(scan, options)).facts);
  };
}

function rawOf(folder: string): string {
  return join(folder, "raw");
}

/** The table of whole scans, by CPU, and in rounds of its own VLM-3R's, which takes seconds a scan. */
async function measureScans(
  which: string,
  folder: string,
  scans: number,
  say: (line: string) => void,
): Promise<ResultTable[]> {
  const names = [FLOOR, ...versions().flatMap(({ prefix }) => [prefix + WHOLE, prefix + IN_MEMORY])];
  const isOnPaper = await isBeforeRules();
  if (isOnPaper) names.push(PAPER);
  if (pythonWith(NUMPY_MODULES) === null) say(missingPython(NUMPY_MODULES));
  else names.push(NUMPY);
  const subject = { module: import.meta.url, folder };
  const timed = await timeInTurn(
    { ...subject, contenders: pick(contenders, names), environments: { [FLOOR]: NEW_MEMORY } },
    scans === 1 ? { warmUpRounds: ONE_SCAN_WARM_UP } : {},
  );
  const { times } = timed;
  const [floor, whole] = [named(times, FLOOR), named(times, WHOLE)];
  const numpy = times.get(NUMPY);
  const table: ResultTable = {
    title: `A whole scan, ${which}`,
    columns: ["work", "CPU, times the read", "CPU ms a scan", "ms a scan"],
    rows: [...times].map(([name, { cpu, wall }]) => [
      name,
      ratioText(ratioOf(cpu, floor.cpu)),
      (median(cpu) / scans).toFixed(1),
      (median(wall) / scans).toFixed(1),
    ]),
    aims: [
      {
        what: `${which}, CPU over the read`,
        bound: "at most",
        aim: 7,
        ratio: ratioOf(whole.cpu, floor.cpu),
        ...aimBefore(timed, [WHOLE], ({ cpu }) => ratioOf(cpu, floor.cpu)),
      },
      ...(numpy === undefined
        ? []
        : [
            {
              ...aimed(`${which}, CPU of numpy and scipy over ours`, 3.5, ratioOf(numpy.cpu, whole.cpu)),
              ...aimBefore(timed, [WHOLE], ({ cpu }) => ratioOf(numpy.cpu, cpu)),
            },
          ]),
    ],
    compared: [
      ...compareTurns(timed, `a whole scan, ${which}`, WHOLE),
      ...(isOnPaper ? compareTurns(timed, `a whole scan, ${which}, this one by --rules paper`, PAPER, WHOLE) : []),
      ...compareTurns(timed, `readScan and generateQuestions, ${which}`, IN_MEMORY),
    ],
    notes: [
      `${scans} scans in the page cache. CPU is user and system time of all threads, garbage collection included; "times the read" compares rounds. The read is into new memory each time.`,
      ...(await workNotes()),
      ...missingNotes(timed),
    ],
  };
  if (pythonWith(METADATA_MODULES) === null) {
    say(missingPython(METADATA_MODULES));
    return [table];
  }
  say("reading them as VLM-3R does, which takes seconds");
  const slow = await timeInTurn(
    { ...subject, contenders: pick(contenders, [...versions().map(({ prefix }) => prefix + WHOLE), METADATA]) },
    { rounds: 5, warmUpRounds: 5 },
  );
  const [ours, metadata] = [named(slow.times, WHOLE), named(slow.times, METADATA)];
  return [
    table,
    {
      title: `A whole scan beside VLM-3R's metadata, ${which}`,
      columns: ["work", "times ours", "CPU ms a scan", "ms a scan"],
      rows: [...slow.times].map(([name, { cpu, wall }]) => [
        name,
        name === WHOLE ? "1" : ratioText(ratioOf(wall, ours.wall)),
        (median(cpu) / scans).toFixed(1),
        (median(wall) / scans).toFixed(1),
      ]),
      aims: [
        {
          ...aimed(`${which}, wall time of VLM-3R's metadata over ours`, 100, ratioOf(metadata.wall, ours.wall)),
          ...aimBefore(slow, [WHOLE], ({ wall }) => ratioOf(metadata.wall, wall)),
        },
      ],
      notes: [
        "Boxes, counts and the room's size alone, which is what its metadata holds; ours asks the questions too.",
      ],
    },
  ];
}

function aimed(what: string, aim: number, ratio: Ratio): AimedRatio {
  return { what, bound: "at least", aim, ratio };
}

/** Areas within 3 %: numpy's is of a sample. Boxes where both hulls keep the extreme vertices are the same. */
const AREA_TOLERANCE = 0.03;
const SIZE_TOLERANCE = 1e-3;

/** @throws BenchmarkError where scan.py finds other objects, boxes or another room. */
async function checkNumpy(list: string, folder: string): Promise<void> {
  const found = (await startPython("scan.py", list)("check")) as {
    scans: { area: number; sizes: Record<string, number[]> }[];
  };
  for (const [place, scan] of (await findScans(rawOf(folder))).entries()) {
    const { facts } = await readScan(scan, await scanOptions());
    const { area, sizes } = at(found.scans, place);
    const fail = (got: string, expected: string): BenchmarkError =>
      new BenchmarkError({
        place: `${NUMPY}, ${scan.scanId}`,
        got,
        expected,
        advice: "Contenders that do not find the same cannot be compared: correct the script.",
      });
    const { area_m2 } = facts.room;
    if (Math.abs(area - area_m2) > AREA_TOLERANCE * area_m2) throw fail(`${area} m2`, `about ${area_m2}`);
    for (const { id, box } of facts.objects) {
      const size = sizes[String(id)] ?? [];
      if (size.length === 3 && size.every((side, axis) => Math.abs(side - at(box.size, axis)) <= SIZE_TOLERANCE))
        continue;
      throw fail(`object ${id} of ${size.join(" x ")} m`, box.size.join(" x "));
    }
  }
}

async function forEachScan(folder: string, work: (scan: ScanFolder) => unknown): Promise<() => unknown> {
  const scans = await findScans(rawOf(folder));
  return async () => {
    for (const scan of scans) await work(scan);
  };
}

async function forEachPreparedScan(folder: string, step: (scan: PreparedScan) => unknown): Promise<() => unknown> {
  const options = await scanOptions();
  const prepared: PreparedScan[] = [];
  for (const scan of await findScans(rawOf(folder))) prepared.push(await prepareScan(scan, options));
  return async () => {
    for (const scan of prepared) await step(scan);
  };
}

/** As vsi-build reads sample rooms. */
async function scanOptions(from: Pick<typeof import("@vsi/geometry/node"), "readLabelRules"> = { readLabelRules }) {
  return { dataset: "vsi-synth", labelRules: await from.readLabelRules() };
}

/** Synchronous: an asynchronous read takes 1.5 to 4 times its CPU, in threads that wall time does not show. */
function readRaw(scan: ScanFolder): void {
  for (const path of Object.values(pathsOf(scan))) readFileSync(path);
}

function stepsTable(times: ReadonlyMap<string, Turns>): ResultTable {
  const whole = named(times, IN_MEMORY).cpu;
  return {
    title: "The steps of a scan",
    columns: ["step", "CPU, part of readScan and generateQuestions", "CPU ms a scan"],
    rows: Object.keys(scanSteps).map((name) => {
      const milliseconds = named(times, name).cpu;
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
