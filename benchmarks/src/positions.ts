import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { at, median } from "@vsi/dataset/internal";
import { PlyVertexLoader } from "@vsi/geometry";
import { findScans, readMeshPositions } from "@vsi/geometry/node";
import { BenchmarkError } from "./harness/errors.ts";
import type { Measurement, ResultTable } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { aimText, ratioOf, ratioText } from "./harness/ratio.ts";
import { REAL_SIZE, writeRooms } from "./harness/rooms.ts";
import type { Contenders } from "./harness/turns.ts";
import { timeInTurn } from "./harness/turns.ts";

const FLOOR = "raw read of the whole file";
const OURS = "@vsi/geometry/node readMeshPositions";
const LOADERS_GL = "@loaders.gl/ply";

type PositionReader = (mesh: string) => Promise<ArrayLike<number>>;

/** Each imports what it needs alone. */
const readers: ReadonlyMap<string, () => Promise<PositionReader>> = new Map(
  Object.entries({
    [OURS]: async () => readMeshPositions,
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
    return () => readFile(mesh);
  },
  ...Object.fromEntries([...readers.keys()].map((name) => [name, (folder: string) => checkedReader(name, folder)])),
};

/** The vertex positions of one mesh, by this project and by the loaders that others use. */
export const measurement: Measurement = {
  summary: "vertex positions of a mesh, against the raw read, three and @loaders.gl/ply",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    await writeRooms(folder, { rooms: 1, vertexCount: REAL_SIZE });
    say("reading one mesh in turn");
    return [positionsTable(await timeInTurn({ module: import.meta.url, contenders, folder }))];
  },
};

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
  const positions = await read(mesh);
  const expected = await readMeshPositions(mesh);
  const isSame = positions.length === expected.length && expected.every((value, index) => value === positions[index]);
  if (isSame) return () => read(mesh);
  throw new BenchmarkError({
    place: name,
    got: `other positions (${positions.length} numbers)`,
    expected: `the ${expected.length} numbers of readMeshPositions`,
    advice: "Contenders that do not read the same cannot be compared: correct the reader.",
  });
}

function positionsTable(times: ReadonlyMap<string, number[]>): ResultTable {
  const floor = named(times, FLOOR);
  const ours = named(times, OURS);
  const overFloor = ratioOf(ours, floor);
  const underLoadersGl = ratioOf(named(times, LOADERS_GL), ours);
  return {
    title: "Vertex positions of one mesh",
    columns: ["reader", "times the raw read", "times readMeshPositions", "ms"],
    rows: [...times].map(([name, milliseconds]) => [
      name,
      ratioText(ratioOf(milliseconds, floor)),
      ratioText(ratioOf(milliseconds, ours)),
      median(milliseconds).toFixed(1),
    ]),
    notes: [
      `Aim, readMeshPositions over the raw read: ${aimText({ bound: "at most", value: 3 }, overFloor)}.`,
      `Aim, @loaders.gl/ply over readMeshPositions: ${aimText({ bound: "at least", value: 50 }, underLoadersGl)}.`,
      `A mesh of ${REAL_SIZE} vertices in the page cache; every reader gave the same numbers. Medians of rounds taken in turn (smallest to largest).`,
    ],
  };
}
