import type { CameraIntrinsics } from "@vsi/dataset";
import { type Alignment, IDENTITY } from "./alignment.ts";

/** What `<scanId>.txt` says of a stream: its two cameras, which look the same way and take the same number of frames. */
interface StreamInfo {
  color: CameraIntrinsics;
  depth: CameraIntrinsics;
  frameCount: number;
}

/**
 * `<scanId>.txt`: the alignment, and the cameras with the number of their frames; without a stream ScanNet's sizes and no frames. Lists end in a
 * blank, as ScanNet's do.
 */
export function writeScanInfo(alignment: Alignment, sceneType: string, stream: StreamInfo | null): Uint8Array {
  const color = stream?.color ?? { width: 1296, height: 968 };
  const depth = stream?.depth ?? { width: 640, height: 480 };
  const frameCount = stream?.frameCount ?? 0;
  const lines = [
    `axisAlignment = ${printMatrix(alignment)}`,
    `colorHeight = ${color.height}`,
    `colorToDepthExtrinsics = ${printMatrix(IDENTITY)}`,
    `colorWidth = ${color.width}`,
    `depthHeight = ${depth.height}`,
    `depthWidth = ${depth.width}`,
    ...(stream ? calibration(stream) : []),
    `numColorFrames = ${frameCount}`,
    `numDepthFrames = ${frameCount}`,
    "numIMUmeasurements = 0",
    `sceneType = ${sceneType}`,
    "",
  ];
  return new TextEncoder().encode(lines.join("\n"));
}

/** Focal lengths and principal points of both cameras, in the order of ScanNet's files. */
function calibration({ color, depth }: StreamInfo): string[] {
  const values = { fx: "fx", fy: "fy", mx: "cx", my: "cy" } as const;
  return Object.entries(values).flatMap(([name, key]) =>
    Object.entries({ color, depth }).map(([camera, intrinsics]) => `${name}_${camera} = ${intrinsics[key].toFixed(6)}`),
  );
}

function printMatrix(matrix: readonly number[]): string {
  return matrix.map((value) => `${value.toFixed(6)} `).join("");
}
