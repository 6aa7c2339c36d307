/** Qwen2-VL's image tokens are 28 x 28 pixels: a frame of whole tokens is not resized again by its processor. */
export const TOKEN_SIDE = 28;

/**
 * The size a frame is sent in: the shape kept as well as whole multiples of TOKEN_SIDE allow, never more than
 * `maxPixels`, and enlarged only to the next multiple. Follows Qwen2-VL's smart_resize (transformers, image_processing_qwen2_vl.py):
 * each side rounded to the nearest multiple; if that is too many pixels, both sides shrunk alike and rounded down.
 *
 * @param maxPixels at least TOKEN_SIDE squared.
 * @returns width and height in pixels
 */
export function frameSize(width: number, height: number, maxPixels: number): { width: number; height: number } {
  const toMultiple = (side: number, round: (value: number) => number): number =>
    Math.max(1, round(side / TOKEN_SIDE)) * TOKEN_SIDE;
  const near = { width: toMultiple(width, Math.round), height: toMultiple(height, Math.round) };
  if (near.width * near.height <= maxPixels) return near;
  const scale = Math.sqrt(maxPixels / (width * height));
  // A side that is one token already cannot shrink with the other: the other alone has to fit.
  const most = Math.floor(maxPixels / (TOKEN_SIDE * TOKEN_SIDE)) * TOKEN_SIDE;
  return {
    width: Math.min(most, toMultiple(width * scale, Math.floor)),
    height: Math.min(most, toMultiple(height * scale, Math.floor)),
  };
}
