import { at } from "@vsi/dataset/internal";
import type { ColorCompression } from "./frames.ts";

/**
 * Whether a compressed image is of the kind it should be and whole, told without decoding it: a JPEG's segments are
 * walked from SOI to EOI (ITU T.81, annex B), a PNG's chunks from the signature to IEND with their checksums (PNG,
 * third edition, section 5). Bits flipped within a JPEG's coded pixels stay unseen: only decoding tells. Zero bytes
 * after a JPEG's end are padding. Raw pixels have no fault: their number was checked.
 */
export function colorImageFault(bytes: Uint8Array, compression: ColorCompression): ImageFault | null {
  if (compression === "raw") return null;
  const [start, end] = compression === "jpeg" ? [JPEG_START, JPEG_END] : [PNG_SIGNATURE, PNG_END];
  if (!start.every((byte, offset) => bytes[offset] === byte)) {
    return {
      isCut: false,
      got: `first bytes ${printHex(bytes.subarray(0, start.length))}`,
      expected: `a ${compression}'s: ${printHex(start)}`,
    };
  }
  let length = bytes.length;
  if (compression === "jpeg") while (bytes[length - 1] === 0) length -= 1;
  const last = bytes.subarray(Math.max(start.length, length - end.length), length);
  if (last.length < end.length || !end.every((byte, offset) => last[offset] === byte)) {
    return { isCut: true, got: `last bytes ${printHex(last)}`, expected: `a whole ${compression}'s: ${printHex(end)}` };
  }
  return compression === "jpeg" ? jpegFault(bytes) : pngFault(bytes);
}

/** What is wrong with an image's bytes, in an error's words. */
interface ImageFault {
  /** Whether the image begins well and lacks its end. */
  isCut: boolean;
  got: string;
  expected: string;
}

const JPEG_START = [0xff, 0xd8];
const JPEG_END = [0xff, 0xd9];

/** A PNG's first bytes. */
const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The IEND chunk, which is the same in every PNG: no content, its name, its checksum. */
const PNG_END = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

/** Markers that stand alone; all others but fill bytes begin a segment with its length (ITU T.81, table B.1). */
const TEMPORARY = 0x01;
const FIRST_RESTART = 0xd0;
const LAST_RESTART = 0xd7;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** The frame headers SOF0 to SOF15; among their numbers are DHT, JPG and DAC. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/**
 * Walks a JPEG's segments: each must begin with a marker and lie within the bytes, a size and coded pixels must come
 * before EOI.
 */
function jpegFault(bytes: Uint8Array): ImageFault | null {
  const fault = (offset: number, got: string, expected: string): ImageFault => {
    return { isCut: false, got: `${got} at byte ${offset} of the image`, expected };
  };
  let hasSize = false;
  let hasPixels = false;
  let position = JPEG_START.length;
  while (position < bytes.length) {
    if (bytes[position] !== 0xff)
      return fault(position, printHex(bytes.subarray(position, position + 1)), "a JPEG marker: ff");
    const start = position;
    while (bytes[position] === 0xff) position += 1;
    const marker = bytes[position] ?? 0;
    position += 1;
    if (marker === END_OF_IMAGE) {
      return hasSize && hasPixels ? null : fault(start, "the end", "a JPEG's size and pixels before it");
    }
    if (marker === TEMPORARY || (marker >= FIRST_RESTART && marker <= LAST_RESTART)) continue;
    const length = ((bytes[position] ?? 0) << 8) | (bytes[position + 1] ?? 0);
    if (marker < 0xc0 || length < 2 || position + length > bytes.length) {
      const got = `segment ff ${printHex([marker])} of ${length} bytes`;
      return fault(start, got, "a JPEG's segment, whole within the image");
    }
    if (isFrameHeader(marker)) hasSize = true;
    position += length;
    if (marker === START_OF_SCAN) {
      hasPixels = true;
      position = endOfScan(bytes, position);
    }
  }
  return fault(bytes.length, "no end", "a JPEG's EOI: ff d9");
}

/** Where the next marker begins that ends coded pixels: in them, ff is followed by 00 or a restart's number. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let position = bytes.indexOf(0xff, start); position !== -1; position = bytes.indexOf(0xff, position + 1)) {
    const next = bytes[position + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= FIRST_RESTART && next <= LAST_RESTART)) return position;
  }
  return bytes.length;
}

/** Walks a PNG's chunks: length, type, content and its checksum. */
function pngFault(bytes: Uint8Array): ImageFault | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let position = PNG_SIGNATURE.length; position < bytes.length; ) {
    const hasLength = position + PNG_CHUNK_BYTES <= bytes.length;
    const length = hasLength ? view.getUint32(position) : 0;
    const end = position + PNG_CHUNK_BYTES + length;
    const isWhole = end <= bytes.length;
    if (!isWhole || view.getUint32(end - 4) !== crc32(bytes.subarray(position + 4, end - 4))) {
      return {
        isCut: false,
        got: `a chunk of ${length} bytes at byte ${position} of the image${isWhole ? ", which its checksum does not fit" : ""}`,
        expected: "a PNG's chunk, whole within the image",
      };
    }
    position = end;
  }
  return null;
}

/** Of a chunk without content: its length, type and checksum, four each. */
const PNG_CHUNK_BYTES = 12;

/** The remainders of all bytes (PNG, third edition, annex D). Not node:zlib's: this module runs in browsers too. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = at(CRC_TABLE, (value ^ byte) & 0xff) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function printHex(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ") || "none";
}

/** What an image's first bytes say it is; null for anything else. */
export function imageKind(bytes: Uint8Array): "jpeg" | "png" | null {
  if (JPEG_START.every((byte, offset) => bytes[offset] === byte)) return "jpeg";
  return PNG_SIGNATURE.every((byte, offset) => bytes[offset] === byte) ? "png" : null;
}

/**
 * A JPEG's width and height in pixels, from its frame header (ITU T.81, B.2.2); null where the bytes have none.
 *
 * @param bytes as many as reach to that header: a whole image.
 */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } | null {
  if (imageKind(bytes) !== "jpeg") return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let position = JPEG_START.length; position + 9 <= bytes.length; ) {
    if (view.getUint8(position) !== 0xff) return null;
    const marker = view.getUint8(position + 1);
    if (marker === 0xff) {
      position += 1;
      continue;
    }
    if (isFrameHeader(marker)) {
      const [height, width] = [view.getUint16(position + 5), view.getUint16(position + 7)];
      return width > 0 && height > 0 ? { width, height } : null;
    }
    position += 2 + (marker === TEMPORARY ? 0 : view.getUint16(position + 2));
  }
  return null;
}

/**
 * The bytes of a PNG that tell its size: the signature and the IHDR chunk up to its height (PNG, third edition, section
 * 11.2.1).
 */
export const PNG_SIZE_BYTES = 24;

/**
 * A PNG's width and height in pixels, or null where the bytes are no PNG's.
 *
 * @param bytes Its first PNG_SIZE_BYTES or more.
 */
export function pngSize(bytes: Uint8Array): { width: number; height: number } | null {
  if (bytes.length < PNG_SIZE_BYTES || !PNG_SIGNATURE.every((byte, offset) => bytes[offset] === byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
