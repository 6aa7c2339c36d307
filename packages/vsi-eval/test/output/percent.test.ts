import { expect, test } from "@jest/globals";
import { percent } from "@vsi/report/internal";
import {
  intervalNote,
  percentInterval,
  signedInterval,
  signedPercent,
  unknownSettings,
} from "../../src/output/percent.ts";

test("scores are printed in percent with one decimal, differences with their sign, nothing as nothing", () => {
  expect([0, 1, 0.3544, null].map(percent)).toEqual(["0.0", "100.0", "35.4", null]);
  expect([0.012, -0.012, 0, -0.0001, 0.0001, null].map(signedPercent)).toEqual([
    "+1.2",
    "-1.2",
    "0.0",
    "0.0",
    "0.0",
    null,
  ]);
  expect([percentInterval([0.1, 0.2]), percentInterval(null)]).toEqual(["10.0 to 20.0", null]);
  expect([signedInterval([-0.1, 0.2]), signedInterval(null)]).toEqual(["-10.0 to +20.0", null]);
});

test("a note on intervals says how they were drawn, or why there are none", () => {
  const bootstrap = { resamples: 2000, seed: 0, level: 0.95 };
  const words = { before: "In brackets ", method: "paired bootstrap", after: ", and more" };
  expect(intervalNote(bootstrap, 2)).toBe("95 %: bootstrap over scans, 2,000 resamples, seed 0.");
  expect(intervalNote(bootstrap, 2, words)).toBe(
    "In brackets 95 %: paired bootstrap over scans, 2,000 resamples, seed 0, and more.",
  );
  expect(intervalNote(bootstrap, 1, words)).toBe(
    "No 95 % intervals: they are drawn over scans, which takes two or more.",
  );
});

test('regression: two runs "was asked"', () => {
  expect(unknownSettings(["b"])).toBe("How b was asked is unknown: its score report has no settings.");
  expect(unknownSettings(["a", "b", "c"])).toBe(
    "How a, b and c were asked is unknown: their score reports have no settings.",
  );
});
