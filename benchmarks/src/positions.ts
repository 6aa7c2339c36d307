import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { at, median } from "@vsi/dataset/internal";
import { PlyVertexLoader } from "@vsi/geometry";
import { findScans, readMeshPositions } from "@vsi/geometry/node";
import { BEFORE, lacks, loadPackage, packageFile, type Version, versions } from "./harness/before.ts";
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
import { ratioOf, ratioText } from "./harness/ratio.ts";
import { REAL_SIZE, writeRooms } from "./harness/rooms.ts";
import { type Contenders, pick, type TimedTurns, timeInTurn } from "./harness/turns.ts";

const FLOOR = "synchronous read of the whole file";
const NUMPY = "numpy fromfile";
const OURS = "@vsi/geometry/node readMeshPositions";
/** As numpy's, whose allocator gives the next array the memory of the last. */
const IN_KEPT_MEMORY = "the same into memory that the thread keeps, as a thread of vsi-build reads";
const LOADERS_GL = "@loaders.gl/ply";

type PositionReader = (mesh: string) => Promise<ArrayLike<number>>;

/** Each imports what it needs alone. */
const readers: ReadonlyMap<string, () => Promise<PositionReader>> = new Map(
  Object.entries({
    ...Object.fromEntries(
      versions().flatMap((version) => [
        [version.prefix + OURS, () => readerOf(version)],
        [version.prefix + IN_KEPT_MEMORY, () => readerIntoKeptMemory(version)],
      ]),
    ),
    "PlyVertexLoader by @loaders.gl/core parse": async () => {
      const { parse } = await import("@loaders.gl/core");
      return async (mesh) => (await parse(await readWhole(mesh), PlyVertexLoader)).attributes.POSITION?.value ?? [];
    },
    "three PLYLoader": async () => {
      const { PLYLoader } = await import("three/addons/loaders/PLYLoader.js");
      return async (mesh) => new PLYLoader().parse(await readWhole(mesh)).getAttribute("position").array;
    },
    [LOADERS_GL]: async () => {
      const { parse } = await import("@loaders.gl/core");
      const { PLYLoader } = await import("@loaders.gl/ply");
      return async (mesh) => (await parse(await readWhole(mesh), PLYLoader)).attributes.POSITION?.value ?? [];
    },
  }),
);

export const contenders: Contenders = {
  [FLOOR]: async (folder) => {
    const mesh = await meshIn(folder);
    return () => readFileSync(mesh);
  },
  ...Object.fromEntries([...readers.keys()].map((name) => [name, (folder: string) => checkedReader(name, folder)])),
  [NUMPY]: async (folder) => {
    const list = await writeScanList(folder, folder);
    await checkNumpy(list, folder);
    return pythonContender("scan.py", list, "positions");
  },
};

/** The vertex positions of one mesh, by this project and by the loaders that others use. */
export const measurement: Measurement = {
  summary: "vertex positions of a mesh, against the read alone, numpy, three and @loaders.gl/ply",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    await writeRooms(folder, { rooms: 1, vertexCount: REAL_SIZE });
    const isNumpyThere = pythonWith(NUMPY_MODULES) !== null;
    if (!isNumpyThere) say(missingPython(NUMPY_MODULES));
    say("reading one mesh in turn");
    const names = Object.keys(contenders).filter((name) => name !== NUMPY || isNumpyThere);
    return [positionsTable(await timeInTurn({ module: import.meta.url, contenders: pick(contenders, names), folder }))];
  },
};

async function readerOf(version: Version): Promise<PositionReader> {
  return (await loadPackage<typeof import("@vsi/geometry/node")>(version, "@vsi/geometry/node")).readMeshPositions;
}

/** What readScan does with the mesh, which @vsi/geometry does not export: the array is overwritten by the next read. */
async function readerIntoKeptMemory(version: Version): Promise<PositionReader> {
  const entry = packageFile(version, "@vsi/geometry") ?? "";
  const files = ["scanMemory.js", join("node", "mesh.js")].map((file) => join(dirname(entry), file));
  const parts = files.every((file) => existsSync(file))
    ? await Promise.all(files.map(async (file) => import(pathToFileURL(file).href)))
    : [];
  const { withScanMemory, readUsualPositions } = Object.assign({}, ...parts);
  if (withScanMemory === undefined || readUsualPositions === undefined) {
    throw lacks(version, "memory that a thread keeps from scan to scan");
  }
  return async (mesh) => withScanMemory(() => readUsualPositions(mesh, mesh));
}

