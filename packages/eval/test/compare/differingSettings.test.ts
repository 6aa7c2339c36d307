import { expect, test } from "@jest/globals";
import { differingSettings } from "../../src/compare/differingSettings.ts";

test("lists only what differs, also what only one run has, and everything when the other is not known", () => {
  const a = { frames: 16, model: "m", image: { pixels: 1 }, stop: ["x"] };
  const b = { frames: 32, model: "m", image: { pixels: 1 }, seed: 3, stop: ["x"] };
  expect(differingSettings(a, b)).toEqual([
    { setting: "frames", a: "16", b: "32" },
    { setting: "seed", a: null, b: "3" },
  ]);
  expect(differingSettings(a, { ...a })).toEqual([]);
  expect(differingSettings(null, a).map(({ setting }) => setting)).toEqual(["frames", "image.pixels", "model", "stop"]);
});
