import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { Ajv2020 } from "ajv/dist/2020.js";
import { PUBLISHED_RESULTS } from "vsi-eval";
import { parse } from "yaml";
import { shippedStudies } from "../../src/study/shippedStudies.ts";
import { readStudy, studySchema } from "../../src/study/studyFile.ts";

const root = temporaryFolder();

async function studyOf(text: string, name = "study.yaml"): Promise<string> {
  const file = join(root, name);
  await writeFile(file, text);
  return file;
}

const CELLS = "name: mine\ncells:\n";

describe("a study file", () => {
  test("the cell's own flags take the place of its method's, those the place of all methods'", async () => {
    const file = await studyOf(`name: mine
notes: Why.
defaults:
  train: {preset: tiny, batch: 8, frames: 2}
  sft: {batch: 16, set: [warmup_steps=3]}
  evaluate: {max-tokens: 8, prompts: training}
cells:
  - {id: a, method: sft, train: {frames: 4, full: true}, evaluate: {max-tokens: 16}}
  - {id: b, title: + GRPO, method: grpo, mode: think, from: a, seeds: [3, 1]}
`);
    const { name, notes, cells } = readStudy(file);
    expect({ name, notes }).toEqual({ name: "mine", notes: "Why." });
    expect(cells[0]).toMatchObject({
      id: "a",
      title: "a",
      mode: "vanilla",
      from: "base",
      seeds: [0],
      train: { preset: "tiny", batch: "16", frames: "4", full: true, set: ["warmup_steps=3"] },
      values: { preset: "tiny", batch: 16, frames: 4, full: true, set: ["warmup_steps=3"] },
      evaluate: { "max-tokens": "16", prompts: "training" },
    });
    expect(cells[1]).toMatchObject({ title: "+ GRPO", mode: "think", from: "a", seeds: [3, 1], values: { batch: 8 } });
  });

  test("is read as JSON too", async () => {
    const file = await studyOf('{"name": "mine", "cells": [{"id": "a", "method": "base"}]}', "study.json");
    expect(readStudy(file).cells).toMatchObject([{ id: "a", method: "base", train: {} }]);
  });

  test.each([
    [
      "ids that differ in case alone",
      `${CELLS}  - {id: A, method: base}\n  - {id: a, method: base}\n`,
      ["line 4: got the ids A and a, which are one folder on some disks"],
    ],
    [
      "what makes vsi-eval show its help in place of an evaluation",
      `${CELLS}  - {id: a, method: base, evaluate: {help: true}}\n`,
      ['line 3: evaluate: got the name "help"'],
    ],
    [
      "an alias",
      `${CELLS}  - {id: a, method: sft, train: &t {epochs: 2}}\n  - {id: b, method: sft, train: *t}\n`,
      ["line 4: got the alias *t, expected a value. Write it out."],
    ],
    [
      "a published row without scores",
      `${CELLS}  - {id: a, method: base, published: {model: m, source: s, scores: {}}}\n`,
      ["line 3: scores: got none, expected one at least"],
    ],
    [
      "a misspelt field",
      `${CELLS}  - {id: a, method: base, sedes: [1]}\n`,
      ['line 3: got the name "sedes"', "Did you mean seeds?"],
    ],
    [
      "a misspelt flag",
      `${CELLS}  - {id: a, method: sft, train: {bacth: 8}}\n`,
      ['line 3: got the name "bacth"', "a flag of vsi-train sft", "Did you mean batch?"],
    ],
    [
      "another method's flag",
      `${CELLS}  - {id: a, method: sft, train: {rollouts: 8}}\n`,
      ['got the name "rollouts"', "vsi-train sft"],
    ],
    [
      "a flag that not all have",
      `name: x\ndefaults: {train: {beta: 0}}\ncells: [{id: a, method: base}]\n`,
      ['line 2: got the name "beta"', "that all methods have"],
    ],
    [
      "a flag that the study decides",
      `${CELLS}  - {id: a, method: sft, train: {seed: 1}}\n`,
      ['got the name "seed"', "that a study takes"],
    ],
    [
      "a value out of range",
      `${CELLS}  - {id: a, method: sft, train: {batch: 0}}\n`,
      ["line 3: batch: got 0, expected a whole number of at least 1"],
    ],
    ["a number in quotes", `${CELLS}  - {id: a, method: sft, train: {batch: "8"}}\n`, ["without quotes"]],
    [
      "an evaluation of its own folder",
      `${CELLS}  - {id: a, method: base, evaluate: {out: x}}\n`,
      ['line 3: evaluate: got the name "out"', "that the study does not decide"],
    ],
    [
      "training of a base model",
      `${CELLS}  - {id: a, method: base, train: {batch: 8}}\n`,
      ["line 3: train: means nothing for method base"],
    ],
    [
      "an unknown method",
      `${CELLS}  - {id: a, method: ppo}\n`,
      ["line 3: method: got ppo, expected one of base, grpo, sft, dpo"],
    ],
    [
      "an unknown mode",
      `${CELLS}  - {id: a, method: base, mode: dream}\n`,
      ["mode: got dream, expected one of vanilla, think, observe"],
    ],
    ["no method", `${CELLS}  - {id: a}\n`, ["line 3: method: got nothing"]],
    ["an id that is a path", `${CELLS}  - {id: ../a, method: base}\n`, ['id: got "../a"', "it names a folder"]],
    [
      "two cells of one id",
      `${CELLS}  - {id: a, method: base}\n  - {id: a, method: base}\n`,
      ["line 4: got the id a a second time"],
    ],
    [
      "the base model's name for a trained one",
      `${CELLS}  - {id: base, method: sft}\n`,
      ["got base for a trained model"],
    ],
    [
      "seeds twice",
      `${CELLS}  - {id: a, method: base, seeds: [1, 1]}\n`,
      ["line 3: seeds: got [1,1], expected different whole numbers"],
    ],
    [
      "seeds that are none",
      `${CELLS}  - {id: a, method: base, seeds: [one]}\n`,
      ["expected different whole numbers from 0"],
    ],
    [
      "scores beyond percent",
      `${CELLS}  - {id: a, method: base, published: {model: m, source: s, scores: {overall: 354}}}\n`,
      ["overall: got 354, expected percent"],
    ],
    [
      "published scores without a source",
      `${CELLS}  - {id: a, method: base, published: {model: m, scores: {}}}\n`,
      ["source: got nothing"],
    ],
    ["no cells", "name: x\ncells: []\n", ["cells: got an empty list, expected a list of cells"]],
    ["no name", "cells: [{id: a, method: base}]\n", ["name: got nothing, expected a text"]],
    ["a list", "- a\n", ["got a list, expected a study"]],
    [
      "a name twice",
      "name: x\nname: y\ncells: [{id: a, method: base}]\n",
      ['line 2: got the name "name" a second time'],
    ],
  ])("%s is refused with its place", async (_, text, words) => {
    const file = await studyOf(text);
    const read = (): unknown => readStudy(file);
    for (const word of [file, ...words]) expect(read).toThrow(word);
  });

  test("a name that is neither shipped nor a file names those that are", () => {
    const expected = "got no such file, expected a study file, or one of paper, tiny.";
    expect(() => readStudy("papre")).toThrow(`papre: ${expected} Did you mean paper?`);
    expect(() => readStudy("./mine.yaml")).toThrow(`./mine.yaml: ${expected} Check the path.`);
  });
});

