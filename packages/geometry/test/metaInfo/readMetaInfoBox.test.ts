import { describe, expect, test } from "@jest/globals";
import { metaInfoFail } from "../../src/metaInfo/metaInfoError.ts";
import { readMetaInfoBox } from "../../src/metaInfo/readMetaInfoBox.ts";
import { thrownError } from "../thrownError.ts";
import { metaInfoBox } from "./metaInfoFile.ts";

const read = (change: object) => readMetaInfoBox({ ...metaInfoBox([1, 2, 3]), ...change }, "box", metaInfoFail("file"));

describe("readMetaInfoBox", () => {
  test("rows of normalizedAxes are the axes", () => {
    expect(read({})).toEqual({
      box: {
        center: [1, 2, 3],
        size: [0.5, 1, 0.25],
        axes: [
          [0.6, 0.8, 0],
          [-0.8, 0.6, 0],
          [0, 0, 1],
        ],
      },
      aabb: { min: [0.4, 1.4, 2.4], max: [1.6, 2.6, 3.6] },
    });
  });

  test("a left-handed frame is a frame", () => {
    expect(read({ normalizedAxes: [0, 1, 0, 1, 0, 0, 0, 0, 1] }).box.axes[0]).toEqual([0, 1, 0]);
  });

  test("axes that went through float32 are taken", () => {
    const normalizedAxes = Array.from(Float32Array.of(0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1));
    expect(read({ normalizedAxes }).box.axes[0][0]).toBe(0.6000000238418579);
  });

  test.each<[string, object, string]>([
    ["a length of 0", { axesLengths: [0.5, 0, 0.25] }, "box.axesLengths[1]"],
    ["a length of 1e-6", { axesLengths: [0.5, 1, 1e-6] }, "box.axesLengths[2]"],
    ["a negative length", { axesLengths: [-0.5, 1, 1] }, "box.axesLengths[0]"],
    ["an infinite length", { axesLengths: [0.5, Infinity, 1] }, "box.axesLengths[1]"],
    ["a centroid of NaN", { centroid: [1, 2, Number.NaN] }, "box.centroid[2]"],
    ["no max", { max: undefined }, "box.max"],
    ["min over max", { min: [0, 2.7, 0] }, "box.min[1]"],
    ["axes of length 0", { normalizedAxes: new Array(9).fill(0) }, "box.normalizedAxes"],
    ["axes a millionth too long", { normalizedAxes: [1.000001, 0, 0, 0, 1, 0, 0, 0, 1] }, "box.normalizedAxes"],
    ["two axes of one direction", { normalizedAxes: [1, 0, 0, 1, 0, 0, 0, 0, 1] }, "box.normalizedAxes"],
    ["skew axes", { normalizedAxes: [1, 0, 0, 0, 1, 0, 0, 0.6, 0.8] }, "box.normalizedAxes"],
    ["eight axes' components", { normalizedAxes: [1, 0, 0, 0, 1, 0, 0, 0] }, "box.normalizedAxes"],
  ])("%s is a degenerate box", async (_, change, place) => {
    const error = await thrownError(() => read(change));
    expect([error?.code, error?.detail.place]).toEqual(["meta-info-degenerate-box", place]);
  });

  test.each([null, [], "box", 1])("%j is no box", async (value) => {
    const error = await thrownError(() => readMetaInfoBox(value, "box", metaInfoFail("file")));
    expect([error?.code, error?.detail.place]).toEqual(["meta-info-bad-shape", "box"]);
  });
});
