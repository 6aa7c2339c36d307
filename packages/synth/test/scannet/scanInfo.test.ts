import { expect, test } from "@jest/globals";
import { writeScanInfo } from "../../src/scannet/scanInfo.ts";

test("prints 16 numbers of six decimals with ScanNet's trailing blank, sizes, no frames and the scene type", () => {
  const matrix = [0.6, 0.8, 0, -1.5, -0.8, 0.6, 0, 2, 0, 0, 1, 0.05, 0, 0, 0, 1];
  const lines = new TextDecoder().decode(writeScanInfo(matrix, "Bedroom / Hotel", null)).split("\n");
  expect(lines[0]).toBe(
    "axisAlignment = 0.600000 0.800000 0.000000 -1.500000 -0.800000 0.600000 0.000000 2.000000 0.000000 0.000000 1.000000 0.050000 0.000000 0.000000 0.000000 1.000000 ",
  );
  expect(lines).toEqual(
    expect.arrayContaining(["colorHeight = 968", "numColorFrames = 0", "sceneType = Bedroom / Hotel"]),
  );
  expect(lines.at(-1)).toBe("");
});

test("with a stream: its sizes, its frames and both cameras' calibration, line by line as in ScanNet's files", () => {
  const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const depth = { width: 640, height: 480, fx: 577.870605, fy: 577.5, cx: 319.5, cy: 239.5 };
  const color = { width: 160, height: 120, fx: 144.467651, fy: 144.4, cx: 79.5, cy: 59.5 };
  const info = writeScanInfo(identity, "Office", { color, depth, frameCount: 90 });
  expect(new TextDecoder().decode(info).split("\n").slice(1)).toEqual([
    "colorHeight = 120",
    "colorToDepthExtrinsics = 1.000000 0.000000 0.000000 0.000000 0.000000 1.000000 0.000000 0.000000 0.000000 0.000000 1.000000 0.000000 0.000000 0.000000 0.000000 1.000000 ",
    "colorWidth = 160",
    "depthHeight = 480",
    "depthWidth = 640",
    "fx_color = 144.467651",
    "fx_depth = 577.870605",
    "fy_color = 144.400000",
    "fy_depth = 577.500000",
    "mx_color = 79.500000",
    "mx_depth = 319.500000",
    "my_color = 59.500000",
    "my_depth = 239.500000",
    "numColorFrames = 90",
    "numDepthFrames = 90",
    "numIMUmeasurements = 0",
    "sceneType = Office",
    "",
  ]);
});
