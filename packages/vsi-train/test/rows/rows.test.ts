import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { traceOf } from "@vsi/questions";
import { guardReasoning, type RewardMode, reward } from "@vsi/scoring";
import { temporaryFolder } from "@vsi/testing/folders";
import {
  describeSkipped,
  dpoRow,
  grpoRow,
  makeRows,
  promptText,
  type RowSettings,
  sftRow,
  writeJsonl,
} from "../../src/rows/rows.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";

test.each(VSI_100K_QUESTIONS)("the chosen answer is worth 1 and the rejected one less: $question_type", (question) => {
  for (let seed = 0; seed < 20; seed++) {
    const row = dpoRow(question, ["/a.jpg"], seed)!;
    const accuracyOf = (completion: string): number => reward({ ...question, completion, mode: "vanilla" }).accuracy;
    expect(accuracyOf(row.chosen[0]!.content)).toBe(1);
    // The nearest wrong number is a quarter off.
    expect(accuracyOf(row.rejected[0]!.content)).toBeLessThanOrEqual(0.75);
    expect(row.prompt).toEqual([{ role: "user", content: promptText(question, "vanilla") }]);
    expect(row).toMatchObject({ id: question.id, images: ["/a.jpg"] });
  }
});

test("is none where nothing else can be answered", () => {
  expect(dpoRow(makeQuestion({ question_type: "route_planning", ground_truth: "left" }), [], 0)).toBeNull();
});

test.each(VSI_100K_QUESTIONS)("is a request that the reward worker takes: $question_type", (question) => {
  const { prompt, images, id, ...request } = grpoRow(question, ["/a.jpg"], {
    mode: "vanilla",
    reward: "mra",
    weights: null,
  });
  expect(prompt).toEqual([{ role: "user", content: promptText(question, "vanilla") }]);
  expect({ images, id }).toEqual({ images: ["/a.jpg"], id: question.id });
  expect(reward({ ...request, completion: question.ground_truth })).toMatchObject({ total: 1, format: null });
});

test("weights go into the row where they are not the reward's own", () => {
  const settings = { mode: "vanilla", reward: "paper-length" } as const;
  const question = VSI_100K_QUESTIONS[0]!;
  expect(grpoRow(question, [], { ...settings, weights: null })).not.toHaveProperty("weights");
  const { prompt: _, ...row } = grpoRow(question, [], { ...settings, weights: { accuracy: 2 } });
  expect(reward({ ...row, completion: question.ground_truth }).total).toBe(2);
});

test("says the mode: the answer without its tags is not paid in think mode", () => {
  const { prompt, ...row } = grpoRow(VSI_100K_QUESTIONS[0]!, [], { mode: "think", reward: "paper", weights: null });
  expect(prompt[0]!.content).toContain("<think> </think>");
  expect(reward({ ...row, completion: "3" })).toMatchObject({ total: 0 });
});

const entryOf = (question: Question, index: number) => ({
  question,
  file: "train.jsonl",
  line: index + 1,
  images: ["/a.jpg"],
});

const GRPO: RowSettings = { method: "grpo", mode: "vanilla", reward: "paper", weights: null, seed: 0 };

test.each(["grpo", "sft", "dpo"] as const)("%s: a row for each question, in order", (method) => {
  const { rows, counts, skipped } = makeRows(VSI_100K_QUESTIONS.map(entryOf), { ...GRPO, method });
  expect(rows.map(({ id }) => id)).toEqual(VSI_100K_QUESTIONS.map(({ id }) => id));
  expect(counts).toMatchObject({ object_counting: 1, room_size_estimation: 1 });
  expect(skipped).toEqual({});
});

test("GRPO: a number question whose truth is no number stops it, with the line", () => {
  const entries = [makeQuestion(), makeQuestion({ ground_truth: "three" })].map(entryOf);
  expect(() => makeRows(entries, GRPO)).toThrow(
    expect.objectContaining({
      code: "question-without-reward",
      detail: expect.objectContaining({ file: "train.jsonl", place: "line 2, object_counting" }),
    }),
  );
});

describe("questions that a method can't use are skipped and counted", () => {
  const order = makeQuestion({ question_type: "obj_appearance_order", ground_truth: "bed, sink" });
  const route = makeQuestion({ question_type: "route_planning", ground_truth: "turn left" });
  const entries = [makeQuestion(), order, order, route].map(entryOf);

  test("SFT in think mode: evidence that measures nothing", () => {
    const made = makeRows(entries, { ...GRPO, method: "sft", mode: "think" });
    expect(made).toMatchObject({ counts: { object_counting: 1 }, skipped: { obj_appearance_order: 2 } });
    expect(made.rows).toHaveLength(1);
    expect(describeSkipped(made.skipped, "sft")).toBe(
      "Skipped: obj_appearance_order 2, route_planning 1; their evidence measures nothing to reason from (--mode vanilla takes them).",
    );
  });

  test("DPO: no other answer", () => {
    const made = makeRows(entries, { ...GRPO, method: "dpo" });
    expect(made.skipped).toEqual({ obj_appearance_order: 2, route_planning: 1 });
    expect(describeSkipped(made.skipped, "dpo")).toMatch(/they offer no wrong answer/);
  });

  test("GRPO and SFT's short answers take all of them", () => {
    for (const method of ["grpo", "sft"] as const) {
      expect(makeRows(entries, { ...GRPO, method })).toMatchObject({ skipped: {}, rows: { length: 4 } });
    }
    expect(describeSkipped({}, "sft")).toBeNull();
  });
});

