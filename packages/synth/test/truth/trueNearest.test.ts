import { expect, test } from "@jest/globals";
import { trueNearest } from "../../src/index.ts";
import { truthOf } from "./truthOf.ts";

const truth = truthOf(["bed", [0, 0, 0]], ["tv", [2, 3, 6]], ["desk", [0, 0, 6.5]]);

test("height counts: a desk straight above is nearer than a tv at 7 m, in whatever order they are named", () => {
  expect(trueNearest(truth, "bed", ["tv", "desk"])).toBe("desk");
  expect(trueNearest(truth, "bed", ["desk", "tv"])).toBe("desk");
  expect(trueNearest(truth, "desk", ["bed", "tv"])).toBe("tv");
});
