import { expect, test } from "@jest/globals";
import { settingSources } from "../../src/dryRun/settingSources.ts";
import { trainerArguments } from "../../src/settings/trainerArguments.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

test("the preset's source stands only where the preset's value does", () => {
  const options = makeTrainOptions();
  expect(settingSources(options).learning_rate).toMatch(/^arXiv 2504\.00883v2/);
  const changed = makeTrainOptions({
    learningRate: 1e-3,
    lora: null,
    frames: 4,
    trainer: { ...options.trainer, beta: 0 },
  });
  expect(settingSources(changed)).toMatchObject({
    learning_rate: "given",
    lora: "given",
    frames: "given",
    beta: "given",
  });
  expect(settingSources(changed).temperature).toBe(settingSources(options).temperature);
});

test("no source is for a setting that TRL is not told", () => {
  const told = Object.keys(trainerArguments(makeTrainOptions(), true));
  const named = Object.keys(settingSources(makeTrainOptions()));
  expect(named.filter((name) => !told.includes(name)).sort()).toEqual(["frames", "lora", "max_pixels"]);
});
