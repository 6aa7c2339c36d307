import { copyFile, link, mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { CameraFacts } from "@vsi/geometry";
import type { OutputFolder } from "./outputFolder.ts";

/**
 * Puts a scan's frames and video where the dataset is assembled. They are linked, so that the kept results stay whole
 * until the build is done, and no byte is written twice where the disk can link.
 */
export async function placeFrames(folder: OutputFolder, scanId: string, camera: CameraFacts | null): Promise<void> {
  if (camera === null) return;
  const target = join(folder.stagingFolder, "frames", scanId);
  await mkdir(target, { recursive: true });
  for (const { name } of camera.frames) await place(join(folder.framesFolder, scanId, name), join(target, name));
  const video = join(folder.videosFolder, `${scanId}.mp4`);
  if ((await stat(video).catch(() => null)) === null) return;
  await mkdir(join(folder.stagingFolder, "videos"), { recursive: true });
  await place(video, join(folder.stagingFolder, "videos", `${scanId}.mp4`));
}

async function place(from: string, to: string): Promise<void> {
  // Some file systems cannot link (exFAT, some network disks).
  await link(from, to).catch(() => copyFile(from, to));
}
