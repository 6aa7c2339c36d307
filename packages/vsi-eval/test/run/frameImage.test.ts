import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { encodeFrame, frameCache, frameSize } from "../../src/run/frameImage.ts";
import { plainImage } from "../support/makeBenchmark.ts";

describe("encodeFrame", () => {
  const folder = temporaryFolder();
  const decode = (url: string): Sharp => {
    expect(url.startsWith("data:image/jpeg;base64,")).toBe(true);
    return sharp(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
  };

  test("a picture that EXIF turns is sent upright and in its turned shape", async () => {
    const path = join(folder, "turned.jpg");
    // The left half black, the right half white; orientation 6 says: turn it clockwise, so black comes to the top.
    const white = await sharp({ create: { width: 56, height: 56, channels: 3, background: "white" } })
      .png()
      .toBuffer();
    const stored = sharp({ create: { width: 112, height: 56, channels: 3, background: "black" } });
    await writeFile(
      path,
      await stored
        .composite([{ input: white, left: 56, top: 0 }])
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer(),
    );
    const { data, info } = await decode(await encodeFrame(path, 100_000))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect({ width: info.width, height: info.height }).toEqual({ width: 56, height: 112 });
    expect(data[0]).toBeLessThan(30);
    expect(data.at(-1)).toBeGreaterThan(225);
  });

  test("a PNG is sent as JPEG", async () => {
    const path = join(folder, "frame.png");
    await writeFile(
      path,
      await sharp(await plainImage(56, 56, 9))
        .png()
        .toBuffer(),
    );
    expect(await decode(await encodeFrame(path, 100_000)).metadata()).toMatchObject({ format: "jpeg", width: 56 });
  });

  test.each([
    ["cut.jpg", async () => (await plainImage(560, 560, 9)).subarray(0, 700)],
    ["empty.jpg", async () => Buffer.alloc(0)],
    ["text.jpg", async () => Buffer.from("no picture")],
  ])("%s is refused by its name", async (name, bytes) => {
    const path = join(folder, name);
    await writeFile(path, await bytes());
    await expect(encodeFrame(path, 100_000)).rejects.toMatchObject({
      code: "frame-unreadable",
      message: expect.stringContaining(name),
    });
  });
});

const scene = (name: string) => ["1.jpg", "2.jpg"].map((file) => ({ name: file, path: `${name}/${file}` }));

test("a scene's frames are encoded once, also when asked for at the same time, and again only once it was crowded out", async () => {
  const encoded: string[] = [];
  const frames = frameCache(2, async (shown) => {
    encoded.push(...shown.map(({ path }) => path));
    return shown.map(({ path }) => `data:${path}`);
  });
  const both = await Promise.all([frames(scene("a")), frames(scene("a"))]);
  expect(both).toEqual(Array(2).fill(["data:a/1.jpg", "data:a/2.jpg"]));
  await frames(scene("b"));
  await frames(scene("a"));
  expect(encoded).toEqual(["a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg"]);
  // The third scene crowds out b, which was asked for longest ago.
  await frames(scene("c"));
  await frames(scene("a"));
  expect(encoded).toHaveLength(6);
  await frames(scene("b"));
  expect(encoded).toHaveLength(8);
});

const side = fc.integer({ min: 1, max: 5000 });

describe("frameSize", () => {
  test("whole multiples of 28, at least one, never over the limit: for every shape, needles too", () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 784, max: 2_000_000 }), (width, height, maxPixels) => {
        const size = frameSize(width, height, maxPixels);
        for (const value of [size.width, size.height]) {
          expect(value % 28).toBe(0);
          expect(value).toBeGreaterThanOrEqual(28);
        }
        expect(size.width * size.height).toBeLessThanOrEqual(maxPixels);
      }),
    );
  });

  test("a frame of this size is left as it is when it comes again: the server does not resize a second time", () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 784, max: 2_000_000 }), (width, height, maxPixels) => {
        const size = frameSize(width, height, maxPixels);
        expect(frameSize(size.width, size.height, maxPixels)).toEqual(size);
      }),
    );
  });

  test.each([
    // By Qwen2-VL's smart_resize with factor 28, worked out by hand.
    [336, 336, 336 * 336, { width: 336, height: 336 }],
    [640, 480, 128 * 784, { width: 364, height: 252 }],
    [1296, 968, 256 * 784, { width: 504, height: 364 }],
    [100, 100, 100_000, { width: 112, height: 112 }],
    [5, 5, 100_000, { width: 28, height: 28 }],
    [5000, 1, 784 * 3, { width: 84, height: 28 }],
  ])("%i x %i within %i pixels", (width, height, maxPixels, expected) => {
    expect(frameSize(width, height, maxPixels)).toEqual(expected);
  });
});
