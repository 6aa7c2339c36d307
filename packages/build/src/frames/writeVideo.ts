import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { UsageError } from "@vsi/command";

const run = promisify(execFile);

/** Slow enough to watch: the frames are seconds apart in the room. */
const FRAMES_A_SECOND = 2;

/** @throws UsageError when ffmpeg can't be started. */
export async function checkVideoEncoder(): Promise<void> {
  await run("ffmpeg", ["-version"]).catch(() => {
    throw new UsageError(
      "--video: ffmpeg was not found on the PATH. Install it (for example: apt install ffmpeg), or leave --video out; the frames are written either way.",
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
