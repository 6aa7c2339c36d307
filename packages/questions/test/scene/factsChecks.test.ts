import { expect, test } from "@jest/globals";
import { factsChecks } from "../../src/scene/factsChecks.ts";
import { factsWith } from "../support/facts.ts";

const { fail, checkNumbers } = factsChecks(factsWith([]));

test("a failure names the scene, the place, and NaN by its name", () => {
  expect(() => fail("facts-number", "here", Number.NaN, "a number")).toThrow(
    /^facts of "scene9000_00": here: got NaN, expected a number\./,
  );
});

test("numbers: so many of them, each within the limit", () => {
  checkNumbers("here", [1, -1e7], 2);
  const wrong = { here: [1], "here[0]": [1e8, 0], "here[1]": [0, Number.NaN] };
  for (const [place, values] of Object.entries(wrong)) {
    expect(() => checkNumbers("here", values, 2)).toThrow(
      expect.objectContaining({ code: "facts-number", detail: expect.objectContaining({ place }) }),
    );
  }
});
