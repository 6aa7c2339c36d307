import type { AxisAlignedBox } from "@vsi/geometry";
import type { TrueBox } from "./roomTruth.ts";

/** The axis-aligned box around a turned box: how far a turned rectangle reaches is the sum of its sides' shadows. */
export function trueAxisAlignedBox({ center, size, yaw }: TrueBox): AxisAlignedBox {
  const [cosine, sine] = [Math.abs(Math.cos(yaw)), Math.abs(Math.sin(yaw))];
  const reachX = (size[0] * cosine + size[1] * sine) / 2;
  const reachY = (size[0] * sine + size[1] * cosine) / 2;
  const reachZ = size[2] / 2;
  return {
    min: [center[0] - reachX, center[1] - reachY, center[2] - reachZ],
    max: [center[0] + reachX, center[1] + reachY, center[2] + reachZ],
  };
}
