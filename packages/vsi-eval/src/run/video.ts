import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { EvaluationError } from "../errors.ts";

const run = promisify(execFile);

/** 1 GiB: 64 frames of 4K as PNG. */
const LONGEST_OUTPUT = 2 ** 30;

/**
 * The number of a video's frames, counted in its packets: containers lie about it.
 *
 * @throws EvaluationError "video-ffmpeg" where ffmpeg is not installed, "video-unreadable" naming the file.
 */
export async function countVideoFrames(path: string): Promise<number> {
  const counting = ["-map", "0:v:0", "-c", "copy", "-f", "null", "-progress", "pipe:1", "-"];
  const progress = (await ffmpeg(path, counting)).toString("utf8");
  const frames = Number([...progress.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1] ?? 0);
  if (frames > 0) return frames;
  throw unreadable(path, "no frames");
}

/**
 * Frames of a video by their numbers from 0, as PNG, in one pass over it.
 *
 * @throws EvaluationError as countVideoFrames.
 */
export async function readVideoFrames(path: string, numbers: readonly number[]): Promise<Map<number, Buffer>> {
  const wanted = [...new Set(numbers)].sort((one, other) => one - other);
  const chosen = wanted.map((number) => `eq(n,${number})`).join("+");
  // The chosen frames get the times of a steady video: at their own, ffmpeg would repeat frames to fill the gaps.
  const filter = `select='${chosen}',setpts=N/(25*TB)`;
  const output = await ffmpeg(path, [
    "-map",
    "0:v:0",
    "-vf",
    filter,
    "-r",
    "25",
    "-f",
    "image2pipe",
    "-c:v",
    "png",
    "-",
  ]);
  const pictures = splitPngs(output);
  if (pictures.length < wanted.length) {
    throw unreadable(path, `${pictures.length} of the ${wanted.length} frames ${wanted.join(", ")}`);
  }
  return new Map(wanted.map((number, index) => [number, pictures[index] as Buffer]));
}

/**
 * The numbers of the frames that VSI-Bench's code takes of a video: numpy.linspace(0, frames - 1, count), cut to
 * integers, `count` at most the frames.
 */
export function sampledFrameNumbers(frames: number, most: number): number[] {
  const count = Math.min(frames, most);
  if (count === 1) return [0];
  // As numpy computes it: places times one rounded step, and the last place exactly.
  const step = (frames - 1) / (count - 1);
  return Array.from({ length: count }, (_, place) => (place === count - 1 ? frames - 1 : Math.trunc(place * step)));
}

async function ffmpeg(path: string, words: readonly string[]): Promise<Buffer> {
  // "file:" keeps a name with a colon from being read as a protocol.
  const given = ["-nostdin", "-v", "error", "-i", `file:${path}`, ...words];
  try {
    const options = { encoding: "buffer", maxBuffer: LONGEST_OUTPUT, env: process.env } as const;
    const { stdout } = await run("ffmpeg", given, options);
    return stdout;
  } catch (error) {
    const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: Buffer };
    if (code !== "ENOENT")
      throw unreadable(path, `the error "${lastLine(stderr?.toString("utf8") ?? message)}"`, error);
    throw new EvaluationError(
      "video-ffmpeg",
      {
        file: path.replaceAll("\\", "/"),
        place: "video",
        got: "no program ffmpeg",
        expected: "ffmpeg, which reads its frames",
        advice: "Install ffmpeg, or export each video's frames to a folder of its name, as .jpg.",
      },
      { cause: error },
    );
  }
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

function unreadable(path: string, got: string, cause?: unknown): EvaluationError {
  const detail = {
    file: path.replaceAll("\\", "/"),
    place: "video",
    got,
    expected: "a whole video",
    advice: "Download the video again, then continue with --resume.",
  };
  return new EvaluationError("video-unreadable", detail, { cause });
}

/** Bytes before a PNG's first chunk; a chunk is its length, its name, so many bytes, and a checksum (PNG, section 5.3). */
const SIGNATURE_LENGTH = 8;
const CHUNK_FRAME = 12;

/** Pictures that stand one behind the other. */
function splitPngs(bytes: Buffer): Buffer[] {
  const pictures: Buffer[] = [];
  let start = 0;
  let offset = SIGNATURE_LENGTH;
  while (offset + CHUNK_FRAME <= bytes.length) {
    const name = bytes.toString("latin1", offset + 4, offset + 8);
    offset += bytes.readUInt32BE(offset) + CHUNK_FRAME;
    if (name !== "IEND") continue;
    pictures.push(bytes.subarray(start, offset));
    start = offset;
    offset += SIGNATURE_LENGTH;
  }
  return pictures;
}
