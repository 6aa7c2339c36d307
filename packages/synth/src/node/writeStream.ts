import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { CameraIntrinsics } from "@vsi/geometry";
import type { CameraPose } from "../camera/cameraPose.ts";
import { framesPerSecond } from "../camera/cameraWalk.ts";
import type { SynthRoom } from "../makeRoom.ts";
import { depthShift } from "../render/renderFrame.ts";
import { renderWalk, type WalkFrame } from "../render/renderWalk.ts";
import type { ColorEncoder } from "../scannet/colorEncoder.ts";
import { toScannerPose } from "../scannet/toScannerPose.ts";
import { writeSensFrame, writeSensHeader, writeSensImu } from "../scannet/writeSens.ts";
import type { TrueFrame } from "../truth/streamTruth.ts";

const compress = promisify(deflate);

/** 6: what zlib itself takes, named so that no other default changes the files' bytes. */
const deflateLevel = 6;

/** Microseconds; not 0, which ScanNet's files have where a time is unknown. */
const firstTime = 1_000_000;

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** What a room is filmed with. */
export interface StreamCamera {
  intrinsics: CameraIntrinsics;
  /** Camera to the axis-aligned world, one a frame. */
  poses: readonly CameraPose[];
  colorEncoder: ColorEncoder;
}

/**
 * Renders a walk through a room into a `.sens` file, one frame in memory at a time.
 * @returns what is true of each frame.
 * @throws the file system's errors and what the encoder throws.
 */
export async function writeStream(path: string, room: SynthRoom, camera: StreamCamera): Promise<TrueFrame[]> {
  const truths: TrueFrame[] = [];
  const file = await open(path, "w");
  try {
    await file.writeFile(header(camera));
    for (const frame of renderWalk(room.mesh, camera.intrinsics, camera.poses)) {
      await writeFrame(file, frame, room, camera);
      truths.push(frame.truth);
    }
    await file.writeFile(writeSensImu([]));
  } finally {
    await file.close();
  }
  return truths;
}

function header({ intrinsics, poses, colorEncoder }: StreamCamera): Uint8Array {
  const { width, height, fx, fy, cx, cy } = intrinsics;
  const matrix = [fx, 0, cx, 0, 0, fy, cy, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  return writeSensHeader({
    sensorName: "vsi-synth",
    intrinsicColor: matrix,
    extrinsicColor: identity,
    intrinsicDepth: matrix,
    extrinsicDepth: identity,
    colorCompression: colorEncoder.compression,
    depthCompression: "zlib",
    colorWidth: width,
    colorHeight: height,
    depthWidth: width,
    depthHeight: height,
    depthShift,
    frameCount: poses.length,
  });
}

async function writeFrame(
  file: FileHandle,
  { color, depth, truth }: WalkFrame,
  { alignment }: SynthRoom,
  { intrinsics, colorEncoder }: StreamCamera,
): Promise<void> {
  const time = firstTime + Math.round((1e6 * truth.index) / framesPerSecond);
  await file.writeFile(
    writeSensFrame({
      cameraToWorld: toScannerPose(truth.cameraToWorld, alignment),
      timeColor: time,
      timeDepth: time,
      color: await colorEncoder.encode(color, intrinsics.width, intrinsics.height),
      depth: await compress(littleEndian(depth), { level: deflateLevel }),
    }),
  );
}

function littleEndian(values: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setUint16(2 * i, value, true);
  });
  return bytes;
}
