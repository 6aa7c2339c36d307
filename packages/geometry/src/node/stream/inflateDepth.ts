import { types } from "node:util";
import { inflate } from "node:zlib";
import { GeometryError } from "../../geometryError.ts";

/**
 * Inflates a zlib depth image.
 *
 * @param expectedBytes Its size, known from the file's header: inflating stops there, so that a zlib bomb costs no memory.
 * @param where The file's name and the place in it, for messages.
 * @throws GeometryError "sens-depth-size" (another size) or "sens-bad-depth" (not zlib, or cut).
 */
export async function inflateDepth(
  bytes: Uint8Array,
  expectedBytes: number,
  where: { file: string; place: string },
): Promise<Uint8Array> {
  const fail = (code: string, got: string): GeometryError =>
    new GeometryError(code, {
      ...where,
      got,
      expected: `a zlib depth image of ${expectedBytes} bytes`,
      advice: "The depth image is damaged; download the .sens file again.",
    });
  const pixels = await new Promise<Uint8Array>((resolve, reject) => {
    inflate(bytes, { maxOutputLength: expectedBytes }, (error, result) => {
      if (error === null) resolve(result);
      else if (hasCode(error, "ERR_BUFFER_TOO_LARGE")) reject(fail("sens-depth-size", "more bytes"));
      else reject(fail("sens-bad-depth", error.message));
    });
  });
  if (pixels.length === expectedBytes) return pixels;
  throw fail("sens-depth-size", `${pixels.length} bytes`);
}

function hasCode(error: Error, code: string): boolean {
  return types.isNativeError(error) && "code" in error && error.code === code;
}
