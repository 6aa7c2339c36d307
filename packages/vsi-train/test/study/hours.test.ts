import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { stepShape } from "../../src/settings/trainOptions.ts";
import { measureWords, trainingCosts } from "../../src/study/hours.ts";
import { planStudy } from "../../src/study/plan.ts";
import { readStudy } from "../../src/study/studyFile.ts";
import { makeQuestion } from "../support/question.ts";
import { writeDataset } from "../support/writeDataset.ts";

const root = temporaryFolder();

test("hours are the steps of the rows times the seconds of a measured step", async () => {
  const questions = Array.from({ length: 20 }, (_, index) => makeQuestion({ id: String(index).padStart(16, "0") }));
  const data = await writeDataset(join(root, "data"), { train: questions });
  const model = join(root, "model");
  mkdirSync(model);
  writeFileSync(join(model, "config.json"), '{"model_type":"qwen2_vl"}');
  const file = join(root, "study.yaml");
  writeFileSync(
    file,
    "name: x\ndefaults: {train: {preset: tiny}}\ncells:\n  - {id: a, method: grpo, train: {batch: 16, epochs: 2}}\n  - {id: b, method: sft, train: {steps: 7}}\n  - {id: c, method: base}\n  - {id: d, method: grpo, train: {batch: 16, set: [num_iterations=3]}}\n",
  );
  const runs = planStudy(readStudy(file), { data, model, out: join(root, "out"), only: null, seeds: null });
  const measured = join(root, "measured.json");
  writeFileSync(measured, `${JSON.stringify({ preset: "tiny", method: "grpo", seconds: { step: 360 } })}\n`);
  writeFileSync(join(root, "sft.json"), JSON.stringify({ preset: "tiny", method: "sft", seconds: { step: 1800 } }));
  const costOf = trainingCosts([measured, join(root, "sft.json")]);
  const costs = [];
  for (const run of runs) costs.push(await costOf(run));
  // 20 questions twice with 8 rollouts each are 320 completions, 16 a step; once, and trained on three times, 480.
  expect(costs).toEqual([{ steps: 20, hours: 2 }, { steps: 7, hours: 3.5 }, null, { steps: 30, hours: 3 }]);
  const hoursBy = async (shape: object) => {
    writeFileSync(measured, JSON.stringify({ preset: "tiny", method: "grpo", shape, seconds: { step: 360 } }));
    return (await trainingCosts([measured])(runs[0]!))?.hours;
  };
  const own = stepShape(runs[0]!.options!);
  expect(await hoursBy(own)).toBe(2);
  expect(await hoursBy({ ...own, batch: 8 })).toBeNull();
  expect(await hoursBy({ ...own, frames: own.frames + 1 })).toBeNull();
  expect(await hoursBy({ ...own, full: true })).toBeNull();
  expect(await hoursBy({ ...own, set: { max_completion_length: 80 } })).toBeNull();
  // As it was written before these two were in it.
  const { full: _full, set: _set, ...former } = own;
  expect(await hoursBy(former)).toBe(2);
  // What only schedules or reports is no other step; what generates longer, or without a reference, is.
  expect(stepShape(runs[3]!.options!).set).toEqual({ num_iterations: 3 });
  const longer = { ...runs[0]!.options!, lora: null, given: {} };
  longer.trainer = { ...longer.trainer, max_completion_length: 80, beta: 0, report_to: "wandb", warmup_steps: 5 };
  expect(measureWords(longer).slice(-6)).toEqual([
    ...["--full", "--set", "beta=0", "--set", "max_completion_length=80", "--json"],
  ]);
  writeFileSync(measured, '{"preset": "tiny"}\n');
  expect(() => trainingCosts([measured])).toThrow(`--measured ${measured}: got `);
  expect(() => trainingCosts([join(root, "nothing.json")])).toThrow("expected what vsi-train measure --json printed");
});
