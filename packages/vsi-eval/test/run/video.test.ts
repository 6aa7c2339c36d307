import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { countVideoFrames, readVideoFrames } from "@vsi/dataset/internal/node";
import { temporaryFolder } from "@vsi/testing/folders";
import sharp from "sharp";
import { encodeFrames } from "../../src/run/frameImage.ts";
import { findFrames, sampledFrameNumbers } from "../../src/run/frames.ts";
import { plainImage } from "../support/makeBenchmark.ts";

const PATH = process.env.PATH ?? "";
const folder = temporaryFolder();

afterEach(() => {
  process.env.PATH = PATH;
});

// numpy.linspace(0, frames - 1, count).astype(int), numpy 2.2.
test.each([
  [100, 8, [0, 14, 28, 42, 56, 70, 84, 99]],
  [10, 4, [0, 3, 6, 9]],
  [301, 7, [0, 50, 100, 150, 200, 250, 300]],
  [5, 16, [0, 1, 2, 3, 4]],
  [47, 5, [0, 11, 23, 34, 46]],
  [9, 1, [0]],
  [1, 4, [0]],
])("of %i frames %i are taken as numpy does", (frames, most, expected) => {
  expect(sampledFrameNumbers(frames, most)).toEqual(expected);
});

/**
 * A program called ffmpeg that counts 20 frames and shows, for those asked for, pictures as grey as their number: twice
 * each, as of a slow video, unless every frame is let through.
 *
 * @param unknown options that this version of it does not have.
 */
async function pretendFfmpeg(...unknown: string[]): Promise<void> {
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  for (let frame = 0; frame < 20; frame += 1) {
    await sharp(await plainImage(56, 28, frame / 2))
      .png()
      .toFile(join(bin, `${frame}.png`));
  }
  const program = `#!${process.execPath}
const { readFileSync } = require("node:fs");
const words = process.argv.slice(2);
if (!words[words.indexOf("-i") + 1].startsWith("file:")) process.exit(1);
const unknown = ${JSON.stringify(unknown)}.find((name) => words.includes(name));
if (unknown !== undefined) {
  const isOfReader = unknown === "-ignore_editlist";
  if (isOfReader) console.error("Option " + unknown.slice(1) + " not found.");
  else console.error("Unrecognized option '" + unknown + "'.\\nError splitting the argument list: Option not found");
  process.exit(8);
}
const times = words.includes("passthrough") ? 1 : 2;
if (words.includes("null")) process.stdout.write("frame=7\\nprogress=continue\\nframe=20\\nprogress=end\\n");
else for (const [, n] of words[words.indexOf("-vf") + 1].matchAll(/eq\\(n,(\\d+)\\)/g))
  for (let time = 0; time < times; time += 1) process.stdout.write(readFileSync(${JSON.stringify(bin)} + "/" + n + ".png"));
`;
  await writeFile(join(bin, "ffmpeg"), program);
  await chmod(join(bin, "ffmpeg"), 0o755);
  process.env.PATH = `${bin}${delimiter}${PATH}`;
}

async function greyOf(url: string): Promise<number> {
  const { channels } = await sharp(Buffer.from(url.slice(url.indexOf(",") + 1), "base64")).stats();
  return channels[0]?.mean ?? -1;
}

function asked(scene_name: string) {
  const question = { question_type: "object_counting", question: "How many?", ground_truth: "2" };
  return { ...question, id: "1", dataset: "scannet", scene_name, options: null, mc_answer: null, frames: [] };
}

