import { inflateSync } from "node:zlib";
import { at } from "@vsi/dataset/internal";
import { pngSize } from "../camera/images.ts";

/** A depth image as others save it: 16 bits a pixel, row by row, 0 where nothing was measured. */
export interface ExportedDepth {
  width: number;
  height: number;
  values: Uint16Array;
}

/** The bytes of a depth image that tell its size: a PNG's first chunk, or a PGM's header with a comment. */
export const DEPTH_HEADER_BYTES = 512;

/** 16384: no depth sensor comes near it, and a damaged header must not ask for gigabytes. */
const LONGEST_SIDE = 16_384;

/**
 * The size of a depth image in pixels, from its first DEPTH_HEADER_BYTES or more; null where they are neither a PNG's
 * nor a PGM's.
 */
export function depthImageSize(bytes: Uint8Array): { width: number; height: number } | null {
  const size = pngSize(bytes) ?? pgmHeader(bytes);
  if (size === null) return null;
  const { width, height } = size;
  return width > 0 && height > 0 && width <= LONGEST_SIDE && height <= LONGEST_SIDE ? { width, height } : null;
}

/**
 * Decodes a depth image: PNG of 16-bit grey (ScanNet's SensReader/python, mmdetection3d) or binary PGM with two bytes a
 * pixel, the high one first (SensReader/c++; Netpbm, "PGM Format Specification").
 *
 * @returns a sentence that says what is wrong instead, where it is damaged or of another kind.
 */
export function decodeDepthImage(bytes: Uint8Array): ExportedDepth | string {
  const size = depthImageSize(bytes);
  if (size === null) return "neither a PNG's nor a PGM's first bytes";
  return pngSize(bytes) === null ? decodePgm(bytes) : decodePng(bytes, size);
}

interface PgmHeader {
  width: number;
  height: number;
  most: number;
  /** Bytes up to the first pixel. */
  length: number;
}

/** "P5", width, height and the largest value, apart by white space and comments; one white space before the pixels. */
function pgmHeader(bytes: Uint8Array): PgmHeader | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, DEPTH_HEADER_BYTES)).toString(
    "latin1",
  );
  const gap = "(?:\\s|#[^\\n]*\\n)+";
  const found = new RegExp(`^P5${gap}(\\d{1,5})${gap}(\\d{1,5})${gap}(\\d{1,5})\\s`).exec(text);
  if (found === null) return null;
  const [header, width, height, most] = found;
  return { width: Number(width), height: Number(height), most: Number(most), length: header.length };
}

function decodePgm(bytes: Uint8Array): ExportedDepth | string {
  const { width, height, most, length } = pgmHeader(bytes) as PgmHeader;
  if (most <= 255 || most > 65_535) return `a PGM of values up to ${most}`;
  const pixels = bytes.subarray(length);
  if (pixels.length < 2 * width * height) return `${pixels.length} bytes of pixels for ${width}x${height}`;
  return { width, height, values: bigEndian(pixels, width * height) };
}

function bigEndian(pixels: Uint8Array, count: number): Uint16Array {
  const values = new Uint16Array(count);
  for (let pixel = 0, byte = 0; pixel < count; pixel += 1, byte += 2) {
    values[pixel] = (at(pixels, byte) << 8) | at(pixels, byte + 1);
  }
  return values;
}

const PNG_SIGNATURE_BYTES = 8;
const BYTES_PER_PIXEL = 2;

/** Chunks without their checksums: what a flipped bit does to coded pixels, zlib's own checksum shows. */
function decodePng(bytes: Uint8Array, { width, height }: { width: number; height: number }): ExportedDepth | string {
  // After the size: bits, colour type, compression, filters, interlacing (PNG, third edition, 11.2.1).
  const [bits, color, , , interlace] = bytes.subarray(24, 29);
  if (bits !== 16 || color !== 0) return `a PNG of ${bits} bits and colour type ${color}`;
  if (interlace !== 0) return "an interlaced PNG";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let start = PNG_SIGNATURE_BYTES; start + 12 <= bytes.length; ) {
    const length = view.getUint32(start);
    const name = Buffer.from(bytes.subarray(start + 4, start + 8)).toString("latin1");
    if (name === "IDAT") parts.push(bytes.subarray(start + 8, start + 8 + length));
    start += 12 + length;
  }
  const stride = BYTES_PER_PIXEL * width;
  const size = height * (stride + 1);
  let rows: Uint8Array;
  try {
    rows = inflateSync(Buffer.concat(parts), { maxOutputLength: size });
  } catch (error) {
    return `pixels that can't be inflated (${(error as Error).message})`;
  }
  if (rows.length !== size) return `${rows.length} bytes of pixels for ${width}x${height}`;
  const pixels = unfilter(rows, stride, height);
  return pixels === null
    ? "a row with an unknown filter"
    : { width, height, values: bigEndian(pixels, width * height) };
}

/** Undoes each row's filter (PNG, third edition, section 9.2), in place; null for a filter that does not exist. */
function unfilter(rows: Uint8Array, stride: number, height: number): Uint8Array | null {
  const pixels = new Uint8Array(height * stride);
  for (let row = 0; row < height; row += 1) {
    const filter = at(rows, row * (stride + 1));
    if (filter > 4) return null;
    const from = row * (stride + 1) + 1;
    const start = row * stride;
    for (let column = 0; column < stride; column += 1) {
      const place = start + column;
      const left = column < BYTES_PER_PIXEL ? 0 : at(pixels, place - BYTES_PER_PIXEL);
      const above = row === 0 ? 0 : at(pixels, place - stride);
      let guess = 0;
      if (filter === 1) guess = left;
      else if (filter === 2) guess = above;
      else if (filter === 3) guess = (left + above) >> 1;
      else if (filter === 4) {
        const corner = row === 0 || column < BYTES_PER_PIXEL ? 0 : at(pixels, place - stride - BYTES_PER_PIXEL);
        guess = paeth(left, above, corner);
      }
      pixels[place] = at(rows, from + column) + guess;
    }
  }
  return pixels;
}

/** Of left, above and upper left, the one that their plane comes closest to. */
function paeth(left: number, above: number, corner: number): number {
  const plane = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(plane - left), Math.abs(plane - above), Math.abs(plane - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
