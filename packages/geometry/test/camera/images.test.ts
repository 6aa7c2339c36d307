import { describe, expect, test } from "@jest/globals";
import { jpegBytes } from "@vsi/testing/jpeg";
import fc from "fast-check";
import { colorImageFault, PNG_SIZE_BYTES, pngSize } from "../../src/camera/images.ts";

/** One grey pixel, as any PNG writer makes it. */
const grayPng = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

describe("colorImageFault", () => {
  const png = grayPng;

  const jpeg = jpegBytes(7);
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

describe("colorImageFault walks to the end", () => {
  const [soi, eoi] = [
    [0xff, 0xd8],
    [0xff, 0xd9],
  ] as const;
  const app = [0xff, 0xe0, 0, 4, 1, 2];
  const size = [0xff, 0xc2, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0];
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0];

  test("stuffed and restarted scans, several of them, fill bytes and a second image after the end are whole", () => {
    const coded = [1, 0xff, 0, 2, 0xff, 0xd0, 3];
    const image = [...soi, ...app, 0xff, ...size, ...scan, ...coded, 0xff, 0xff, ...scan.slice(1), ...coded, ...eoi];
    expect(colorImageFault(Uint8Array.from(image), "jpeg")).toBeNull();
    expect(colorImageFault(Uint8Array.from([...image, 5, 6, ...image]), "jpeg")).toBeNull();
  });

  test.each<[string, number[], RegExp]>([
    ["nothing between its ends", [], /^the end at byte 2/],
    ["no pixels", [...app, ...size], /^the end at byte 21/],
    ["no size", [...app, ...scan, 1], /^the end at/],
    ["a segment longer than the image", [0xff, 0xe0, 0x40, 0, ...size, ...scan, 1], /ff e0 of 16384 bytes at byte 2/],
    ["a segment of no length", [0xff, 0xe0, 0, 0, ...size, ...scan, 1], /ff e0 of 0 bytes/],
    ["a segment too short for what follows", [0xff, 0xe0, 0, 3, 1, 2, ...size, ...scan, 1], /^02 at byte 7/],
    ["zeros where a marker should be", [...app, 0, 0, 0, ...size, ...scan, 1], /^00 at byte 8/],
    ["a marker that there is not", [0xff, 0x02, 0, 2, ...size, ...scan, 1], /ff 02/],
  ])("a JPEG with %s has a fault at its byte", (_, middle, got) => {
    const fault = colorImageFault(Uint8Array.from([...soi, ...middle, ...eoi]), "jpeg");
    expect(fault?.got).toMatch(got);
  });

  test("any changed byte of a PNG is found by its chunk's checksum", () => {
    fc.assert(
      fc.property(fc.nat({ max: grayPng.length - 1 }), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Uint8Array.from(grayPng);
        changed[place] = (changed[place] ?? 0) ^ change;
        expect(colorImageFault(changed, "png")).not.toBeNull();
      }),
    );
  });

  test("whatever the bytes, the walk ends", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom("jpeg", "png"), (middle, compression) => {
        const ends = compression === "jpeg" ? [soi, eoi] : [grayPng.subarray(0, 8), grayPng.subarray(-12)];
        const bytes = Uint8Array.from([...(ends[0] ?? []), ...middle, ...(ends[1] ?? [])]);
        expect([null, false]).toContain(colorImageFault(bytes, compression)?.isCut ?? null);
      }),
    );
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
