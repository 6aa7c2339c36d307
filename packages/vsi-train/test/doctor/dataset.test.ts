import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Manifest, Question } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import { checkDataset } from "../../src/doctor/dataset.ts";

const FOLDER = temporaryFolder();

const MANIFEST: Manifest = {
  schema: "vsi-manifest/1",
  name: "tiny",
  protocol: "vsi-100k",
  seed: 1,
  settings: {},
  versions: {},
  inputs: { scans_read: 1, scans_skipped: {} },
  counts: { questions: {}, rejects: {}, not_drawn: {} },
};

function question(scene: string, frames: string[]): Question {
  return {
    schema: "vsi-question/1",
    id: "0123456789abcdef",
    dataset: "scannet",
    scene_name: scene,
    question_type: "object_counting",
    question: "How many chair(s) are in this room?",
    ground_truth: "2",
    options: null,
    mc_answer: null,
    protocol: "vsi-100k",
    frames,
    evidence: { object_ids: [1, 2], value: 2, unit: "count", margin: null, route: null, frames: null },
  };
}

async function dataset(questions: readonly Question[]): Promise<string> {
  const folder = await mkdtemp(join(FOLDER, "dataset-"));
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "manifest.json"), JSON.stringify(MANIFEST));
  await writeFile(join(folder, "data", "train.jsonl"), questions.map((row) => `${JSON.stringify(row)}\n`).join(""));
  for (const { scene_name, frames } of questions) {
    await mkdir(join(folder, "frames", scene_name), { recursive: true });
    for (const frame of frames) await writeFile(join(folder, "frames", scene_name, frame), "");
  }
  return folder;
}

const states = (findings: Awaited<ReturnType<typeof checkDataset>>) =>
  findings.map(({ what, state }) => `${what} ${state}`);

describe("checkDataset", () => {
  test("finds a whole folder fine", async () => {
    const folder = await dataset([question("scene0000_00", ["00000.jpg"]), question("scene0001_00", ["00000.jpg"])]);
    const findings = await checkDataset(folder);
    expect(states(findings)).toEqual(["dataset fine", "questions fine", "frames fine"]);
    expect(findings.map(({ found }) => found)).toEqual([
      "tiny, protocol vsi-100k",
      "2 to train on",
      "there for 2 scans",
    ]);
  });

  test("names the first frame that is not there", async () => {
    const folder = await dataset([question("scene0000_00", ["00000.jpg"]), question("scene0001_00", ["00007.jpg"])]);
    await rm(join(folder, "frames", "scene0001_00"), { recursive: true });
    const [, , frames] = await checkDataset(folder);
    expect(frames).toMatchObject({
      state: "missing",
      found: `no frames for 1 of 2 scans: ${join("frames", "scene0001_00", "00007.jpg")} is missing`,
    });
  });

  test("questions without frames, and none at all, are missing something", async () => {
    expect(states(await checkDataset(await dataset([question("scene0000_00", [])])))).toEqual([
      "dataset fine",
      "questions fine",
      "frames missing",
    ]);
    expect(states(await checkDataset(await dataset([])))[1]).toBe("questions missing");
  });

  test.each([
    ["manifest.json", "{", /manifest\.json: text: /],
    ["manifest.json", "{}", /manifest\.json: the record: /],
    [join("data", "train.jsonl"), "{}\n", /train\.jsonl: line 1/],
    [join("data", "train.jsonl"), "{\n", /train\.jsonl: line 1: /],
  ])("says what is wrong with %s holding %j", async (file, content, message) => {
    const folder = await dataset([]);
    await writeFile(join(folder, file), content);
    const [finding] = await checkDataset(folder);
    expect(finding).toMatchObject({ state: "missing", found: expect.stringMatching(message) });
  });

  test("a folder that is none", async () => {
    expect(await checkDataset(join(FOLDER, "none"))).toMatchObject([
      { state: "missing", advice: expect.stringContaining("--data") },
    ]);
  });
});
