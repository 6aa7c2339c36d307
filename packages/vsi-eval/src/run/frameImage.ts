import { readVideoFrames } from "@vsi/dataset/internal/node";
import { TOKEN_SIDE } from "../commands/flags.ts";
import { EvaluationError } from "../errors.ts";
import type { FrameFile } from "./frames.ts";

/** High enough that a model sees no difference, a quarter of the bytes of quality 100. */
const JPEG_QUALITY = 90;

/**
 * Frames as encodeFrame makes them; those of a video are read in one pass.
 *
 * @throws EvaluationError as encodeFrame; VideoError.
 */
export async function encodeFrames(frames: readonly FrameFile[], maxPixels: number): Promise<string[]> {
  const numbers = new Map<string, number[]>();
  for (const { path, videoFrame } of frames) {
    if (videoFrame !== undefined) numbers.set(path, [...(numbers.get(path) ?? []), videoFrame]);
  }
  const videos = new Map<string, Map<number, Buffer>>();
  for (const [path, wanted] of numbers) videos.set(path, await readVideoFrames(path, wanted));
  return Promise.all(
    frames.map(({ path, videoFrame }) =>
      encodeFrame(path, maxPixels, videoFrame === undefined ? path : videos.get(path)?.get(videoFrame)),
    ),
  );
}

/**
 * A frame as the data URL that a chat request holds: turned upright as its EXIF says, resized by `frameSize`, JPEG.
 *
 * @param maxPixels width times height at most.
 * @param source the picture itself, where `path` is the video that it comes from.
 * @throws EvaluationError "frame-unreadable" naming the file.
 */
export async function encodeFrame(path: string, maxPixels: number, source: string | Buffer = path): Promise<string> {
  // Loaded only when pixels are needed: it takes a tenth of a second.
  const { default: sharp } = await import("sharp");
  try {
    const image = sharp(source, { failOn: "truncated" }).autoOrient();
    const { autoOrient } = await image.metadata();
    const size = frameSize(autoOrient.width, autoOrient.height, maxPixels);
    const bytes = await image
      .resize({ ...size, fit: "fill" })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
    return `data:image/jpeg;base64,${bytes.toString("base64")}`;
  } catch (error) {
    throw new EvaluationError(
      "frame-unreadable",
      {
        file: path.replaceAll("\\", "/"),
        place: "image",
        got: `the error "${(error as Error).message}"`,
        expected: "a whole JPEG or PNG",
        advice: "Export or download the scene's frames again, then continue with --resume.",
      },
      { cause: error },
    );
  }
}

/**
 * The size a frame is sent in: the shape kept as well as whole multiples of TOKEN_SIDE allow, never more than
 * `maxPixels`, and enlarged only to the next multiple. Follows Qwen2-VL's smart_resize (transformers,
 * image_processing_qwen2_vl.py): each side rounded to the nearest multiple; if that is too many pixels, both sides
 * shrunk alike and rounded down.
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
  // A side of one token can't shrink any further: the other one has to.
  const most = Math.floor(maxPixels / (TOKEN_SIDE * TOKEN_SIDE)) * TOKEN_SIDE;
  return {
    width: Math.min(most, toMultiple(width * scale, Math.floor)),
    height: Math.min(most, toMultiple(height * scale, Math.floor)),
  };
}

/**
 * Frames that are encoded once and kept while the last `scenes` lists of frames are asked about: 32 frames of 100,000
 * pixels are about 1 MB.
 *
 * @param encode from a list of frames to their data URLs.
 */
export function frameCache(
  scenes: number,
  encode: (frames: readonly FrameFile[]) => Promise<string[]>,
): (frames: readonly FrameFile[]) => Promise<string[]> {
  const kept = new Map<string, Promise<string[]>>();
  return (frames) => {
    const key = frames.map(({ path, name }) => `${path}\n${name}`).join("\n");
    const known = kept.get(key) ?? encode(frames);
    // Reinserted, so that the first key is the least recently used.
    kept.delete(key);
    kept.set(key, known);
    if (kept.size > scenes) kept.delete(kept.keys().next().value as string);
    return known;
  };
}
