import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { modelShape } from "../../src/dryRun/modelShape.ts";
import { PRESET_NAMES, PRESETS } from "../../src/presets/presets.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const root = temporaryFolder();

test("every preset's model is known", async () => {
  for (const name of PRESET_NAMES) {
    const { model } = PRESETS[name];
    if (model !== null) expect(await modelShape(model)).not.toBeNull();
  }
});

test("a folder's is read from its configuration and the size of its weights", async () => {
  const folder = join(root, "model");
  await mkdir(folder);
  const text_config = {
    num_hidden_layers: 2,
    hidden_size: 128,
    intermediate_size: 384,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    vocab_size: 432,
  };
  const config = { dtype: "float32", text_config, vision_config: { patch_size: 14, spatial_merge_size: 2 } };
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  await writeFile(join(folder, "model.safetensors"), new Uint8Array(4000));
  expect(await modelShape(folder)).toEqual({
    parameters: 1000,
    layers: 2,
    hidden: 128,
    intermediate: 384,
    keyWidth: 64,
    vocabulary: 432,
    pixelsPerToken: 784,
  });
});

test("of a name that is not known, and of a folder that is no model, nothing is claimed", async () => {
  expect(await modelShape("someone/something")).toBeNull();
  expect(await modelShape(root)).toBeNull();
  const folder = join(root, "empty");
  await mkdir(folder);
  await writeFile(join(folder, "config.json"), "{}");
  expect(await modelShape(folder)).toBeNull();
});
