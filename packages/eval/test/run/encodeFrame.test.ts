import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import sharp, { type Sharp } from "sharp";
import { encodeFrame } from "../../src/run/encodeFrame.ts";
import { plainImage } from "../support/makeBenchmark.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("encodeFrame", () => {
  const folder = temporaryFolder();
  const decode = (url: string): Sharp => {
    expect(url.startsWith("data:image/jpeg;base64,")).toBe(true);
    return sharp(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
  };

  test("a picture that EXIF turns is sent upright and in its turned shape", async () => {
    const path = join(folder(), "turned.jpg");
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
    const path = join(folder(), "frame.png");
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
    const path = join(folder(), name);
    await writeFile(path, await bytes());
    await expect(encodeFrame(path, 100_000)).rejects.toMatchObject({
      code: "frame-unreadable",
      message: expect.stringContaining(name),
    });
  });
});
