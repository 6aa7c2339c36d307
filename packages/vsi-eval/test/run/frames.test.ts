import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import type { EvalQuestion } from "../../src/evalQuestion.ts";
import { findFrames } from "../../src/run/frames.ts";

function question(scene_name: string, frames: string[] = [], dataset = "scannet"): EvalQuestion {
  const asked = { question_type: "object_counting" as const, question: "How many?", ground_truth: "2" };
  return { ...asked, id: "1", dataset, scene_name, options: null, mc_answer: null, frames };
}

describe("findFrames", () => {
  const folder = temporaryFolder();
  const names = async (asked: EvalQuestion, most = 99): Promise<string[]> =>
    (await findFrames([asked], [join(folder, "a"), join(folder, "b")], most))[0]!.map(({ name }) => name);

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
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), "");
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
    const found = await findFrames(asked, [join(folder, "b")], 99);
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
      join(folder, "a", "scannet", "scene3"),
      join(folder, "b", "scene3"),
      "--frames-dir",
    ]) {
      await expect(listed).rejects.toThrow(part);
    }
    // A folder without a picture is as good as none.
    await expect(names(question("scene4"))).rejects.toMatchObject({ code: "frames-missing" });
  });

  test("many scenes without frames are counted, a few named", async () => {
    const asked = Array.from({ length: 40 }, (_, index) => question(`lost${index}`));
    const failed = findFrames(asked, [folder], 4);
    await expect(failed).rejects.toThrow("nor for 39 more scenes: lost1, lost2, lost3, lost4 and more");
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
