import { expect, test } from "@jest/globals";
import { PNG_SIZE_BYTES, pngSize } from "../../src/stream/pngSize.ts";

const png = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 2, 128, 0, 1, 0, 2);

test("width and height, big endian, also from the middle of a buffer", () => {
  expect(pngSize(png)).toEqual({ width: 640, height: 65_538 });
  expect(pngSize(Uint8Array.of(1, 2, 3, ...png, 9).subarray(3))).toEqual({ width: 640, height: 65_538 });
});

test("no size without the signature or the whole of its bytes", () => {
  for (let length = 0; length < PNG_SIZE_BYTES; length++) expect(pngSize(png.subarray(0, length))).toBeNull();
  expect(pngSize(png.with(1, 81))).toBeNull();
});
