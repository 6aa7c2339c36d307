import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { sampleEvenly, type UnposedFrames } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import { writeFileAtomically } from "@vsi/dataset/node";
import { GeometryError } from "@vsi/geometry";
import type { FrameSettings } from "@vsi/publish";
import { listPictures, type UnposedSource } from "../scans/unposedFrames.ts";
import { encodeFrame, type FrameFolders, writeVideo } from "./frames.ts";

/**
 * Samples frames without poses into files, evenly or every Nth: what they show nobody measured.
 *
 * @param countVisible refused, as is sampling by coverage: both ask what the frames show.
 * @throws GeometryError "frames-no-poses", "frames-bad-video" (also without ffmpeg), "frame-not-an-image" or
 * "frames-none", DatasetError when the disk refuses.
 */
export async function readUnposedFrames(
  scanId: string,
  source: UnposedSource,
  options: FrameSettings & FrameFolders & { countVisible: boolean },
): Promise<{ frames: UnposedFrames; warnings: string[] }> {
  const file = basename(source.path);
  const { sampling } = options;
  if (sampling === "coverage" || options.countVisible) {
    const flag = sampling === "coverage" ? "--sampling coverage" : "--count-visible";
    throw new GeometryError("frames-no-poses", {
      file,
      place: "poses",
      got: "frames without poses",
      expected: `a pose for each, as ${flag} asks what the frames show`,
      advice: `Leave ${flag} out, or leave this scan out with --exclude.`,
    });
  }
  const target = join(options.framesFolder, scanId);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const pictures = source.kind === "pictures" ? await listPictures(source.path) : null;
  const total = pictures === null ? await countFrames(source.path, file) : pictures.length;
  const all = Array.from({ length: total }, (_, index) => index);
  const every = sampling === "uniform" ? all : all.filter((index) => index % sampling.every === 0);
  const indices = sampleEvenly(every, options.frames);
  if (indices.length === 0) throw unreadable("frames-none", file, "no picture", "at least one .jpg or .png");
  const frames = indices.map((index) => ({ name: `${String(index).padStart(6, "0")}.jpg`, index }));
  const write = async (name: string, bytes: Uint8Array): Promise<void> => {
    const compression = bytes[0] === 0x89 ? "png" : "jpeg";
    const image = { name, bytes, compression, file, width: null, height: null } as const;
    const jpeg = await encodeFrame(image, options.size).catch((error: Error) => {
      throw unreadable(
        "frame-not-an-image",
        file,
        `a picture that can't be decoded (${error.message})`,
        "a JPEG or PNG",
      );
    });
    await writeFileAtomically(join(target, name), jpeg);
  };
  if (pictures === null) await decodeFrames(source.path, file, frames, options.framesFolder, write);
  else for (const { name, index } of frames) await write(name, await readFile(pictures[index] as string));
  if (options.video) {
    await mkdir(options.videosFolder, { recursive: true });
    const paths = frames.map(({ name }) => join(target, name));
    await writeVideo(paths, join(options.videosFolder, `${scanId}.mp4`), options.framesFolder);
  }
  const warning = `${scanId}: ${countOf(frames.length, "frame")} of ${file} without poses: questions are about the whole room, and what the frames show was not measured.`;
  return { frames: { source: source.kind, frames_total: total, frames }, warnings: [warning] };
}

const run = promisify(execFile);

/** Counted in the video's packets: what containers say of it is not always so. */
async function countFrames(path: string, file: string): Promise<number> {
  const words = ["-map", "0:v:0", "-c", "copy", "-f", "null", "-progress", "pipe:1", "-"];
  const progress = await ffmpeg(path, file, words);
  const frames = Number([...progress.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1] ?? 0);
  if (frames > 0) return frames;
  throw unreadable("frames-bad-video", file, "no frames", "a whole video");
}

/** In one pass over the video, as PNG, so that its frames are compressed once more only. */
async function decodeFrames(
  path: string,
  file: string,
  frames: UnposedFrames["frames"],
  folder: string,
  write: (name: string, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const work = await mkdtemp(join(folder, "video-"));
  try {
    const chosen = frames.map(({ index }) => `eq(n,${index})`).join("+");
    // The chosen frames get the times of a steady video: at their own, ffmpeg would repeat frames to fill the gaps.
    const filter = `select='${chosen}',setpts=N/(25*TB)`;
    await ffmpeg(path, file, ["-map", "0:v:0", "-vf", filter, "-r", "25", "-f", "image2", join(work, "%06d.png")]);
    const found = (await readdir(work)).sort();
    if (found.length < frames.length) {
      throw unreadable("frames-bad-video", file, `${found.length} of ${frames.length} frames`, "a whole video");
    }
    for (const [place, { name }] of frames.entries()) {
      await write(name, await readFile(join(work, found[place] as string)));
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function ffmpeg(path: string, file: string, words: readonly string[]): Promise<string> {
  try {
    // "file:" keeps a name with a colon from being read as a protocol.
    const given = ["-nostdin", "-v", "error", "-i", `file:${path}`, ...words];
    return (await run("ffmpeg", given, { maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: string };
    const got = code === "ENOENT" ? "no program ffmpeg" : (stderr ?? message).trim().split("\n").at(-1);
    throw unreadable("frames-bad-video", file, `${got}`, code === "ENOENT" ? "ffmpeg on the PATH" : "a whole video");
  }
}

function unreadable(code: string, file: string, got: string, expected: string): GeometryError {
  const advice = expected.startsWith("ffmpeg")
    ? "Install ffmpeg, or export the video's frames to a folder of its name, as .jpg."
    : "Download it again, or leave this scan out with --exclude.";
  return new GeometryError(code, { file, place: "frames", got, expected, advice });
}
