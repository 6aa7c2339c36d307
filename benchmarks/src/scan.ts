import { readFile } from "node:fs/promises";
import { findScans, readLabelRules, readScan, type ScanFolder } from "@vsi/geometry/node";
import { generateQuestions } from "@vsi/questions";
import { aimText } from "./harness/aimText.ts";
import type { Contenders } from "./harness/contenders.ts";
import type { Measurement, ResultTable } from "./harness/measurement.ts";
import { median } from "./harness/median.ts";
import { ratioText } from "./harness/numberText.ts";
import { ratioOf } from "./harness/ratio.ts";
import { type PreparedScan, pathsOf, prepareScan, scanSteps } from "./harness/scanSteps.ts";
import { timeInTurn } from "./harness/timeInTurn.ts";
import { REAL_SIZE } from "./harness/vertexCounts.ts";
import { writeRooms } from "./harness/writeRooms.ts";

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
    return [wholeTable(times.get(FLOOR)!, times.get(WHOLE)!), stepsTable(times)];
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
  const whole = times.get(WHOLE)!;
  return {
    title: "The steps of a scan",
    columns: ["step", "part of the whole", "ms a scan"],
    rows: Object.keys(scanSteps).map((name) => {
      const milliseconds = times.get(name)!;
      return [name, ratioText(ratioOf(milliseconds, whole)), (median(milliseconds) / ROOMS).toFixed(2)];
    }),
    notes: [
      "Each step run alone on what the steps before it gave, in the same rounds; the parts need not add up to 1 (garbage collection, rounding of the facts).",
    ],
  };
}
