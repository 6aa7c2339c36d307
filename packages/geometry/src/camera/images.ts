import type { ColorCompression } from "./frames.ts";

/**
 * Whether a compressed image is of the kind it should be and whole, told without decoding it from its first and last bytes (JPEG, ITU
 * T.81: SOI and EOI; PNG, third edition: signature and IEND). Zero bytes after a JPEG's end are padding. Raw pixels have no fault:
 * their number was checked.
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
  if (last.length === end.length && end.every((byte, offset) => last[offset] === byte)) return null;
  return { isCut: true, got: `last bytes ${printHex(last)}`, expected: `a whole ${compression}'s: ${printHex(end)}` };
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

function printHex(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ") || "none";
}

/** The bytes of a PNG that tell its size: the signature and the IHDR chunk up to its height (PNG, third edition, section 11.2.1). */
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
