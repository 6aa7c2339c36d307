import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type FileErrorDetail, VsiError } from "../errors.ts";

/** A video can't be read: "video-ffmpeg" where ffmpeg is not installed, "video-unreadable" where it is none, or not whole. */
export class VideoError extends VsiError<FileErrorDetail> {
  override readonly name = "VideoError";
}

const run = promisify(execFile);

/** 1 GiB: 64 frames of 4K as PNG. */
const LONGEST_OUTPUT = 2 ** 30;

/**
 * The number of a video's frames, counted in its packets: containers lie about it.
 *
 * @param file what messages call it.
 * @throws VideoError, also for a file that ends early.
 */
export async function countVideoFrames(path: string, file = path): Promise<number> {
  const counting = ["-map", "0:v:0", "-c", "copy", "-f", "null", "-progress", "pipe:1", "-"];
  const { stdout, stderr } = await ffmpeg(path, file, [counting]);
  if (stderr.includes("partial file")) throw unreadable(file, "a file that ends early");
  const frames = Number([...stdout.toString("utf8").matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1] ?? 0);
  if (frames > 0) return frames;
  throw unreadable(file, "no frames");
}

/**
 * Frames of a video by their numbers from 0, as PNG, in one pass over it; all of them are in memory at once.
 *
 * @param file what messages call it.
 * @throws VideoError
 */
export async function readVideoFrames(
  path: string,
  numbers: readonly number[],
  file = path,
): Promise<Map<number, Buffer>> {
  const wanted = [...new Set(numbers)].sort((one, other) => one - other);
  const chosen = wanted.map((number) => `eq(n,${number})`).join("+");
  const reading = ["-map", "0:v:0", "-vf", `select='${chosen}'`];
  const writing = ["-f", "image2pipe", "-c:v", "png", "-"];
  const { stdout } = await ffmpeg(
    path,
    file,
    EACH_ONCE.map((once) => [...reading, ...once, ...writing]),
  );
  const pictures = splitPngs(stdout);
  if (pictures.length !== wanted.length) {
    throw unreadable(file, `${pictures.length} of the ${wanted.length} frames ${wanted.join(", ")}`);
  }
  return new Map(wanted.map((number, index) => [number, pictures[index] as Buffer]));
}

/**
 * Each frame is written once. Otherwise ffmpeg repeats those that last longer than a picture of the output, as in a video
 * of 10 frames a second. From 5.1 on the first name; before 8 also the second.
 */
const EACH_ONCE = [
  ["-fps_mode", "passthrough"],
  ["-vsync", "passthrough"],
];

/**
 * All that a video holds is shown, also before the start that a cut without encoding has set: so do decord and with it
 * the benchmarks' programs. Only the reader of MP4 knows the option, not that of another format under its name.
 */
const WHOLE = [["-ignore_editlist", "1"], []];

/** As ffmpeg says it of an option of its own, and of one of a format's reader. */
const OPTION_UNKNOWN = /Option( \S+)? not found/;

/** @param ways what is asked for, in the words of one version or another; the first that is understood is taken. */
async function ffmpeg(
  path: string,
  file: string,
  ways: readonly (readonly string[])[],
): Promise<{ stdout: Buffer; stderr: string }> {
  // "file:" keeps a name with a colon from being read as a protocol.
  const calls = ways.flatMap((words) =>
    WHOLE.map((whole) => ["-nostdin", "-v", "error", ...whole, "-i", `file:${path}`, ...words]),
  );
  for (const [index, words] of calls.entries()) {
    try {
      const options = { encoding: "buffer", maxBuffer: LONGEST_OUTPUT, env: process.env } as const;
      const { stdout, stderr } = await run("ffmpeg", words, options);
      return { stdout, stderr: stderr.toString("utf8") };
    } catch (error) {
      const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: Buffer };
      if (code === "ENOENT") throw missing(file, error);
      // By its name in messages: what is written into a dataset must not name the machine's folders.
      const said = (stderr?.toString("utf8") ?? message).replaceAll(`file:${path}`, file).replaceAll(path, file);
      if (index < calls.length - 1 && OPTION_UNKNOWN.test(said)) continue;
      throw unreadable(file, `the error "${lastLine(said)}"`, error);
    }
  }
  throw unreadable(file, "no way to ask for it");
}

function missing(file: string, cause: unknown): VideoError {
  const detail = {
    file: file.replaceAll("\\", "/"),
    place: "video",
    got: "no program ffmpeg",
    expected: "ffmpeg, which reads its frames",
    advice: "Install ffmpeg, or export each video's frames to a folder of its name, as .jpg.",
  };
  return new VideoError("video-ffmpeg", detail, { cause });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

function unreadable(file: string, got: string, cause?: unknown): VideoError {
  const detail = {
    file: file.replaceAll("\\", "/"),
    place: "video",
    got,
    expected: "a whole video",
    advice: "Download the video again, then give the same command again (with --resume where it was under way).",
  };
  return new VideoError("video-unreadable", detail, { cause });
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