describe("a scene's video in place of a folder of frames", () => {
  test("is sampled as the benchmark samples, read in one pass, and sent in the order that is asked for", async () => {
    await pretendFfmpeg();
    await mkdir(join(folder, "frames", "scannet"), { recursive: true });
    await writeFile(join(folder, "frames", "scannet", "scene1.mp4"), "");
    const [frames] = await findFrames([asked("scene1")], [join(folder, "frames")], 4);
    expect(frames?.map(({ name }) => name)).toEqual(["scene1.mp4#0", "scene1.mp4#6", "scene1.mp4#12", "scene1.mp4#19"]);
    const turned = [...frames!].reverse();
    const greys = await Promise.all((await encodeFrames(turned, 28 * 56)).map(greyOf));
    for (const [place, grey] of greys.entries()) {
      expect(Math.abs(grey - 8 * [19, 12, 6, 0][place]!)).toBeLessThan(4);
    }
  });

  // Regression: of a video of 10 frames a second each was shown several times, and the last ones not at all.
  test.each([
    ["ffmpeg 8", ["-vsync"]],
    ["ffmpeg 4", ["-fps_mode"]],
    ["another format under this name", ["-ignore_editlist"]],
    ["ffmpeg 4 and another format", ["-fps_mode", "-ignore_editlist"]],
  ])("every frame is read once, by the options that %s has", async (_, unknown) => {
    await pretendFfmpeg(...unknown);
    const frames = await readVideoFrames("slow.mp4", [3, 11, 7]);
    expect([...frames.keys()]).toEqual([3, 7, 11]);
    for (const [number, png] of frames) {
      const { channels } = await sharp(png).stats();
      expect(Math.abs(channels[0]!.mean - 8 * number)).toBeLessThan(4);
    }
  });

  test("a folder of pictures comes first, and without ffmpeg it is said what to do", async () => {
    const root = join(folder, "both");
    await mkdir(join(root, "scene2"), { recursive: true });
    await writeFile(join(root, "scene2", "1.jpg"), "");
    await writeFile(join(root, "scene2.mp4"), "");
    await writeFile(join(root, "scene3.mp4"), "");
    process.env.PATH = join(folder, "nowhere");
    expect((await findFrames([asked("scene2")], [root], 4))[0]).toMatchObject([{ name: "1.jpg" }]);
    await expect(findFrames([asked("scene3")], [root], 4)).rejects.toMatchObject({ code: "video-ffmpeg" });
  });
});

const hasFfmpeg = (() => {
  try {
    execFileSync("ffmpeg", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

// Only where ffmpeg is installed: the tests above hold what is asked of it, this one that it does so.
(hasFfmpeg ? describe : describe.skip)("ffmpeg itself", () => {
  test("counts a video's frames and gives those asked for", async () => {
    const video = join(folder, "real: 1.mp4");
    const pictures = join(folder, "pictures");
    await mkdir(pictures, { recursive: true });
    for (let frame = 0; frame < 30; frame += 1) {
      await writeFile(
        join(pictures, `${frame}.png`),
        await sharp(await plainImage(56, 56, frame / 2))
          .png()
          .toBuffer(),
      );
    }
    execFileSync("ffmpeg", ["-v", "error", "-i", join(pictures, "%d.png"), "-pix_fmt", "yuv420p", video]);
    expect(await countVideoFrames(video)).toBe(30);
    const found = await readVideoFrames(video, [29, 3, 15, 3]);
    expect([...found.keys()]).toEqual([3, 15, 29]);
    for (const [number, png] of found) {
      const { channels } = await sharp(png).stats();
      expect(Math.abs(channels[0]!.mean - 8 * number)).toBeLessThan(8);
    }
    // Regression: of a reader's option ffmpeg says "Option ignore_editlist not found", and all but MP4 was refused.
    execFileSync("ffmpeg", ["-v", "error", "-i", join(pictures, "%d.png"), join(folder, "other.mkv")]);
    expect(await countVideoFrames(join(folder, "other.mkv"))).toBe(30);
    for (const rate of ["3", "10", "60"]) {
      const other = join(folder, `rate${rate}.mp4`);
      const words = ["-framerate", rate, "-i", join(pictures, "%d.png"), "-pix_fmt", "yuv420p"];
      execFileSync("ffmpeg", ["-v", "error", ...words, "-movflags", "faststart", other]);
      for (const [number, png] of await readVideoFrames(other, [29, 3, 15, 3])) {
        const { channels } = await sharp(png).stats();
        expect(Math.abs(channels[0]!.mean - 8 * number)).toBeLessThan(8);
      }
      const cut = await readFile(other);
      await writeFile(other, cut.subarray(0, cut.length - 99));
      await expect(countVideoFrames(other)).rejects.toThrow("got a file that ends early");
    }
    await writeFile(join(folder, "broken.mp4"), "no video");
    await expect(countVideoFrames(join(folder, "broken.mp4"))).rejects.toMatchObject({ code: "video-unreadable" });
  });
});
