import { basename, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import { surveyFrames } from "../../src/scans/frameSurvey.ts";
import type { ScanInput } from "../../src/scans/source.ts";
import { findUnposedFrames, listPictures } from "../../src/scans/unposedFrames.ts";

const ID = "scene0001_00";

const scanIn = (root: string, scanId = ID): ScanInput => {
  return { kind: "raw", folder: { scanId, path: join(root, "raw", "scans", scanId), isTestFolder: false } };
};

/** What is found of a scan in a folder of these files: "video in scans/*: scene0001_00.mp4". */
async function found(names: readonly string[], framesRoot: string | null = null): Promise<string | null> {
  return withFolder(Object.fromEntries([`raw/scans/${ID}/a.txt`, ...names].map((name) => [name, ""])), async (root) => {
    const source = await findUnposedFrames(scanIn(root), framesRoot === null ? null : join(root, framesRoot));
    return source === null ? null : `${source.kind} in ${source.place}: ${basename(source.path)}`;
  });
}

describe("findUnposedFrames", () => {
  test.each<[string, string[], string | null, string]>([
    ["posed_images", [`raw/posed_images/${ID}/00000.jpg`], null, `pictures in posed_images: ${ID}`],
    ["the C++ SensReader's names", [`raw/frames/${ID}/frame-000000.color.jpg`], null, `pictures in frames: ${ID}`],
    ["color without pose", [`raw/frames/${ID}/color/0.jpg`], null, "pictures in frames: color"],
    ["--frames-root", [`there/${ID}/0.jpg`], "there", `pictures in there/*: ${ID}`],
    ["a dataset's folder there", [`there/scannet/${ID}/0.jpg`], "there", `pictures in scannet/*: ${ID}`],
    [
      "an empty folder beside a video",
      [`there/${ID}/a.txt`, `there/${ID}.mp4`],
      "there",
      `video in there/*: ${ID}.mp4`,
    ],
  ])("regression: pictures without poses were not found in %s", async (_, names, root, expected) => {
    expect(await found(names, root)).toBe(expected);
  });

  test("frames with poses are none of these", async () => {
    expect(await found([`raw/posed_images/${ID}/00000.jpg`, `raw/posed_images/${ID}/00000.txt`])).toBeNull();
    expect(await found([`raw/frames/${ID}/color/0.jpg`, `raw/frames/${ID}/pose/0.txt`])).toBeNull();
  });

  test.each(["mp4", "MP4", "mov", "mkv", "webm"])("a video may end in .%s", async (ending) => {
    expect(await found([`there/${ID}.${ending}`], "there")).toBe(`video in there/*: ${ID}.${ending}`);
  });

  test("regression: each scan's own folder was named as a place of its own", async () => {
    const ids = ["scene0001_00", "scene0002_00", "scene0003_00"];
    const files = Object.fromEntries(ids.map((id) => [`raw/scans/${id}/${id}.mp4`, ""]));
    await withFolder(files, async (root) => {
      const scans = ids.map((scanId) => ({ scanId, split: "train" as const, input: scanIn(root, scanId) }));
      const { sentence } = await surveyFrames(scans, null);
      expect(sentence).toMatch(/^frames: 3 scans as video without poses in scans\/\*\. Without poses, questions/);
    });
  });
});

test("listPictures orders by number, and takes depth images for no frames", async () => {
  const names = ["f_10.jpg", "f_9.JPG", "f_9.png", "._f_1.jpg", "notes.txt"];
  await withFolder(Object.fromEntries(names.map((name) => [name, ""])), async (folder) => {
    expect((await listPictures(folder)).map((path) => basename(path))).toEqual(["f_9.JPG", "f_10.jpg"]);
  });
  await withFolder({ "0.color.png": "", "0.depth.png": "" }, async (folder) => {
    expect((await listPictures(folder)).map((path) => basename(path))).toEqual(["0.color.png"]);
  });
});
