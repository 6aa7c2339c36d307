import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "@vsi/dataset/node";
import { type CameraFacts, GeometryError, type Scan } from "@vsi/geometry";
import { readCamera, type ScanFolder } from "@vsi/geometry/node";
import { encodeFrame } from "./encodeFrame.ts";
import type { FrameSettings } from "../publish/settings.ts";
import { writeVideo } from "./writeVideo.ts";

/** `<framesFolder>/<scanId>/` gets the JPEGs, `<videosFolder>/<scanId>.mp4` the video. */
export interface FrameFolders {
  framesFolder: string;
  videosFolder: string;
}

export interface ReadFramesOptions extends FrameSettings, FrameFolders {
  minimumPixels: number;
  firstSeen: boolean;
}

/**
 * Samples a scan's frames into files and says what they show.
 * @throws GeometryError for a stream that can't be used, DatasetError when the disk refuses.
 */
export async function readFrames(folder: ScanFolder, scan: Scan, options: ReadFramesOptions): Promise<CameraFacts> {
  const target = join(options.framesFolder, folder.scanId);
  await rm(target, { recursive: true, force: true }); // What a killed run left may be of other settings.
  await mkdir(target, { recursive: true });
  const paths: string[] = [];
  const camera = await readCamera(folder, scan, options, async (image) => {
    const jpeg = await encodeFrame(image, options.size).catch((error: Error) => {
      throw undecodable(folder, image.name, error);
    });
    const path = join(target, image.name);
    await writeFileAtomically(path, jpeg);
    paths.push(path);
  });
  if (options.video) {
    await mkdir(options.videosFolder, { recursive: true });
    await writeVideo(paths, join(options.videosFolder, `${folder.scanId}.mp4`), options.framesFolder);
  }
  return camera;
}

function undecodable({ scanId }: ScanFolder, name: string, error: Error): GeometryError {
  return new GeometryError("frame-not-an-image", {
    file: `${scanId}/${scanId}.sens`,
    place: `frame ${Number.parseInt(name, 10)}`,
    got: `a colour image that can't be decoded (${error.message.replaceAll("\n", " ")})`,
    expected: "a whole JPEG or PNG",
    advice: "Download the stream again, or leave this scan out with --scenes.",
  });
}
