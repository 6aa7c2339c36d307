import { expect, test } from "@jest/globals";
import { metaInfoFail } from "../../src/metaInfo/metaInfoError.ts";

test("names file, place, what stands there, what should, and the way out, on one line", () => {
  const error = metaInfoFail("facts.json")("meta-info-bad-room", "scene0001_00.room_size", Number.NaN, "square metres");
  expect(error.code).toBe("meta-info-bad-room");
  expect(error.message).toMatch(
    /^facts\.json: scene0001_00\.room_size: got NaN, expected square metres\. .*download it again\.$/,
  );
});
