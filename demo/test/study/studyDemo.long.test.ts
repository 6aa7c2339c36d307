import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { type RunResult, runProcess } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { forkingPython } from "@vsi/testing/forkingPython";
import { readLines } from "@vsi/testing/jsonFiles";
import { describeTrainer } from "@vsi/testing/trainerPython";
import type { StudyDemoOptions } from "../../src/study/studyDemo.ts";

const MINUTES = 60_000;
const ROOT = temporaryFolder();
const PYTHON = await forkingPython();
const BUILT_DEMO = new URL("../../dist/study/studyDemo.js", import.meta.url).href;
const TINY = new URL("../../../packages/vsi-train/studies/tiny.yaml", import.meta.url);

// 18 rooms have every kind and number once; 36 leave enough for GRPO's 16 questions a step.
const options: StudyDemoOptions = {
  folder: join(ROOT, "demo"),
  rooms: 36,
  heldOutRooms: 18,
  study: join(ROOT, "few-steps.yaml"),
  seeds: [0, 1],
};

/** Cells of the study that comes with the package, and their seeds here. */
const CELLS: readonly [id: string, seeds: readonly number[]][] = [
  ["base", [0, 1]],
  ["sft", [0, 1]],
  ["dpo", [0]],
  ["vsgrpo-v", [0, 1]],
  ["sft-think", [0]],
  ["vsgrpo-t", [0]],
];

describeTrainer("npm run demo:study in small: base, SFT, DPO and GRPO with and without tags, by the commands", () => {
  const env = { VSI_TRAINER_PYTHON: PYTHON, HF_HOME: join(ROOT, "hub") };
  let chain: RunResult;
  beforeAll(async () => {
    // Each training cut to one step, and a mean to two seeds. Observe and beta 0 differ from think by a word of the file.
    const tiny = (await readFile(TINY, "utf8")).split("  - id: sft-observe")[0]!;
    await writeFile(options.study, tiny.replaceAll(/steps: \d+/g, "steps: 1").replaceAll("[0, 1, 2]", "[0, 1]"));
    const script = [
      `import { gainText, studyDemo } from ${JSON.stringify(BUILT_DEMO)};`,
      `console.log(gainText(await studyDemo(${JSON.stringify(options)}, new AbortController().signal)));`,
    ];
    chain = await runProcess([process.execPath, "--input-type=module", "-e", script.join("\n")], { env });
    // Seven trainings and their evaluations: some minutes on an idle machine.
  }, 30 * MINUTES);

  test("it ends well, with the table and the gain", () => {
    expect(chain).toMatchObject({ exitCode: 0 });
    expect(chain.stdout).toMatch(/vsGRPO-V over SFT: [+-]\d+\.\d points \(95 %: [+-]\d+\.\d to [+-]\d+\.\d;/);
  });

  test("every cell of every seed is in the table with a score, and the base model is one a seed", async () => {
    interface Cell {
      id: string;
      seeds: { seed: number; state: string; scores: Record<string, { score: number }> | null }[];
    }
    const table = JSON.parse(await readFile(join(options.folder, "study", "table.json"), "utf8")) as { cells: Cell[] };
    expect(table.cells.map(({ id, seeds }) => [id, seeds.map(({ seed, state }) => `${seed} ${state}`)])).toEqual(
      CELLS.map(([id, seeds]) => [id, seeds.map((seed) => `${seed} done`)]),
    );
    for (const { seeds } of table.cells) {
      for (const { scores } of seeds)
        expect(scores?.object_counting).toEqual(expect.objectContaining({ score: expect.any(Number) }));
    }
  });

  test("sft-think learns one true sentence in its tags before its answer", async () => {
    const rows = await readLines<{ completion: { content: string }[] }>(
      ...([options.folder, "study", "cells", "sft-think", "seed-0", "train", "rows", "train.jsonl"] as const),
    );
    const form = /^<think>.*I find (\d) of them\.<\/think><answer>\1<\/answer>$/;
    expect(rows.filter(({ completion }) => !form.test(completion[0]!.content))).toEqual([]);
  });

  test("vsgrpo-t has room for its mode's whole form", async () => {
    const folder = join(options.folder, "study", "cells", "vsgrpo-t", "seed-0");
    const { settings } = JSON.parse(await readFile(join(folder, "train", "run.json"), "utf8"));
    expect(settings.trainer).toMatchObject({ max_completion_length: 80, beta: 1e-4 });
    const answers = JSON.parse(await readFile(join(folder, "answers", "settings.json"), "utf8"));
    expect(answers).toMatchObject({ mode: "think", max_tokens: 80, images: "shown" });
  });
});
