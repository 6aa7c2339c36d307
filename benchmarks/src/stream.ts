import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sampleEvenly } from "@vsi/dataset";
import { at, median } from "@vsi/dataset/internal";
import { loadPackage, type Version, versions } from "./harness/before.ts";
import { aimBefore, compareTurns, missingNotes } from "./harness/compared.ts";
import { BenchmarkError } from "./harness/errors.ts";
import type { Measurement, ResultTable } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { peakMemoryOf } from "./harness/processes.ts";
import { mebibytes, ratioOf, ratioText, threeDigits } from "./harness/ratio.ts";
import { type ColorPlace, writeSensFile } from "./harness/sensFile.ts";
import { type Contenders, type TimedTurns, timeInTurn } from "./harness/turns.ts";

/** As many frames as vsi-build samples unless told. */
const FRAMES = 32;

/** Bytes; as long as a scan of ScanNet often is. */
const TIMED_SIZE = 1e9;
const [SMALL_SIZE, LARGE_SIZE] = [100e6, 1e9];
const FLOOR = `raw copy of ${FRAMES} colour images, their places known`;
const INDEX = "openSensStream";
const OURS = `openSensStream, then readColor of ${FRAMES} frames`;
const STREAM_FILE = "stream.sens";
const PLACES_FILE = "places.json";

/** Where those that copy write to, below the stream's folder. */
const COPIES: ReadonlyMap<string, string> = new Map([
  [FLOOR, "raw"],
  ...versions().map(({ prefix }, index): [string, string] => [prefix + OURS, `read-${index}`]),
]);

/** Those that copy write each image to a file of its own. */
export const contenders: Contenders = {
  [FLOOR]: async (folder) => {
    const places = readPlaces(folder);
    const copies = makeCopiesFolder(folder, FLOOR);
    return () => copyPlaces(join(folder, STREAM_FILE), places, copies);
  },
  ...Object.fromEntries(
    versions().flatMap((version) => [
      [version.prefix + INDEX, (folder: string) => indexOnly(version, folder)],
      [version.prefix + OURS, (folder: string) => copyFrames(version, folder)],
    ]),
  ),
};

/** The colour images of a few frames out of a large stream. */
export const measurement: Measurement = {
  summary: `${FRAMES} frames of a .sens file against the raw copy of their bytes, and peak memory (2.1 GB of temporary files)`,
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    const timed = join(folder, "timed");
    const frames = await writeSample(timed, TIMED_SIZE);
    say(`copying ${FRAMES} of ${frames} frames in turn`);
    const turns = await timeInTurn({ module: import.meta.url, contenders, folder: timed });
    checkCopies(timed, [...turns.times.keys()]);
    return [timesTable(turns, frames), await memoryTable(folder, say)];
  },
};

/** @returns the number of frames. */
async function writeSample(folder: string, size: number): Promise<number> {
  await mkdir(folder);
  const places = await writeSensFile(join(folder, STREAM_FILE), size);
  const sampled = sampleEvenly([...places.keys()], FRAMES).map((index) => places[index]);
  await writeFile(join(folder, PLACES_FILE), JSON.stringify(sampled));
  return places.length;
}

function readPlaces(folder: string): ColorPlace[] {
  return JSON.parse(readFileSync(join(folder, PLACES_FILE), "utf8"));
}

function makeCopiesFolder(folder: string, name: string): string {
  const copies = join(folder, named(COPIES, name));
  mkdirSync(copies);
  return copies;
}

function copyPlaces(stream: string, places: readonly ColorPlace[], copies: string): void {
  const file = openSync(stream, "r");
  for (const { index, offset, bytes } of places) {
    const image = Buffer.allocUnsafe(bytes);
    readSync(file, image, 0, bytes, offset);
    writeFileSync(imagePath(copies, index), image);
  }
  closeSync(file);
}

async function openerOf(version: Version) {
  return (await loadPackage<typeof import("@vsi/geometry/node")>(version, "@vsi/geometry/node")).openSensStream;
}

