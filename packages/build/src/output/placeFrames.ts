import { copyFile, link, mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { KeptFolders } from "../pipeline/keptFolders.ts";

/**
 * Puts a scan's frames and video where the dataset is assembled.
 * @param frames the frames' file names; null without a stream.
 */
export async function placeFrames(
  kept: Pick<KeptFolders, "framesFolder" | "videosFolder">,
  staging: string,
  scanId: string,
  frames: readonly string[] | null,
): Promise<void> {
  if (frames === null) return;
  const target = join(staging, "frames", scanId);
  await mkdir(target, { recursive: true });
  for (const name of frames) await placeFile(join(kept.framesFolder, scanId, name), join(target, name));
  const video = join(kept.videosFolder, `${scanId}.mp4`);
  if ((await stat(video).catch(() => null)) === null) return;
  await mkdir(join(staging, "videos"), { recursive: true });
  await placeFile(video, join(staging, "videos", `${scanId}.mp4`));
}

/**
 * Links a kept file, so that the kept results stay whole until the build is done, and no byte is written twice where the
 * disk can link.
 */
export async function placeFile(from: string, to: string): Promise<void> {
  // Some file systems cannot link (exFAT, some network disks).
  await link(from, to).catch(() => copyFile(from, to));
}