async function meshIn(folder: string): Promise<string> {
  const { path, scanId } = at(await findScans(folder), 0);
  return join(path, `${scanId}_vh_clean_2.ply`);
}

/** In the form that all parsers take without a copy. */
async function readWhole(path: string): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  const isAlone = byteOffset === 0 && byteLength === buffer.byteLength;
  return (isAlone ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer;
}

async function checkedReader(name: string, folder: string): Promise<() => unknown> {
  const mesh = await meshIn(folder);
  const read = await named(readers, name)();
  // First: what is read into kept memory is good until the next read.
  const expected = await readMeshPositions(mesh);
  const positions = await read(mesh);
  const isSame = positions.length === expected.length && expected.every((value, index) => value === positions[index]);
  if (isSame) return () => read(mesh);
  throw new BenchmarkError({
    place: name,
    got: `other positions (${positions.length} numbers)`,
    expected: `the ${expected.length} numbers of readMeshPositions`,
    advice: "Contenders that do not read the same cannot be compared: correct the reader.",
  });
}

async function checkNumpy(list: string, folder: string): Promise<void> {
  const { positions: sum } = (await startPython("scan.py", list)("check")) as { positions: number };
  const expected = (await readMeshPositions(await meshIn(folder))).reduce((total, value) => total + value, 0);
  if (Math.abs(sum - expected) <= 1e-6 * Math.abs(expected)) return;
  throw new BenchmarkError({
    place: NUMPY,
    got: `positions that add up to ${sum}`,
    expected: `${expected}, as those of readMeshPositions do`,
    advice: "Contenders that do not read the same cannot be compared: correct the script.",
  });
}

function positionsTable(timed: TimedTurns): ResultTable {
  const { times } = timed;
  const inThreadBefore = times.has(BEFORE + IN_KEPT_MEMORY) ? IN_KEPT_MEMORY : OURS;
  const floor = named(times, FLOOR).cpu;
  const ours = named(times, OURS).cpu;
  const numpy = times.get(NUMPY);
  return {
    title: "Vertex positions of one mesh",
    columns: ["reader", "CPU, times the read", "CPU, times readMeshPositions", "CPU ms", "ms"],
    rows: [...times].map(([name, { cpu, wall }]) => [
      name,
      ratioText(ratioOf(cpu, floor)),
      ratioText(ratioOf(cpu, ours)),
      median(cpu).toFixed(2),
      median(wall).toFixed(2),
    ]),
    aims: [
      ...(numpy === undefined
        ? []
        : [
            {
              what: "PLY positions, CPU over numpy's",
              bound: "at most",
              aim: 1,
              ratio: ratioOf(ours, numpy.cpu),
              ...aimBefore(timed, [OURS], ({ cpu }) => ratioOf(cpu, numpy.cpu)),
            } as const,
            {
              what: "PLY positions into memory that the thread keeps, CPU over numpy's",
              bound: "at most",
              aim: 1,
              ratio: ratioOf(named(times, IN_KEPT_MEMORY).cpu, numpy.cpu),
              ...aimBefore(timed, [IN_KEPT_MEMORY], ({ cpu }) => ratioOf(cpu, numpy.cpu)),
            } as const,
          ]),
      {
        what: "PLY positions, CPU of @loaders.gl/ply over ours",
        bound: "at least",
        aim: 50,
        ratio: ratioOf(named(times, LOADERS_GL).cpu, ours),
        ...aimBefore(timed, [OURS], ({ cpu }) => ratioOf(named(times, LOADERS_GL).cpu, cpu)),
      },
    ],
    compared: [
      ...compareTurns(timed, "PLY positions", OURS),
      ...compareTurns(timed, "PLY positions, as a thread of each reads them", IN_KEPT_MEMORY, inThreadBefore),
    ],
    notes: [
      `A mesh of ${REAL_SIZE} vertices in the page cache; every reader gave the same numbers. Medians of rounds taken in turn (smallest to largest); CPU is user and system time of all threads.`,
      "readMeshPositions gives an array of the caller's own each time, as the others do; numpy's allocator hands it the memory of the array before, and so does a thread of vsi-build.",
      ...missingNotes(timed),
    ],
  };
}
