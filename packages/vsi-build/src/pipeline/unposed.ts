import { mkdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { sampleEvenly, type UnposedFrames } from "@vsi/dataset";
import { countVideoFrames, readVideoFrames } from "@vsi/dataset/internal/node";
import { GeometryError } from "@vsi/geometry";
import type { FrameSettings } from "@vsi/publish";
import { listPictures, type UnposedSource } from "../scans/unposedFrames.ts";
import { type FrameFolders, writeFrame, writeVideo } from "./frames.ts";

/** So many 4K frames as PNG are half a gigabyte; decoding the video again costs more time, but no memory. */
const FRAMES_A_PASS = 32;

/**
 * Samples frames without poses into files, evenly or every Nth: what they show nobody measured.
 *
 * @param countVisible refused, as is sampling by coverage: both ask what the frames show.
 * @throws GeometryError "frames-no-poses" or "frame-not-an-image"; VideoError; DatasetError when the disk refuses.
 */
export async function readUnposedFrames(
  scanId: string,
  source: UnposedSource,
  options: FrameSettings & FrameFolders & { countVisible: boolean },
): Promise<UnposedFrames> {
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
  const total = pictures === null ? await countVideoFrames(source.path, file) : pictures.length;
  const all = Array.from({ length: total }, (_, index) => index);
  const every = sampling === "uniform" ? all : all.filter((index) => index % sampling.every === 0);
  const indices = sampleEvenly(every, options.frames);
  const frames = indices.map((index) => ({ name: `${String(index).padStart(6, "0")}.jpg`, index }));
  const write = (name: string, bytes: Uint8Array): Promise<void> => {
    const compression = bytes[0] === 0x89 ? "png" : "jpeg";
    return writeFrame({ name, bytes, compression, file, width: null, height: null }, target, options.size);
  };
  if (pictures === null) {
    for (let first = 0; first < frames.length; first += FRAMES_A_PASS) {
      const part = frames.slice(first, first + FRAMES_A_PASS);
      const found = await readVideoFrames(
        source.path,
        part.map(({ index }) => index),
        file,
      );
      for (const { name, index } of part) await write(name, found.get(index) as Buffer);
    }
  } else for (const { name, index } of frames) await write(name, await readFile(pictures[index] as string));
  if (options.video) {
    await mkdir(options.videosFolder, { recursive: true });
    const paths = frames.map(({ name }) => join(target, name));
    await writeVideo(paths, join(options.videosFolder, `${scanId}.mp4`), options.framesFolder);
  }
  return { source: source.kind, frames_total: total, frames };
}