async function indexOnly(version: Version, folder: string): Promise<() => unknown> {
  const openSensStream = await openerOf(version);
  return async () => (await openSensStream(join(folder, STREAM_FILE))).close();
}

async function copyFrames(version: Version, folder: string): Promise<() => unknown> {
  const openSensStream = await openerOf(version);
  const copies = makeCopiesFolder(folder, version.prefix + OURS);
  return async () => {
    const stream = await openSensStream(join(folder, STREAM_FILE));
    const indices = stream.frames.map(({ index }) => index);
    for (const index of sampleEvenly(indices, FRAMES)) {
      writeFileSync(imagePath(copies, index), await stream.readColor(index));
    }
    await stream.close();
  };
}

function imagePath(copies: string, index: number): string {
  return join(copies, `${index}.jpg`);
}

/** @param contenders those that ran: all that copy must have copied the same. */
function checkCopies(folder: string, contenders: readonly string[]): void {
  const readers = contenders.filter((name) => name !== FLOOR && COPIES.has(name));
  for (const { index } of readPlaces(folder)) {
    const copyOf = (name: string) => readFileSync(imagePath(join(folder, named(COPIES, name)), index));
    const raw = copyOf(FLOOR);
    for (const name of readers) {
      const read = copyOf(name);
      if (raw.equals(read)) continue;
      throw new BenchmarkError({
        place: `${name}, frame ${index}`,
        got: `another image from readColor (${read.length} bytes)`,
        expected: `the ${raw.length} bytes at the place where it was written`,
        advice: "Contenders that do not copy the same cannot be compared: correct the reader.",
      });
    }
  }
}

function timesTable(turns: TimedTurns, frames: number): ResultTable {
  const { times } = turns;
  const floor = named(times, FLOOR).cpu;
  return {
    title: `${FRAMES} frames of a .sens file`,
    columns: ["work", "CPU, times the raw copy", "CPU ms", "ms"],
    rows: [...times].map(([name, { cpu, wall }]) => [
      name,
      ratioText(ratioOf(cpu, floor)),
      median(cpu).toFixed(1),
      median(wall).toFixed(1),
    ]),
    aims: [
      {
        what: `${TIMED_SIZE / 1e9} GB .sens, ${FRAMES} frames, CPU over the raw copy`,
        bound: "at most",
        aim: 2,
        ratio: ratioOf(named(times, OURS).cpu, floor),
        ...aimBefore(turns, [OURS], ({ cpu }) => ratioOf(cpu, floor)),
      },
    ],
    compared: compareTurns(turns, `${TIMED_SIZE / 1e9} GB .sens, ${FRAMES} frames`, OURS),
    notes: [
      `A file of ${TIMED_SIZE / 1e6} MB and ${frames} frames in the page cache; all copies wrote the same bytes, to one file an image. The index takes longer the more frames there are, the copies do not.`,
      ...missingNotes(turns),
    ],
  };
}

async function memoryTable(folder: string, say: (line: string) => void): Promise<ResultTable> {
  const rows: string[][] = [];
  const peaks: number[] = [];
  for (const size of [SMALL_SIZE, LARGE_SIZE]) {
    const sample = join(folder, `${size}`);
    const frames = await writeSample(sample, size);
    say(`peak memory with ${size / 1e6} MB`);
    const subject = { module: import.meta.url, folder: sample };
    const floor = await peakMemoryOf({ ...subject, name: FLOOR });
    const ours = await peakMemoryOf({ ...subject, name: OURS });
    peaks.push(ours);
    rows.push([`${size / 1e6} MB`, `${frames}`, mebibytes(floor), mebibytes(ours), threeDigits(ours / at(peaks, 0))]);
  }
  return {
    title: `Peak memory of ${FRAMES} frames of a .sens file`,
    columns: ["file", "frames", "raw copy", "index and frames", `times that of ${SMALL_SIZE / 1e6} MB`],
    rows,
    notes: [
      "Peak resident memory of a process that does it once, with Node's own and the loaded packages'; once for each size.",
    ],
  };
}
