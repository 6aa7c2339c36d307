import { expect, test } from "@jest/globals";
import { writeScanInfo } from "../../src/scannet/writeScanInfo.ts";

test("prints 16 numbers of six decimals with ScanNet's trailing blank, sizes, no frames and the scene type", () => {
  const matrix = [0.6, 0.8, 0, -1.5, -0.8, 0.6, 0, 2, 0, 0, 1, 0.05, 0, 0, 0, 1];
  const lines = new TextDecoder().decode(writeScanInfo(matrix, "Bedroom / Hotel")).split("\n");
  expect(lines[0]).toBe(
    "axisAlignment = 0.600000 0.800000 0.000000 -1.500000 -0.800000 0.600000 0.000000 2.000000 0.000000 0.000000 1.000000 0.050000 0.000000 0.000000 0.000000 1.000000 ",
  );
  expect(lines).toEqual(
    expect.arrayContaining(["colorHeight = 968", "numColorFrames = 0", "sceneType = Bedroom / Hotel"]),
  );
  expect(lines.at(-1)).toBe("");
});
