import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Manifest, Question } from "@vsi/dataset";
import { checkDataset } from "../../src/doctor/dataset.ts";
import type { WorkerDoctor } from "../../src/doctor/machine.ts";
import { checkDevices } from "../../src/doctor/machine.ts";
import { checkModel, hubCache, hubModelFolder } from "../../src/doctor/model.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

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
    expect(findings.map(({ found }) => found)).toEqual(["tiny, protocol vsi-100k", "2 to train on", "of 2 scans"]);
  });

  test("names the first frame that is not there", async () => {
    const folder = await dataset([question("scene0000_00", ["00000.jpg"]), question("scene0001_00", ["00007.jpg"])]);
    await rm(join(folder, "frames", "scene0001_00"), { recursive: true });
    const [, , frames] = await checkDataset(folder);
    expect(frames).toMatchObject({
      state: "missing",
      found: `1 of 2 scans lack theirs, such as ${join("frames", "scene0001_00", "00007.jpg")}`,
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
    ["manifest.json", "{", /manifest\.json: its text: /],
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

const MACHINE: WorkerDoctor = {
  versions: {},
  optional: { vllm: "0.9.1", deepspeed: null },
  devices: [{ kind: "cpu", name: "x86_64", memory: null }],
  cores: 2,
  memory: 25e9,
};

describe("checkDevices", () => {
  test("a machine without a GPU can train the tiny model: a note, nothing missing", () => {
    const findings = checkDevices(MACHINE);
    expect(findings.map(({ what, state }) => [what, state])).toEqual([
      ["GPU", "note"],
      ["processor", "fine"],
      ["packages for some settings only", "fine"],
    ]);
    expect(findings[1]!.found).toBe("2 cores, 25 GB");
    expect(findings[2]).toMatchObject({ found: "vllm 0.9.1", advice: "not installed: deepspeed" });
  });

  test("names every GPU with its memory", () => {
    const devices = [1, 2].map(() => ({ kind: "cuda", name: "H100", memory: 80e9 }));
    expect(checkDevices({ ...MACHINE, devices })[0]).toMatchObject({
      state: "fine",
      found: "H100 (80 GB), H100 (80 GB)",
    });
    expect(checkDevices({ ...MACHINE, cores: null, memory: null })[1]!.found).toBe("unknown cores, memory unknown");
  });
});

const SMALL = ["config.json", "preprocessor_config.json", "tokenizer.json"];

async function modelFolder(files: Record<string, string>, folder?: string): Promise<string> {
  const made = folder ?? (await mkdtemp(join(FOLDER, "model-")));
  await mkdir(made, { recursive: true });
  for (const name of SMALL) await writeFile(join(made, name), "{}");
  for (const [name, content] of Object.entries(files)) await writeFile(join(made, name), content);
  return made;
}

const INDEX = JSON.stringify({
  weight_map: { a: "model-1.safetensors", b: "model-2.safetensors", c: "model-1.safetensors" },
});

describe("checkModel", () => {
  test("a folder is complete with its weights, whole or in all their parts", async () => {
    const whole = await modelFolder({ "model.safetensors": "" });
    expect(await checkModel(whole)).toMatchObject({ state: "fine" });
    const parts = { "model.safetensors.index.json": INDEX, "model-1.safetensors": "", "model-2.safetensors": "" };
    expect(await checkModel(await modelFolder(parts))).toMatchObject({ state: "fine" });
  });

  test("says which files are missing", async () => {
    const cut = await modelFolder({ "model.safetensors.index.json": INDEX, "model-1.safetensors": "" });
    expect(await checkModel(cut)).toMatchObject({ state: "missing", found: `${cut} lacks model-2.safetensors` });
    expect(await checkModel(await modelFolder({ "adapter_model.safetensors": "" }))).toMatchObject({
      state: "missing",
      found: expect.stringContaining("lacks model.safetensors"),
    });
    const empty = await mkdtemp(join(FOLDER, "empty-"));
    expect((await checkModel(empty)).found).toContain("config.json, preprocessor_config.json or processor_config.json");
    expect(await checkModel(await modelFolder({ "model.safetensors.index.json": "{" }))).toMatchObject({
      state: "missing",
    });
    expect(await checkModel(join(FOLDER, "no", "such", "folder"))).toMatchObject({ state: "missing" });
    expect(await checkModel("./models/mine")).toMatchObject({ state: "missing", found: "no folder ./models/mine" });
  });

  test("a hub's model is in its cache, or will be downloaded, or must not be", async () => {
    const env = { HF_HUB_CACHE: await mkdtemp(join(FOLDER, "hub-")) };
    const name = "Qwen/Qwen2-VL-2B-Instruct";
    expect(await checkModel(name, env)).toMatchObject({ state: "note", advice: expect.stringContaining("downloaded") });
    expect(await checkModel(name, { ...env, HF_HUB_OFFLINE: "1" })).toMatchObject({ state: "missing" });
    const snapshot = join(hubModelFolder(env.HF_HUB_CACHE, name), "snapshots", "0123abc");
    await modelFolder({}, snapshot);
    expect(await checkModel(name, env)).toMatchObject({ state: "note" });
    await modelFolder({ "model.safetensors": "" }, snapshot);
    expect(await checkModel(name, { ...env, HF_HUB_OFFLINE: "1" })).toMatchObject({ state: "fine" });
  });
});

describe("hubCache", () => {
  test("follows huggingface_hub's variables in its order", () => {
    const at = (env: NodeJS.ProcessEnv) => hubCache({ platform: "darwin", env, home: "/home/ada" });
    expect(at({})).toBe("/home/ada/.cache/huggingface/hub");
    expect(at({ XDG_CACHE_HOME: "/cache" })).toBe("/cache/huggingface/hub");
    expect(at({ XDG_CACHE_HOME: "/cache", HF_HOME: "/hf" })).toBe("/hf/hub");
    expect(at({ HF_HOME: "/hf", HF_HUB_CACHE: "/hub" })).toBe("/hub");
  });
});
