import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { BuildStoppedError, UsageError } from "@vsi/command";
import { writeFileAtomically } from "@vsi/dataset/node";
import { GeometryError, type Scan } from "@vsi/geometry";
import { type ReadCamera, readCamera, type SampledImage, type ScanFolder } from "@vsi/geometry/node";
import type { FrameSettings } from "@vsi/publish";

/** `<framesFolder>/<scanId>/` gets the JPEGs, `<videosFolder>/<scanId>.mp4` the video. */
export interface FrameFolders {
  framesFolder: string;
  videosFolder: string;
}

interface ReadFramesOptions extends FrameSettings, FrameFolders {
  minimumPixels: number;
  framesRoot: string | null;
  firstSeen: boolean;
}

/**
 * Samples a scan's frames into files and says what they show, and which damaged frames were left out.
 * @throws GeometryError for a stream that can't be used, DatasetError when the disk refuses, BuildStoppedError where
 * frames can't be decoded on this machine.
 */
export async function readFrames(folder: ScanFolder, scan: Scan, options: ReadFramesOptions): Promise<ReadCamera> {
  const target = join(options.framesFolder, folder.scanId);
  await rm(target, { recursive: true, force: true }); // What a killed run left may be of other settings.
  await mkdir(target, { recursive: true });
  const { frames, sampling, minimumPixels, firstSeen, framesRoot } = options;
  const read = await readCamera(folder, scan, { frames, sampling, minimumPixels, firstSeen, framesRoot }, (image) =>
    writeFrame(image, target, options.size),
  );
  if (options.video) {
    const paths = read.camera.frames.map(({ name }) => join(target, name));
    await mkdir(options.videosFolder, { recursive: true });
    await writeVideo(paths, join(options.videosFolder, `${folder.scanId}.mp4`), options.framesFolder);
  }
  return read;
}

/**
 * Writes a frame into a folder by its name, as `encodeFrame` makes it.
 *
 * @throws GeometryError "frame-not-an-image", DatasetError when the disk refuses, BuildStoppedError as `encodeFrame`.
 */
export async function writeFrame(image: SampledImage, folder: string, size: FrameSettings["size"]): Promise<void> {
  const jpeg = await encodeFrame(image, size).catch((error: Error) => {
    throw error instanceof BuildStoppedError ? error : undecodable(image, error);
  });
  await writeFileAtomically(join(folder, image.name), jpeg);
}

function undecodable({ file, name }: SampledImage, error: Error): GeometryError {
  return new GeometryError("frame-not-an-image", {
    file,
    place: `frame ${Number.parseInt(name, 10)}`,
    got: `a colour image that can't be decoded (${error.message.replaceAll("\n", " ")})`,
    expected: "a whole JPEG or PNG",
    advice: "Download the stream again, or leave this scan out with --scenes.",
  });
}

/** High enough that a model sees no difference, a quarter of the bytes of quality 100. */
const JPEG_QUALITY = 90;

/**
 * A sampled frame as the JPEG that the dataset holds. A JPEG stays byte for byte what the stream held, unless a smaller
 * size is asked for.
 *
 * @throws BuildStoppedError where sharp can't be loaded, sharp's own errors for what is no image.
 */
export async function encodeFrame(image: SampledImage, size: FrameSettings["size"]): Promise<Uint8Array> {
  if (image.compression === "jpeg" && size === null) return image.bytes;
  const sharp = await loadSharp();
  const isRaw = image.compression === "raw" && image.width !== null && image.height !== null;
  const source = isRaw
    ? sharp(image.bytes, { raw: { width: image.width as number, height: image.height as number, channels: 3 } })
    : sharp(image.bytes, { failOn: "truncated" });
  const sized = size === null ? source : source.resize({ ...size, fit: "inside", withoutEnlargement: true });
  return sized.jpeg({ quality: JPEG_QUALITY }).toBuffer();
}

/**
 * Loaded only when pixels are needed: it takes a tenth of a second.
 *
 * @throws BuildStoppedError where it is not installed for this machine: no fault of any frame.
 */
async function loadSharp(): Promise<typeof import("sharp").default> {
  try {
    return (await import("sharp")).default;
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    throw new BuildStoppedError(
      `the package sharp, which frames are decoded and resized with, can't be loaded here (${reason}). Install it for this machine (npm install --include=optional sharp), then continue with --resume.`,
      { cause: error },
    );
  }
}

const run = promisify(execFile);

/** Slow enough to watch: the frames are seconds apart in the room. */
const FRAMES_A_SECOND = 2;

/** @throws UsageError when ffmpeg can't be started. */
export async function checkVideoEncoder(): Promise<void> {
  await run("ffmpeg", ["-version"]).catch(() => {
    throw new UsageError(
      "--video: ffmpeg is not on the PATH. Install it (for example: apt install ffmpeg), or leave --video out; the frames are written either way.",
    );
  });
}

/**
 * The frames as an mp4. One thread and ffmpeg's bit-exact flags: the same frames give the same bytes.
 *
 * @param frames JPEG files, in order.
 * @param folder for temporary files; on the same disk as `path`.
 */
export async function writeVideo(frames: readonly string[], path: string, folder: string): Promise<void> {
  const work = await mkdtemp(join(folder, "video-"));
  try {
    // ffmpeg takes a numbered sequence; the frames' own numbers have gaps.
    for (const [place, frame] of frames.entries()) await copyFile(frame, join(work, `${place}.jpg`));
    const made = join(work, "video.mp4");
    const input = ["-loglevel", "error", "-framerate", String(FRAMES_A_SECOND), "-i", join(work, "%d.jpg")];
    // yuv420p needs even sides.
    const filter = ["-vf", "scale=trunc(iw/2)*2:trunc(ih/2)*2", "-pix_fmt", "yuv420p"];
    const exact = [
      "-c:v",
      "libx264",
      "-threads",
      "1",
      "-fflags",
      "+bitexact",
      "-flags:v",
      "+bitexact",
      "-map_metadata",
      "-1",
    ];
    await run("ffmpeg", [...input, ...filter, ...exact, made]);
    await rename(made, path);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
