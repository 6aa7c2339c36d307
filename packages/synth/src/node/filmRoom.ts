import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CameraIntrinsics } from "@vsi/geometry";
import { cameraWalk } from "../camera/cameraWalk.ts";
import type { SynthRoom } from "../makeRoom.ts";
import { plainWalk } from "../plain/plainWalk.ts";
import type { ColorEncoder } from "../scannet/colorEncoder.ts";
import { writeScanInfo } from "../scannet/writeScanInfo.ts";
import type { StreamTruth } from "../truth/streamTruth.ts";
import { writeStream } from "./writeStream.ts";

/** How a room is walked through and what with. */
export interface Filming {
  /** Of the walk. */
  seed: number;
  frames: number;
  intrinsics: CameraIntrinsics;
  colorEncoder: ColorEncoder;
}

/**
 * Adds a stream to a scan's folder: `<scanId>.sens`, and the `<scanId>.txt` that describes its camera.
 * @throws what `cameraWalk` and the encoder throw; the file system's errors.
 */
export async function filmRoom(folder: string, room: SynthRoom, filming: Filming): Promise<StreamTruth> {
  const { sceneName, style, sceneType, alignment, truth } = room;
  const { seed, frames, intrinsics, colorEncoder } = filming;
  const poses = style === "plain" ? plainWalk(room.floorPlan, { seed, frames }) : cameraWalk(room, { seed, frames });
  const trueFrames = await writeStream(join(folder, `${sceneName}.sens`), room, { intrinsics, poses, colorEncoder });
  const info = writeScanInfo(alignment, sceneType, { intrinsics, frameCount: frames });
  await writeFile(join(folder, `${sceneName}.txt`), info);
  return { ...truth, intrinsics, frames: trueFrames };
}