// The strings are written out here from the paper (arXiv 2504.00883v2), not taken from the file that is tested.
const SENTENCES = {
  vanilla: "Please provide the short answer with one or two words or a number.",
  think:
    "Please think step by step and enclose your thinking process in <think> </think> tags and then provide the short answer with one or two words or a number in <answer> </answer>.",
  observe:
    "Please observe carefully and analyze what you see that helps you to solve the question in the video and enclose it in <observe> </observe> tag, and then provide the short answer with one or two words or a number in <answer> </answer>.",
} as const;

test.each(Object.entries(SENTENCES))("%s: opening, question and the paper's sentence", (mode, sentence) => {
  expect(promptText(makeQuestion(), mode as keyof typeof SENTENCES)).toBe(
    `These are frames of a video.\nHow many chair(s) are in this room?\n${sentence}`,
  );
});

test("options stand between question and sentence", () => {
  const options = ["A. left", "B. right"];
  expect(promptText(makeQuestion({ options }), "vanilla").split("\n").slice(2, 5)).toEqual(["Options:", ...options]);
});

const evidence = { object_ids: [], value: null, unit: null, margin: null, route: null, frames: null };

describe("what stands between the tags", () => {
  test.each(VSI_100K_QUESTIONS)(
    "$question_type: is reasoning to @vsi/scoring's guards, and tells what was measured",
    (question) => {
      const text = traceOf(question)!;
      expect(guardReasoning(text)).toBeNull();
      const measured = Math.abs(question.evidence.value!);
      const numbers = (text.match(/\d+(\.\d+)?/g) ?? []).map(Number);
      expect(numbers.some((number) => Math.abs(number - measured) < 0.06)).toBe(true);
    },
  );

  test("a turn to the left is a positive angle, as in the dataset's schema", () => {
    const direction = VSI_100K_QUESTIONS[5]!;
    expect(traceOf(direction)).toContain("72 degrees to the right");
    expect(traceOf({ ...direction, evidence: { ...direction.evidence, value: 40 } })).toContain(
      "40 degrees to the left",
    );
  });

  test("is nothing where nothing was measured", () => {
    expect(traceOf(makeQuestion({ evidence }))).toBeNull();
    expect(
      traceOf(makeQuestion({ question_type: "obj_appearance_order", evidence: { ...evidence, value: 3, unit: "s" } })),
    ).toBeNull();
  });
});

const MODES: readonly RewardMode[] = ["vanilla", "think", "observe"];

describe.each(MODES)("%s", (mode) => {
  test.each(VSI_100K_QUESTIONS)("teaches what the reward pays in full: $question_type", (question) => {
    const row = sftRow(question, ["/a.jpg"], mode)!;
    const { ground_truth, question_type, options } = question;
    const completion = row.completion[0]!.content;
    const paid = reward({ completion, ground_truth, question_type, options, mode });
    expect(paid).toMatchObject({ total: mode === "vanilla" ? 1 : 2, guards: [] });
    expect(row).toMatchObject({ id: question.id, images: ["/a.jpg"] });
    expect(row.prompt).toEqual([{ role: "user", content: promptText(question, mode) }]);
  });
});

test("is none where a mode wants reasoning and there is none to give", () => {
  const question = makeQuestion({ question_type: "obj_appearance_order", ground_truth: "bed, sink" });
  expect(sftRow(question, [], "think")).toBeNull();
  expect(sftRow(question, [], "vanilla")?.completion).toEqual([{ role: "assistant", content: "bed, sink" }]);
});

const root = temporaryFolder();

test("a line for each record; when one can't be made, what stood there stays and no part of a file is left", async () => {
  const path = join(root, "rows.jsonl");
  await writeJsonl(path, [{ a: 1 }, { b: "two\nlines" }]);
  expect(
    (await readFile(path, "utf8"))
      .split("\n")
      .slice(0, 2)
      .map((line) => JSON.parse(line)),
  ).toEqual([{ a: 1 }, { b: "two\nlines" }]);
  function* broken() {
    yield { c: 3 };
    throw new Error("no more");
  }
  await expect(writeJsonl(path, broken())).rejects.toThrow("no more");
  expect(await readdir(root)).toEqual(["rows.jsonl"]);
  expect(await readFile(path, "utf8")).toContain('{"a":1}');
});
