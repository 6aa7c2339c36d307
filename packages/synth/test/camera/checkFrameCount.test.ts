import { expect, test } from "@jest/globals";
import { checkFrameCount } from "../../src/camera/checkFrameCount.ts";
import { thrown } from "../thrown.ts";

test("whole numbers from 1 pass, anything else is named in the error", () => {
  expect(() => checkFrameCount(1)).not.toThrow();
  for (const frames of [0, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(thrown(() => checkFrameCount(frames))).toMatchObject({
      code: "frame-count",
      detail: { got: String(frames) },
    });
  }
});
