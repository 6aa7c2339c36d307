import type { CameraIntrinsics } from "@vsi/geometry";
import type { CameraPose } from "../camera/cameraPose.ts";
import type { RoomTruth } from "./roomTruth.ts";

/** An object in a frame. */
export interface VisibleObject {
  /** ScanNet's objectId. */
  objectId: number;
  /** Pixels in which it is the nearest surface. */
  pixels: number;
}

/** What is true of one frame, by the ids of the objects that were drawn. */
export interface TrueFrame {
  /** The frame's number in the stream, from 0. */
  index: number;
  /** Row-major 4x4, camera (x right, y down, z forward) to the axis-aligned world, metres; float64, the .sens has it rounded to float32. */
  cameraToWorld: CameraPose;
  /** Every object seen in at least one pixel, ordered by object id. */
  visible: VisibleObject[];
}

/** The truth about a room and its stream: `truth/<scanId>.json` where frames were written. */
export interface StreamTruth extends RoomTruth {
  /** Of both cameras: colour and depth are drawn from the same place at the same size. */
  intrinsics: CameraIntrinsics;
  /** Ordered by index. */
  frames: TrueFrame[];
}
