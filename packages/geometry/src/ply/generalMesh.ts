import { at } from "@vsi/dataset/internal";
import { decimalNumber } from "../decimalNumber.ts";
import { GeometryError } from "../errors.ts";
import { badFace, findFaceElement } from "./faces.ts";
import { LINE_FEED, type PlyElement, type PlyHeader } from "./header.ts";

/** Triangles and colours of a mesh that some program saved again. */
export interface GeneralMesh {
  /** Three vertices per face, in the file's order. */
  faces: Int32Array;
  /** Red, green and blue of every vertex, 0 to 255; null for a file without them. */
  colors: Uint8Array | null;
}

/**
 * Reads the triangles and colours of an ASCII or big-endian PLY, or of one with lists anywhere: what MeshLab, Open3D and
 * Blender make of ScanNet's meshes. Number after number, which takes some ten times as long as `copyFaces`; such files
 * are rare.
 *
 * @param bytes The whole file; `header` is its header, with counts checked by `checkPlySize`.
 * @throws GeometryError "ply-no-faces", "ply-bad-header", "ply-truncated", "ply-unreadable" (a word in an ASCII file that is no number) or "ply-bad-face".
 */
export function readGeneralMesh(bytes: Uint8Array, header: PlyHeader, vertexCount: number, file: string): GeneralMesh {
  const face = findFaceElement(header, file);
  const numbers = header.format === "ascii" ? asciiNumbers(bytes, header, file) : binaryNumbers(bytes, header, file);
  const faces = new Int32Array(3 * face.count);
  let colors: Uint8Array | null = null;
  for (const element of header.elements) {
    const places = ["red", "green", "blue"].map((name) => element.properties.findIndex((one) => one.name === name));
    const hasColors = element.name === "vertex" && places.every((place) => place >= 0);
    if (hasColors) colors = new Uint8Array(3 * element.count);
    for (let record = 0; record < element.count; record += 1) {
      numbers.startRecord(element, record);
      for (const [place, property] of element.properties.entries()) {
        const isCorners = element === face && /^vertex_ind(ex|ices)$/.test(property.name);
        const length = property.countType === null ? 1 : numbers.next(property.countType);
        if (isCorners && length !== 3) throw badFace(file, record, `${length} corners`, "3 corners: triangulate it");
        for (let item = 0; item < length; item += 1) {
          const value = numbers.next(property.type);
          if (isCorners) faces[3 * record + item] = vertexOf(value, vertexCount, record, file);
          const channel = places.indexOf(place);
          if (hasColors && colors !== null && channel >= 0) colors[3 * record + channel] = value;
        }
      }
    }
    if (element === face && header.elements.at(-1) !== element && colors !== null) break;
  }
  return { faces, colors };
}

function vertexOf(value: number, vertexCount: number, face: number, file: string): number {
  if (Number.isInteger(value) && value >= 0 && value < vertexCount) return value;
  throw badFace(file, face, `vertex ${value}`, `a vertex from 0 to ${vertexCount - 1}`);
}

/** The numbers of a PLY's body, one after the other. */
interface Numbers {
  /** Before each record: in ASCII it begins a line. */
  startRecord(element: PlyElement, record: number): void;
  next(type: string): number;
}

function asciiNumbers(bytes: Uint8Array, { byteLength }: PlyHeader, file: string): Numbers {
  const decoder = new TextDecoder();
  let start = byteLength;
  let words: string[] = [];
  let used = 0;
  let place = "";
  return {
    startRecord: ({ name }, record) => {
      place = `${name} ${record}`;
      if (start >= bytes.length) throw truncated(file, place);
      const found = bytes.indexOf(LINE_FEED, start);
      const end = found < 0 ? bytes.length : found;
      words = decoder.decode(bytes.subarray(start, end)).trim().split(/\s+/);
      used = 0;
      start = end + 1;
    },
    next: () => {
      if (used >= words.length) throw truncated(file, place);
      const word = at(words, used);
      const value = decimalNumber(word);
      used += 1;
      if (!Number.isNaN(value)) return value;
      throw new GeometryError("ply-unreadable", {
        file,
        place,
        got: JSON.stringify(word.slice(0, 80)),
        expected: "a number",
        advice: "Download the mesh again, or save it as binary little endian.",
      });
    },
  };
}

type Reader = (view: DataView, at: number, isLittle: boolean) => number;

const READERS: ReadonlyMap<string, readonly [number, Reader]> = new Map(
  (
    [
      [["char", "int8"], 1, (view, place) => view.getInt8(place)],
      [["uchar", "uint8"], 1, (view, place) => view.getUint8(place)],
      [["short", "int16"], 2, (view, place, isLittle) => view.getInt16(place, isLittle)],
      [["ushort", "uint16"], 2, (view, place, isLittle) => view.getUint16(place, isLittle)],
      [["int", "int32"], 4, (view, place, isLittle) => view.getInt32(place, isLittle)],
      [["uint", "uint32"], 4, (view, place, isLittle) => view.getUint32(place, isLittle)],
      [["float", "float32"], 4, (view, place, isLittle) => view.getFloat32(place, isLittle)],
      [["double", "float64"], 8, (view, place, isLittle) => view.getFloat64(place, isLittle)],
    ] as const satisfies readonly (readonly [readonly string[], number, Reader])[]
  ).flatMap(([names, size, read]) => names.map((name) => [name, [size, read] as const] as const)),
);

function binaryNumbers(bytes: Uint8Array, { byteLength, format }: PlyHeader, file: string): Numbers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = format === "binary_little_endian";
  let offset = byteLength;
  let place = "";
  return {
    startRecord: ({ name }, record) => {
      place = `${name} ${record}`;
    },
    next: (type) => {
      const [size, read] = READERS.get(type) ?? [1, () => 0];
      if (offset + size > bytes.length) throw truncated(file, place);
      const value = read(view, offset, isLittle);
      offset += size;
      return value;
    },
  };
}

function truncated(file: string, place: string): GeometryError {
  return new GeometryError("ply-truncated", {
    file,
    place,
    got: "the end of the file or line",
    expected: "all numbers that the header announces",
    advice: "The file is truncated; download it again.",
  });
}
