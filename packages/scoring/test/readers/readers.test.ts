import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import manifest from "../../package.json" with { type: "json" };
import type { ReaderQuestion } from "../../src/readers/answerReader.ts";
import { READERS, readerNamed } from "../../src/readers/readers.ts";
import { nastyText } from "../support/nastyText.ts";

const NUMBER: ReaderQuestion = { question_type: "object_abs_distance", ground_truth: "4", options: null };
const CHOICE: ReaderQuestion = {
  question_type: "object_rel_distance",
  ground_truth: "B",
  options: ["A. bed", "B. sofa", "C. chair", "D. table"],
};

test("every reader has a name of its own, a version, and says where it comes from", () => {
  expect(new Set(READERS.map(({ name }) => name)).size).toBe(READERS.length);
  for (const { version, about, source } of READERS) {
    for (const text of [version, about, source]) expect(text).toMatch(/\w/);
  }
  expect(READERS.at(-1)?.version).toBe(manifest.version);
  expect(() => readerNamed("nobody")).toThrow("expected one of vsi-bench, lmms-eval");
});

describe("numbers", () => {
  /** What vsi-bench, lmms-eval, vlmevalkit and revsi read, and robust where it reads something. */
  test.each<[string, string, number | null, number | null, string, number | null]>([
    ["4", "4", 4, 4, "4", 4],
    ["The answer is 2.5.", "The", 2.5, 2.5, "The", 2.5],
    ["1,500", "1,500", 1, 500, "1,500", 1500],
    [" 3. ", "", 3, 3, "3", 3],
    ["2 apples in room one", "2", 2, 1, "2", null],
    ["<think>4 steps</think><answer>2.5</answer>", "<think>4", 4, 2.5, "<think>4", 2.5],
    ["three hundred and twenty-one", "three", 321, -1, "three", 321],
    ["[7, 9]", "[7,", 7, 7, "[7,", null],
    ["['8', 9]", "['8',", 8, 8, "['8',", null],
    ["[seven]", "[seven]", 7, null, "[seven]", 7],
    ["about 1e3 or so", "about", 1, 1000, "about", 1000],
    ["<think>12", "<think>12", 12, 12, "<think>12", null],
    ["nothing", "nothing", null, null, "nothing", null],
  ])("%j", (text, vsiBench, lmmsEval, vlmEvalKit, revsi, robust) => {
    const read = (name: string) => readerNamed(name).read(text, NUMBER);
    expect(["vsi-bench", "lmms-eval", "vlmevalkit", "revsi"].map(read)).toEqual([
      vsiBench,
      lmmsEval,
      vlmEvalKit,
      revsi,
    ]);
    if (robust !== null) expect(read("robust")).toBe(robust);
  });

  test("a truth of 0: ReVSI's gives nothing, VLMEvalKit's measures the answer itself", () => {
    const nothing = { ...NUMBER, ground_truth: "0" };
    expect(readerNamed("revsi").score("0", nothing)).toBe(0);
    expect(readerNamed("vlmevalkit").score("0", nothing)).toBe(1);
    expect(readerNamed("vlmevalkit").score("0.3", nothing)).toBe(0.5);
  });
});

describe("options", () => {
  test.each<[string, string, string | null]>([
    ["B", "B", "B"],
    ["b.", "b", null],
    [" B", "", "B"],
    ["**B**", "**B**", "B"],
    ["B. sofa", "B", "B"],
    ["The answer is (B)", "The", "B"],
    ["final answer: b", "final", "B"],
    ["答案是 B", "答案是", "B"],
    ["A or B", "A", null],
    ["Option A: bed\nOption B: sofa\nB", "Option", "B"],
    ["<think>A</think>B", "<think>A</think>B", "A"],
    ["<answer>J</answer>", "<answer>J</answer>", "J"],
    ["the sofa", "the", null],
  ])("%j", (text, vsiBench, vlmEvalKit) => {
    expect(readerNamed("vsi-bench").read(text, CHOICE)).toBe(vsiBench);
    expect(readerNamed("lmms-eval").read(text, CHOICE)).toBe(vsiBench);
    expect(readerNamed("vlmevalkit").read(text, CHOICE)).toBe(vlmEvalKit);
    expect(readerNamed("vlmevalkit").score(text, CHOICE)).toBe(vlmEvalKit === "B" ? 1 : 0);
  });

  test("regression: a word as the truth is not matched by any answer without a letter", () => {
    const word: ReaderQuestion = { question_type: "object_rel_distance", ground_truth: "sofa", options: null };
    expect(readerNamed("vlmevalkit").score("nothing to read", word)).toBe(0);
  });
});

test("no text of a model makes a reader fail, and a score is in 0 to 1", () => {
  fc.assert(
    fc.property(fc.oneof(nastyText, fc.string({ unit: "binary" })), (text) => {
      for (const reader of READERS) {
        for (const question of [NUMBER, CHOICE]) {
          reader.read(text, question);
          const score = reader.score(text, question);
          expect(score >= 0 && score <= 1).toBe(true);
        }
      }
    }),
  );
});

test("regression: repeated tags, blanks and brackets took time that grows with the square, or the stack", () => {
  const n = 60_000;
  const texts = ["<answer", "<answer>A", "<think>", "answer:( ", "the answer ", "*", "[", "[{(", "1,", "-", "\n"].map(
    (part) => part.repeat(n),
  );
  const start = process.cpuUsage().user;
  for (const text of texts) {
    for (const whole of [text, `[${text}]`, `answer${" ".repeat(n)}x`]) {
      for (const { read } of READERS) for (const question of [NUMBER, CHOICE]) read(whole, question);
    }
  }
  // Under a second alone; a single one of them took minutes.
  expect((process.cpuUsage().user - start) / 1e6).toBeLessThan(60);
}, 120_000);

const CASES = join(
  process.env.VSI_SHARED_DATA ?? join(import.meta.dirname, "../../../../../shared/data"),
  "../cases/readers.jsonl",
);

/** Texts with what each program's own function returned; they are not part of this repository. */
(existsSync(CASES) ? test : test.skip)("each program's own function returned the same", () => {
  const names = { vsi_bench: "vsi-bench", lmms_eval: "lmms-eval", vlmevalkit: "vlmevalkit", revsi: "revsi" };
  const lines = readFileSync(CASES, "utf8").trimEnd().split("\n");
  for (const line of lines) {
    const { text, kind, ...returned } = JSON.parse(line);
    const question = kind === "number" ? NUMBER : CHOICE;
    const read = Object.fromEntries(
      Object.entries(names).map(([key, name]) => [key, readerNamed(name).read(text, question)]),
    );
    expect({ text, ...read }).toEqual({ text, ...returned });
  }
  expect(lines.length).toBeGreaterThan(300);
});
