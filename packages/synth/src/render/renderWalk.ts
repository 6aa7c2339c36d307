import type { CameraIntrinsics } from "@vsi/geometry";
import type { CameraPose } from "../camera/cameraPose.ts";
import type { RoomMesh } from "../mesh/roomMesh.ts";
import type { TrueFrame } from "../truth/streamTruth.ts";
import { countPixels } from "./countPixels.ts";
import { type RenderedFrame, renderFrame } from "./renderFrame.ts";
import { shadeFaces } from "./shadeFaces.ts";

/** One frame of a walk and what is true of it. */
export interface WalkFrame extends RenderedFrame {
  truth: TrueFrame;
}

/** Renders a frame a pose, one after the other: only the frame at hand is in memory. */
export function* renderWalk(
  mesh: RoomMesh,
  intrinsics: CameraIntrinsics,
  poses: readonly CameraPose[],
): Generator<WalkFrame, void, undefined> {
  const faceColors = shadeFaces(mesh);
  for (const [index, cameraToWorld] of poses.entries()) {
    const frame = renderFrame(mesh, faceColors, intrinsics, cameraToWorld);
    yield { ...frame, truth: { index, cameraToWorld, visible: countPixels(frame.objectIds) } };
  }
}
