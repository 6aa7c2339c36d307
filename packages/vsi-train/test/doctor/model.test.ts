import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { checkModel, hubCache, hubModelFolder } from "../../src/doctor/model.ts";

const FOLDER = temporaryFolder();

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
