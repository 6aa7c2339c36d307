import type { CameraIntrinsics } from "@vsi/dataset";
import { type Alignment, IDENTITY } from "./alignment.ts";

/** What `<scanId>.txt` says of a stream: both cameras are the same, and so are the numbers of their frames. */
interface StreamInfo {
  intrinsics: CameraIntrinsics;
  frameCount: number;
}

/**
 * `<scanId>.txt`: the alignment, and the cameras with the number of their frames; without a stream ScanNet's sizes and no frames. Lists end in a
 * blank, as ScanNet's do.
 */
export function writeScanInfo(alignment: Alignment, sceneType: string, stream: StreamInfo | null): Uint8Array {
  const { width, height } = stream?.intrinsics ?? { width: null, height: null };
  const frameCount = stream?.frameCount ?? 0;
  const lines = [
    `axisAlignment = ${printMatrix(alignment)}`,
    `colorHeight = ${height ?? 968}`,
    `colorToDepthExtrinsics = ${printMatrix(IDENTITY)}`,
    `colorWidth = ${width ?? 1296}`,
    `depthHeight = ${height ?? 480}`,
    `depthWidth = ${width ?? 640}`,
    ...(stream ? calibration(stream.intrinsics) : []),
    `numColorFrames = ${frameCount}`,
    `numDepthFrames = ${frameCount}`,
    "numIMUmeasurements = 0",
    `sceneType = ${sceneType}`,
    "",
  ];
  return new TextEncoder().encode(lines.join("\n"));
}

/** Focal lengths and principal points of both cameras, in the order of ScanNet's files. */
function calibration({ fx, fy, cx, cy }: CameraIntrinsics): string[] {
  const values = { fx, fy, mx: cx, my: cy };
  return Object.entries(values).flatMap(([name, value]) =>
    ["color", "depth"].map((camera) => `${name}_${camera} = ${value.toFixed(6)}`),
  );
}

function printMatrix(matrix: readonly number[]): string {
  return matrix.map((value) => `${value.toFixed(6)} `).join("");
}
