import { describe, expect, test } from "@jest/globals";
import { colorImageFault, PNG_SIZE_BYTES, pngSize } from "../../src/camera/images.ts";

describe("colorImageFault", () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
  /** One grey pixel, as any PNG writer makes it. */
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
    "base64",
  );

  test("whole images have no fault; zero bytes may pad a JPEG", () => {
    expect(colorImageFault(jpeg, "jpeg")).toBeNull();
    expect(colorImageFault(Uint8Array.of(...jpeg, 0, 0, 0), "jpeg")).toBeNull();
    expect(colorImageFault(png, "png")).toBeNull();
    expect(colorImageFault(new Uint8Array(3), "raw")).toBeNull();
  });

  test("an image cut anywhere has one: foreign within its signature, cut after it", () => {
    for (let length = 0; length < jpeg.length; length += 1) {
      expect(colorImageFault(jpeg.subarray(0, length), "jpeg")?.isCut).toBe(length >= 2);
    }
    for (let length = 0; length < png.length; length += 1) {
      expect(colorImageFault(png.subarray(0, length), "png")?.isCut).toBe(length >= 8);
    }
  });

  test("another kind of image is no image", () => {
    expect(colorImageFault(png, "jpeg")).toMatchObject({ isCut: false, got: "first bytes 89 50" });
    expect(colorImageFault(jpeg, "png")?.isCut).toBe(false);
    expect(colorImageFault(new Uint8Array(20), "jpeg")).toMatchObject({ isCut: false, got: "first bytes 00 00" });
  });
});

describe("pngSize", () => {
  const png = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 2, 128, 0, 1, 0, 2);

  test("width and height, big endian, also from the middle of a buffer", () => {
    expect(pngSize(png)).toEqual({ width: 640, height: 65_538 });
    expect(pngSize(Uint8Array.of(1, 2, 3, ...png, 9).subarray(3))).toEqual({ width: 640, height: 65_538 });
  });

  test("no size without the signature or the whole of its bytes", () => {
    for (let length = 0; length < PNG_SIZE_BYTES; length += 1) expect(pngSize(png.subarray(0, length))).toBeNull();
    expect(pngSize(png.with(1, 81))).toBeNull();
  });
});
