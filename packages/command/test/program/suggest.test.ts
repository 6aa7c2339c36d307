import { describe, expect, test } from "@jest/globals";
import { didYouMean } from "../../src/program/suggest.ts";

const KNOWN = ["scannet", "scenes", "seed", "split", "max-per-scene", "out"];

describe("didYouMean", () => {
  test.each([
    ["scanet", "scannet"],
    ["sede", "seed"],
    ["Split", "split"],
    ["max", "max-per-scene"],
    ["outt", "out"],
  ])("%s is nearest to %s", (typed, expected) => {
    expect(didYouMean(typed, KNOWN, (name) => `--${name}`)).toBe(` Did you mean --${expected}?`);
  });

  const FLAGS = [
    "out",
    "data",
    "model",
    "batch",
    "epochs",
    "learning-rate",
    "workers",
    "max-tokens",
    "max-pixels",
    "frames-dir",
  ];
  test.each([
    ["output", "out"],
    ["output_dir", "out"],
    ["model-path", "model"],
    ["dataset", "data"],
    ["num-workers", "workers"],
    ["num_train_epochs", "epochs"],
    ["per_device_train_batch_size", "batch"],
    ["max_completion_tokens", "max-tokens"],
    ["lr", "learning-rate"],
  ])("another program's --%s is --%s", (typed, expected) => {
    expect(didYouMean(typed, FLAGS, (name) => `--${name}`)).toBe(` Did you mean --${expected}?`);
  });

  test("a name without its prefix is found, one that two names share is not", () => {
    const types = ["object_counting", "object_rel_distance", "object_abs_distance", "camera_displacement"];
    expect(didYouMean("counting", types, String)).toBe(" Did you mean object_counting?");
    expect(didYouMean("Displacement", types, String)).toBe(" Did you mean camera_displacement?");
    expect(didYouMean("distance", types, String)).toBe("");
  });

  test.each(["banana", "x", "", "s"])("%j is near to none", (typed) => {
    expect(didYouMean(typed, KNOWN, (name) => name)).toBe("");
  });
});
