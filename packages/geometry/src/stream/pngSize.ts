/** A PNG's first bytes. */
export const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** So many bytes of a PNG tell its size: the signature and the IHDR chunk up to its height (PNG, third edition, section 11.2.1). */
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
