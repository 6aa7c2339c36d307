import { expect, test } from "@jest/globals";
import { percent } from "@vsi/report/internal";
import { percentInterval, signedInterval, signedPercent } from "../../src/output/percent.ts";

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