describe("the studies that come with the package", () => {
  test("are read, and follow the schema that ships", () => {
    const check = new Ajv2020({ allowUnionTypes: true }).compile(studySchema());
    const shipped = readFileSync(new URL("../../dist/schemas/vsi-train-study-file.json", import.meta.url), "utf8");
    expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(studySchema())));
    expect(shippedStudies()).toEqual(["paper", "tiny"]);
    for (const name of shippedStudies()) {
      expect(readStudy(name).name).toBe(name);
      const text = readFileSync(new URL(`../../studies/${name}.yaml`, import.meta.url), "utf8");
      expect([check(parse(text)), check.errors]).toEqual([true, null]);
    }
  });

  test("paper has every published row of the 2B model, and beta 0", () => {
    const { cells } = readStudy("paper");
    const published = PUBLISHED_RESULTS.filter(({ model }) => model === "Qwen2-VL-2B");
    const shown = cells.filter((cell) => cell.published !== null);
    expect(shown.map(({ title, mode, published: row }) => [title, mode, row?.scores])).toEqual(
      published.map(({ training, mode, scores }) => [training === null ? "base model" : `+ ${training}`, mode, scores]),
    );
    expect(cells.at(-1)).toMatchObject({ method: "grpo", mode: "think", values: { beta: 0 }, published: null });
  });

  test("tiny: each cell of DPO and GRPO starts from the SFT model of its mode, with room for what that learnt", () => {
    const { cells } = readStudy("tiny");
    const grpo = cells.filter(({ method }) => method === "grpo");
    expect(grpo.map(({ id, mode }) => [id, mode])).toEqual([
      ["vsgrpo-v", "vanilla"],
      ["vsgrpo-t", "think"],
      ["vsgrpo-o", "observe"],
      ["vsgrpo-t-beta-0", "think"],
    ]);
    for (const { from, mode, seeds } of [...grpo, ...cells.filter(({ method }) => method === "dpo")]) {
      const source = cells.find(({ id }) => id === from);
      expect(source).toMatchObject({ method: "sft", mode });
      expect(source?.seeds).toEqual(expect.arrayContaining([...seeds]));
    }
    const tokens = { vanilla: 8, think: 80, observe: 80 };
    for (const { mode, values, evaluate } of grpo) {
      expect(Number(evaluate["max-tokens"])).toBe(tokens[mode]);
      expect(values.set).toEqual(mode === "vanilla" ? undefined : [`max_completion_length=${tokens[mode]}`]);
    }
    expect(cells.filter(({ seeds }) => seeds.length === 3).map(({ id }) => id)).toEqual(["base", "sft", "vsgrpo-v"]);
  });
});
