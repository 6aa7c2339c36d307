import type { Alignment } from "./alignment.ts";

/** A room without a stream has no camera to calibrate. */
const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** `<scanId>.txt`: the alignment, and the sensor's sizes with no frames. Lists end in a blank, as ScanNet's do. */
export function writeScanInfo(alignment: Alignment, sceneType: string): Uint8Array {
  const lines = [
    `axisAlignment = ${printMatrix(alignment)}`,
    "colorHeight = 968",
    `colorToDepthExtrinsics = ${printMatrix(identity)}`,
    "colorWidth = 1296",
    "depthHeight = 480",
    "depthWidth = 640",
    "numColorFrames = 0",
    "numDepthFrames = 0",
    "numIMUmeasurements = 0",
    `sceneType = ${sceneType}`,
    "",
  ];
  return new TextEncoder().encode(lines.join("\n"));
}

function printMatrix(matrix: readonly number[]): string {
  return matrix.map((value) => `${value.toFixed(6)} `).join("");
}
