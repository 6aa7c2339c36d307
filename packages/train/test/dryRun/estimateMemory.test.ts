import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { estimateMemory, type MemoryPlan } from "../../src/dryRun/estimateMemory.ts";
import { modelShape } from "../../src/dryRun/modelShape.ts";

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
    completionTokens: 512,
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
      completionTokens: fc.nat(4000),
    });
    fc.assert(
      fc.property(sizes, sizes, (one, more) => {
        const larger = {
          batch: one.batch + more.batch,
          generated: one.generated + more.generated,
          promptTokens: one.promptTokens + more.promptTokens,
          completionTokens: one.completionTokens + more.completionTokens,
        };
        expect(estimateMemory({ ...plan, ...larger }).total).toBeGreaterThanOrEqual(
          estimateMemory({ ...plan, ...one }).total,
        );
      }),
    );
  });
});
