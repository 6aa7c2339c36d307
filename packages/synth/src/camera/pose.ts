import type { CameraIntrinsics, Vec3 } from "@vsi/dataset";
import { SynthError } from "../errors.ts";

/**
 * A camera's pose: row-major 4x4, camera (x right, y down, z forward) to the axis-aligned world (+Z up), metres.
 * The camera is held level: its x axis is horizontal.
 */
export type CameraPose = readonly number[];

/**
 * @param heading where the camera looks on the floor plan, radians counter-clockwise from +x.
 * @param tilt how far it looks down from the horizontal, radians.
 */
export function cameraPose(eye: Vec3, heading: number, tilt: number): CameraPose {
  const [cosine, sine] = [Math.cos(heading), Math.sin(heading)];
  const [level, down] = [Math.cos(tilt), Math.sin(tilt)];
  return [
    ...[sine, -cosine * down, cosine * level, eye[0]],
    ...[-cosine, -sine * down, sine * level, eye[1]],
    ...[0, -level, -down, eye[2]],
    ...[0, 0, 0, 1],
  ];
}

/** ScanNet's depth camera: fx_depth and depthWidth of its `<scanId>.txt` files, a view of 58 degrees. */
const [SCANNET_FOCAL_LENGTH, SCANNET_WIDTH] = [577.870605, 640];

/** 4096: three times as wide as ScanNet's colour images; a frame's arrays then take some 400 MB. */
const LONGEST_SIDE = 4096;

/**
 * A pinhole with ScanNet's horizontal field of view at any size, square pixels and the principal point in the middle:
 * pixel (0, 0) is the centre of the top left pixel, so 640x480 has it at (319.5, 239.5) as ScanNet's depth camera does.
 * @throws SynthError "frame-size" unless both sides are whole numbers of 1 to 4096.
 *
 * @example
 * ```js
 * import { sensorIntrinsics } from "@vsi/synth";
 *
 * console.log(JSON.stringify(sensorIntrinsics(640, 480)));
 * ```
 */
export function sensorIntrinsics(width: number, height: number): CameraIntrinsics {
  checkSize(width, height);
  // Six decimals, as the .txt prints them: both files then say the same.
  const focalLength = Number(((SCANNET_FOCAL_LENGTH * width) / SCANNET_WIDTH).toFixed(6));
  return { width, height, fx: focalLength, fy: focalLength, cx: (width - 1) / 2, cy: (height - 1) / 2 };
}

function checkSize(width: number, height: number): void {
  const fits = (side: number) => Number.isInteger(side) && side >= 1 && side <= LONGEST_SIDE;
  if (fits(width) && fits(height)) return;
  throw new SynthError("frame-size", {
    place: "frame size",
    got: `${width} x ${height} pixels`,
    expected: `whole numbers of 1 to ${LONGEST_SIDE}`,
    advice: "160 x 120 keeps samples small; ScanNet's depth images are 640 x 480.",
  });
}

/** makeRoom takes streams 1 and 2: a walk must not change with how the room was made. */
export const CAMERA_STREAM = 3;

/** A sensor's noise must not change the walk. */
export const NOISE_STREAM = 4;
