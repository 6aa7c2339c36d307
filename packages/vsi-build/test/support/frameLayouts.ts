import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import type { SensStream } from "@vsi/geometry/node";

/** How people's tools lay a stream's frames out, and below which folder of the raw folder. */
export const LAYOUTS = {
  "frames/<id>, as SensReader/python": { folder: (id: string) => `frames/${id}`, write: writeFolders },
  "the scan's own folder": { folder: (id: string) => `scans/${id}`, write: writeFolders },
  "the 25k export": {
    folder: (id: string) => `scannet_frames_25k/${id}`,
    write: (stream: SensStream, folder: string) =>
      writeFolders(stream, folder, { intrinsics: "intrinsics_", digits: 6 }),
  },
  "upper-case endings": {
    folder: (id: string) => `frames/${id}`,
    write: (stream: SensStream, folder: string) =>
      writeFolders(stream, folder, { ending: (name) => name.toUpperCase() }),
  },
  "3x3 intrinsics": {
    folder: (id: string) => `frames/${id}`,
    write: (stream: SensStream, folder: string) => writeFolders(stream, folder, { rows: 3 }),
  },
  "mmdetection3d's posed_images": { folder: (id: string) => `posed_images/${id}`, write: writePosedImages },
  "C++ SensReader": { folder: (id: string) => `frames/${id}`, write: writeSensReader },
} as const;

interface FolderStyle {
  /** Beginning of the names of the intrinsics' files. */
  intrinsics?: string;
  /** Of a frame's number. */
  digits?: number;
  rows?: 3 | 4;
  ending?: (name: string) => string;
}

export async function writeFolders(stream: SensStream, folder: string, style: FolderStyle = {}): Promise<void> {
  const { intrinsics = "intrinsic/intrinsic_", digits = 1, rows = 4, ending = (name) => name } = style;
  for (const { index, cameraToWorld } of stream.frames) {
    const number = String(index).padStart(digits, "0");
    await put(folder, `color/${number}${ending(".jpg")}`, await stream.readColor(index));
    await put(folder, `pose/${number}${ending(".txt")}`, matrix(cameraToWorld));
    await put(folder, `depth/${number}${ending(".png")}`, png16(await stream.readDepth(index), stream, index));
  }
  await put(folder, `${intrinsics}color.txt`, matrix(stream.intrinsicColor, rows));
  await put(folder, `${intrinsics}depth.txt`, matrix(stream.intrinsicDepth, rows));
}

async function writePosedImages(stream: SensStream, folder: string): Promise<void> {
  for (const { index, cameraToWorld } of stream.frames) {
    const number = String(index).padStart(5, "0");
    await put(folder, `${number}.jpg`, await stream.readColor(index));
    await put(folder, `${number}.txt`, matrix(cameraToWorld));
    await put(folder, `${number}.png`, png16(await stream.readDepth(index), stream, index));
  }
  await put(folder, "intrinsic.txt", matrix(stream.intrinsicColor));
}

async function writeSensReader(stream: SensStream, folder: string): Promise<void> {
  for (const { index, cameraToWorld } of stream.frames) {
    const name = `frame-${String(index).padStart(6, "0")}`;
    await put(folder, `${name}.color.jpg`, await stream.readColor(index));
    await put(folder, `${name}.pose.txt`, matrix(cameraToWorld));
    await put(folder, `${name}.depth.pgm`, pgm16(await stream.readDepth(index), stream));
  }
  const row = (values: ArrayLike<number>) => Array.from(values).join(" ");
  const lines = [
    "m_versionNumber = 4",
    "m_sensorName = StructureSensor",
    `m_depthWidth = ${stream.depthWidth}`,
    `m_depthHeight = ${stream.depthHeight}`,
    `m_depthShift = ${stream.depthShift}`,
    `m_calibrationColorIntrinsic = ${row(stream.intrinsicColor)}`,
    `m_calibrationDepthIntrinsic = ${row(stream.intrinsicDepth)}`,
    `m_frames.size = ${stream.frames.length}`,
  ];
  await put(folder, "_info.txt", `${lines.join("\n")}\n`);
}

async function put(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** All digits, so that the pose read back is the stream's own. */
function matrix(values: ArrayLike<number>, size = 4): string {
  const rows = Array.from({ length: size }, (_, row) =>
    Array.from(values)
      .slice(4 * row, 4 * row + size)
      .join(" "),
  );
  return `${rows.join("\n")}\n`;
}

interface Size {
  depthWidth: number;
  depthHeight: number;
}

/** Two bytes a pixel, the high one first. */
function bigEndian(values: Uint16Array): Buffer {
  return Buffer.from(values.slice().buffer).swap16();
}

export function pgm16(values: Uint16Array, { depthWidth, depthHeight }: Size): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n# a comment\n${depthWidth} ${depthHeight}\n65535\n`), bigEndian(values)]);
}

/** @param seed decides which of PNG's five filters the first row has; each row takes the next. */
export function png16(values: Uint16Array, { depthWidth, depthHeight }: Size, seed = 0): Uint8Array {
  const pixels = bigEndian(values);
  const stride = 2 * depthWidth;
  const rows: Buffer[] = [];
  for (let row = 0; row < depthHeight; row += 1) rows.push(filteredRow(pixels, stride, row, (row + seed) % 5));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(depthWidth, 0);
  header.writeUInt32BE(depthHeight, 4);
  header[8] = 16;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows));
  // In two parts, as encoders may.
  const parts = [data.subarray(0, 10), data.subarray(10)].map((part) => chunk("IDAT", part));
  return Buffer.concat([signature, chunk("IHDR", header), ...parts, chunk("IEND", Buffer.alloc(0))]);
}

function filteredRow(pixels: Buffer, stride: number, row: number, filter: number): Buffer {
  const out = Buffer.alloc(stride + 1);
  out[0] = filter;
  const pixel = (y: number, x: number) => (y < 0 || x < 0 ? 0 : pixels[y * stride + x]!);
  for (let x = 0; x < stride; x += 1) {
    const [a, b, c] = [pixel(row, x - 2), pixel(row - 1, x), pixel(row - 1, x - 2)];
    const nearest = [a, b, c].reduce((best, one) =>
      Math.abs(a + b - c - one) < Math.abs(a + b - c - best) ? one : best,
    );
    const guess = [0, a, b, Math.floor((a + b) / 2), nearest][filter]!;
    out[x + 1] = (pixel(row, x) - guess) & 0xff;
  }
  return out;
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(content.length, 0);
  body.copy(out, 4);
  // Depth's checksums are not looked at: zlib has its own.
  return out;
}
