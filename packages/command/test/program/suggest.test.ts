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

  test.each(["banana", "x", "", "s"])("%j is near to none", (typed) => {
    expect(didYouMean(typed, KNOWN, (name) => name)).toBe("");
  });
});
