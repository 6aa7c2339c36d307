import { expect, test } from "@jest/globals";
import { describeDryRun } from "../../src/dryRun/describeDryRun.ts";
import type { DryRunReport } from "../../src/dryRun/dryRun.ts";
import { resolveSettings } from "../../src/settings/resolveSettings.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

const report: DryRunReport = {
  preset: "vsgrpo-2b",
  source: { learning_rate: "given", lora: "the paper" },
  settings: resolveSettings(makeTrainOptions(), "/runs/a", false),
  rows: { train: 5, held_out: 2, by_type: { object_counting: 5 } },
  prompts: [
    { id: "a", text: "first line\nsecond line", images: ["/a.jpg", "/b.jpg"], tokens: 43 },
    { id: "b", text: "other", images: [], tokens: null },
  ],
  notes: ["counts are unknown"],
  config: null,
  memory: null,
  command: ["/my env/python", "-m", "vsi_trainer", "/runs/it's/worker.json"],
};

test("shows rows, settings with their source, prompts with their tokens, notes and a command that a shell takes", () => {
  const text = describeDryRun(report);
  expect(text).toContain("Rows: 5 to train on (object_counting 5), 2 held out.");
  expect(text).toContain("learning_rate = 0.00001 (given)");
  expect(text).toContain("Prompt a: 2 frames, 43 tokens\n  first line\n  second line");
  expect(text).toContain("Prompt b: 0 frames, tokens unknown");
  expect(text).toContain("Note: counts are unknown");
  expect(text).toContain("Memory: not estimated");
  expect(text.split("\n").at(-1)).toBe(`  '/my env/python' -m vsi_trainer '/runs/it'\\''s/worker.json'`);
});

test("a memory estimate is called one", () => {
  const memory = { weights: 4e9, optimizer: 1e9, activations: 2e9, logits: 1e9, keyValues: 1e9, total: 8e9 };
  expect(describeDryRun({ ...report, memory })).toMatch(/a rough estimate: 8.0 GB \(weights 4.0 GB/);
});
