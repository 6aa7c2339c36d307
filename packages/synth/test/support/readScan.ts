import type { SynthRoom } from "../../src/room/makeRoom.ts";

/** A scan read back from its bytes with none of the writers' code; positions are aligned, float64. */
export interface ReadScan {
  header: string[];
  positions: Float64Array;
  /** Float32 as stored. */
  raw: Float32Array;
  faces: number[][];
  alignment: number[];
  info: Map<string, string>;
  segIndices: number[];
  groups: { id: number; objectId: number; label: string; segments: number[] }[];
  /** Vertices of each group, by position in `groups`. */
  members: number[][];
}

export function readScan({ sceneName, files }: Pick<SynthRoom, "sceneName" | "files">): ReadScan {
  const text = (name: string) => new TextDecoder().decode(files[name]);
  const mesh = Buffer.from(files[`${sceneName}_vh_clean_2.ply`]);
  const bodyStart = mesh.indexOf("end_header\n") + "end_header\n".length;
  const header = mesh.toString("latin1", 0, bodyStart).split("\n");
  const vertexCount = Number(header.find((line) => line.startsWith("element vertex"))?.split(" ")[2]);
  const faceCount = Number(header.find((line) => line.startsWith("element face"))?.split(" ")[2]);
  if (mesh.length !== bodyStart + 16 * vertexCount + 13 * faceCount) throw new RangeError("mesh has another length");

  const info = new Map(
    text(`${sceneName}.txt`)
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line) => line.split(" = ") as [string, string]),
  );
  const alignment = (info.get("axisAlignment") as string).trim().split(" ").map(Number);
  const raw = new Float32Array(3 * vertexCount);
  const positions = new Float64Array(3 * vertexCount);
  for (let vertex = 0; vertex < vertexCount; vertex += 1) {
    const xyz = [0, 4, 8].map((offset) => mesh.readFloatLE(bodyStart + 16 * vertex + offset));
    raw.set(xyz, 3 * vertex);
    for (let row = 0; row < 3; row += 1) {
      positions[3 * vertex + row] = [...xyz, 1].reduce((sum, value, i) => sum + alignment[4 * row + i] * value, 0);
    }
  }
  const facesStart = bodyStart + 16 * vertexCount;
  const faces = Array.from({ length: faceCount }, (_, face) => {
    const at = facesStart + 13 * face;
    if (mesh[at] !== 3) throw new RangeError(`face ${face} is no triangle`);
    return [1, 5, 9].map((offset) => mesh.readInt32LE(at + offset));
  });
  const { segIndices } = JSON.parse(text(`${sceneName}_vh_clean_2.0.010000.segs.json`));
  const { segGroups: groups } = JSON.parse(text(`${sceneName}.aggregation.json`));
  const groupOfSegment = new Map<number, number>();
  groups.forEach((group: { segments: number[] }, index: number) => {
    for (const segment of group.segments) groupOfSegment.set(segment, index);
  });
  const members: number[][] = groups.map(() => []);
  segIndices.forEach((segment: number, vertex: number) => {
    const group = groupOfSegment.get(segment);
    if (group !== undefined) members[group].push(vertex);
  });
  return { header, positions, raw, faces, alignment, info, segIndices, groups, members };
}
