import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import former from "../../bytes/choices-0.1.json" with { type: "json" };
import { CASES } from "../../src/bytes/cases.ts";
import { ALL_SPLITS, choicesOf, comparedChoices } from "../../src/bytes/choices.ts";

const QUESTION = {
  id: "a1",
  scene_name: "scene9000_00",
  question_type: "object_abs_distance",
  question: "How far is the bed from the lamp?",
  ground_truth: "2.4",
  options: null as string[] | null,
  evidence: { object_ids: [3, 4], value: 2.41, frames: null as string[] | null },
};

const OTHER = { ...QUESTION, ground_truth: "1.0", evidence: { ...QUESTION.evidence, object_ids: [3, 5] } };

describe("what a build chose to ask", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vsi-choices-"));
    await mkdir(join(folder, "data"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function choices(questions: readonly object[]) {
    await writeFile(join(folder, "data", "train.jsonl"), questions.map((one) => `${JSON.stringify(one)}\n`).join(""));
    return choicesOf(folder);
  }

  test.each([
    ["another wording and its id", { ...QUESTION, id: "b2", question: "What is the distance?" }],
    ["what is said of the frames", { ...QUESTION, evidence: { ...QUESTION.evidence, frames: ["0.jpg"] } }],
  ])("is the same with %s", async (_, changed) => {
    expect(await choices([changed, OTHER])).toEqual(await choices([QUESTION, OTHER]));
  });

  test.each([
    ["scene", [{ ...QUESTION, scene_name: "scene9001_00" }, OTHER]],
    ["type", [{ ...QUESTION, question_type: "object_rel_distance" }, OTHER]],
    ["object", [{ ...QUESTION, evidence: { ...QUESTION.evidence, object_ids: [4, 3] } }, OTHER]],
    ["answer", [{ ...QUESTION, ground_truth: "2.5" }, OTHER]],
    ["order", [OTHER, QUESTION]],
    ["question less", [QUESTION]],
    ["question more", [QUESTION, OTHER, OTHER]],
  ])("is not with another %s", async (_, changed) => {
    const before = await choices([QUESTION, OTHER]);
    expect(Object.keys(before)).toEqual(["data/train.jsonl", ALL_SPLITS]);
    expect(Object.keys(comparedChoices({ "data/train.jsonl": "" }, before))).toEqual(["data/train.jsonl"]);
    expect(Object.keys(comparedChoices({ [ALL_SPLITS]: "" }, before))).toEqual([ALL_SPLITS]);
    expect(await choices(changed)).not.toEqual(before);
  });

  test("is nothing of an output without questions", async () => {
    await rm(join(folder, "data"), { recursive: true });
    expect(await choicesOf(folder)).toEqual({});
  });
});

test("what 0.1 chose is held against cases that choose by the papers' rules", () => {
  for (const name of Object.keys(former)) {
    const [found] = CASES.filter((one) => one.name === name);
    const builds = found?.steps.filter(({ command }) => command.includes("--out")) ?? [];
    expect({
      name,
      builds: builds.length > 0,
      rules: builds.every((step) => step.command.includes("--rules paper")),
    }).toEqual({ name, builds: true, rules: true });
  }
});
