/** The segments of a JPEG of one grey pixel, without tables, around these coded bytes. */
export function jpegBytes(...coded: number[]): Uint8Array {
  const size = [0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0];
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0];
  return Uint8Array.of(0xff, 0xd8, ...size, ...scan, ...coded, 0xff, 0xd9);
}
