import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import type { EvalQuestion } from "../../src/benchmark.ts";
import { encodeFrame, findFrames, frameCache, frameSize, sampleEvenly } from "../../src/run/frames.ts";
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

function question(scene_name: string, frames: string[] = [], dataset = "scannet"): EvalQuestion {
  const asked = { question_type: "object_counting" as const, question: "How many?", ground_truth: "2" };
  return { ...asked, id: "1", dataset, scene_name, options: null, mc_answer: null, frames };
}

describe("findFrames", () => {
  const folder = temporaryFolder();
  const names = async (asked: EvalQuestion, most = 99): Promise<string[]> =>
    (await findFrames([asked], [join(folder(), "a"), join(folder(), "b")], most))[0]!.map(({ name }) => name);

  beforeAll(async () => {
    const files = [
      "a/scannet/scene1/2.jpg",
      "a/scannet/scene1/10.JPG",
      "a/scannet/scene1/1.png",
      "a/scannet/scene1/notes.txt",
    ];
    files.push(
      "a/scene1/wrong.jpg",
      "a/scene2/x.jpeg",
      "b/scene3/000000.jpg",
      "b/scene3/000040.jpg",
      "b/scene3/000080.jpg",
    );
    for (const file of [...files, "a/scannet/scene4/readme.md"]) {
      await mkdir(dirname(join(folder(), file)), { recursive: true });
      await writeFile(join(folder(), file), "");
    }
  });

  test("pictures only, in natural order, the dataset's folder before the bare scene's, the first root before the second", async () => {
    expect(await names(question("scene1"))).toEqual(["1.png", "2.jpg", "10.JPG"]);
    expect(await names(question("scene2"))).toEqual(["x.jpeg"]);
    expect(await names(question("scene3"))).toEqual(["000000.jpg", "000040.jpg", "000080.jpg"]);
  });

  test("of a folder with many frames an even sample is taken", async () => {
    expect(await names(question("scene3"), 2)).toEqual(["000000.jpg", "000080.jpg"]);
  });

  test("a question's own list is shown whole and in its order: it may ask about frame 2 of 3", async () => {
    const frames = ["000080.jpg", "000000.jpg", "000040.jpg"];
    expect(await names(question("scene3", frames), 2)).toEqual(frames);
  });

  test("two questions of one scene with different lists get their own", async () => {
    const asked = [question("scene3", ["000040.jpg"]), question("scene3", ["000080.jpg"]), question("scene3")];
    const found = await findFrames(asked, [join(folder(), "b")], 99);
    expect(found.map((list) => list.map(({ name }) => name).join())).toEqual([
      "000040.jpg",
      "000080.jpg",
      "000000.jpg,000040.jpg,000080.jpg",
    ]);
  });

  test("missing frames name the scene, the file, and every folder that was looked in", async () => {
    const listed = names(question("scene3", ["000000.jpg", "000041.jpg"]));
    await expect(listed).rejects.toMatchObject({ code: "frames-missing" });
    for (const part of [
      "scene scene3",
      "000041.jpg",
      join(folder(), "a", "scannet", "scene3"),
      join(folder(), "b", "scene3"),
      "--frames-dir",
    ]) {
      await expect(listed).rejects.toThrow(part);
    }
    // A folder without a picture is as good as none.
    await expect(names(question("scene4"))).rejects.toMatchObject({ code: "frames-missing" });
  });

  test("many scenes without frames are counted, a few named", async () => {
    const asked = Array.from({ length: 40 }, (_, index) => question(`lost${index}`));
    const failed = findFrames(asked, [folder()], 4);
    await expect(failed).rejects.toThrow("39 more scenes lack theirs: lost1, lost2, lost3, lost4 and more");
  });

  test("without any folder to look in, the flag that gives one is named", async () => {
    await expect(findFrames([question("scene1")], [], 4)).rejects.toThrow("--frames-dir");
  });

  test.each([
    question("../secret"),
    question(".."),
    question("scene1", ["../../secret.jpg"]),
    question("scene1", ["C:\\secret.jpg"]),
    question("scene1", [], "/etc"),
  ])("a name that leads out of the folder is refused: $dataset $scene_name $frames", async (asked) => {
    await expect(names(asked)).rejects.toMatchObject({ code: "frames-name" });
  });
});

const scene = (name: string) => ["1.jpg", "2.jpg"].map((file) => ({ name: file, path: `${name}/${file}` }));

test("a scene's frames are encoded once, also when asked for at the same time, and again only once it was crowded out", async () => {
  const encoded: string[] = [];
  const frames = frameCache(2, async (path) => {
    encoded.push(path);
    return `data:${path}`;
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

test("so many, in order, without doubles, from the first to the last, no gap over twice another", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 64 }), (length, count) => {
      const places = sampleEvenly(
        Array.from({ length }, (_, place) => place),
        count,
      );
      expect(places).toHaveLength(Math.min(length, count));
      expect(places[0]).toBe(0);
      expect(places.at(-1)).toBe(length - 1);
      const gaps = places.slice(1).map((place, index) => place - places[index]!);
      expect(Math.min(...gaps)).toBeGreaterThan(0);
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }),
  );
});

test("one of many is the middle one; of none there is none", () => {
  expect(sampleEvenly(["a", "b", "c", "d", "e"], 1)).toEqual(["c"]);
  expect(sampleEvenly([], 16)).toEqual([]);
});
