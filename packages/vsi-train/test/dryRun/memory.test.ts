import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { estimateMemory, type MemoryPlan, modelShape } from "../../src/dryRun/memory.ts";
import { PRESET_NAMES, PRESETS } from "../../src/settings/presets.ts";

async function planFor(model: string, own: Partial<MemoryPlan> = {}): Promise<MemoryPlan> {
  return {
    shape: (await modelShape(model))!,
    rank: 64,
    hasReference: true,
    halfPrecision: true,
    checkpointing: true,
    batch: 1,
    generated: 14,
    promptTokens: 2148,
    imageTokens: 2048,
    completionTokens: 512,
    promptLogits: false,
    zeroStage: 0,
    processes: 1,
    ...own,
  };
}

describe("the memory of a process", () => {
  test("of 7B by hand: 16.6 GB of weights, and 12 + 4 bytes for each of the adapter's", async () => {
    const { weights, optimizer, keyValues } = estimateMemory(await planFor("Qwen/Qwen2-VL-7B-Instruct"));
    expect(weights).toBe(8.3e9 * 2);
    // Rank 64: q and o 3584 to 3584, k and v 3584 to 512, three of 3584 and 18944; 28 layers.
    expect(optimizer).toBe(28 * 64 * (4 * 3584 + 2 * (3584 + 512) + 3 * (3584 + 18_944)) * 16);
    // Keys and values: 28 layers of 512 values in two bytes, for 14 sequences.
    expect(keyValues).toBe(14 * 2660 * 28 * 512 * 2 * 2);
  });

  test("of DPO is in the logits of the whole prompt: 2B rows of them, three float32 each", async () => {
    const dpo = await planFor("Qwen/Qwen2-VL-2B-Instruct", {
      batch: 8,
      generated: 0,
      completionTokens: 100,
      promptLogits: true,
    });
    const { logits, total } = estimateMemory(dpo);
    expect(logits).toBe(8 * (2148 + 100) * 151_936 * 12);
    // Regression: the estimate was 9.0 GB, of a run that needs several times as much.
    expect(total).toBeGreaterThan(40e9);
    expect(total).toBeLessThan(50e9);
    expect(estimateMemory({ ...dpo, promptLogits: false }).logits).toBe(8 * 100 * 151_936 * 8);
  });

  test("of frames: 1,176 float32 for each patch of 14 pixels, twice in GRPO, and a frozen tower's widest layer", async () => {
    const plan = await planFor("Qwen/Qwen2-VL-2B-Instruct", { batch: 14 });
    const patches = 14 * 2048 * 4;
    const { images } = estimateMemory(plan);
    expect(images).toBe(2 * patches * 1176 * 4 + patches * 1280 * 10 * 2);
    // Trained, the tower keeps the input of each of its 32 layers.
    const trained = estimateMemory({ ...plan, rank: null });
    expect(trained.images).toBe(2 * patches * 1176 * 4 + patches * 1280 * (2 * 32 + 34));
    expect(estimateMemory({ ...plan, imageTokens: 0 }).images).toBe(0);
  });

  test("of every weight trained is 16 bytes a weight before activations, shared as DeepSpeed's stage says", async () => {
    const full = await planFor("Qwen/Qwen2-VL-2B-Instruct", { rank: null, hasReference: false, processes: 8 });
    const bytes = (zeroStage: number) => {
      const { weights, optimizer } = estimateMemory({ ...full, zeroStage });
      return { weights, optimizer };
    };
    expect(bytes(0)).toEqual({ weights: 2.2e9 * 4, optimizer: 2.2e9 * 12 });
    expect(bytes(2)).toEqual({ weights: 2.2e9 * 4, optimizer: (2.2e9 * 12) / 8 });
    expect(bytes(3)).toEqual({ weights: (2.2e9 * 4) / 8, optimizer: (2.2e9 * 12) / 8 });
  });

  test("with a reference holds every weight twice, under an adapter once", async () => {
    for (const [rank, copies] of [
      [null, 2],
      [64, 1],
    ] as const) {
      const plan = await planFor("Qwen/Qwen2-VL-2B-Instruct", { rank });
      const alone = estimateMemory({ ...plan, hasReference: false });
      expect(estimateMemory({ ...plan, hasReference: true }).weights).toBe(copies * alone.weights);
    }
  });

  test("never falls when a run grows", async () => {
    const plan = await planFor("Qwen/Qwen3-VL-4B-Instruct");
    const sizes = fc.record({
      batch: fc.nat(64),
      generated: fc.nat(64),
      promptTokens: fc.nat(9000),
      imageTokens: fc.nat(9000),
      completionTokens: fc.nat(4000),
    });
    fc.assert(
      fc.property(sizes, sizes, (one, more) => {
        const larger = {
          batch: one.batch + more.batch,
          generated: one.generated + more.generated,
          promptTokens: one.promptTokens + more.promptTokens,
          imageTokens: one.imageTokens + more.imageTokens,
          completionTokens: one.completionTokens + more.completionTokens,
        };
        expect(estimateMemory({ ...plan, ...larger }).total).toBeGreaterThanOrEqual(
          estimateMemory({ ...plan, ...one }).total,
        );
      }),
    );
  });
});

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
  const config = {
    dtype: "float32",
    text_config,
    vision_config: { patch_size: 14, spatial_merge_size: 2, depth: 3, embed_dim: 64, hidden_size: 128 },
  };
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
    tower: { layers: 3, hidden: 64, patch: 14 },
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
