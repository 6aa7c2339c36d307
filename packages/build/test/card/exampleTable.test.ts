import { expect, test } from "@jest/globals";
import { exampleTable } from "../../src/card/exampleTable.ts";
import { question } from "../support/question.ts";

const summary = {
  type: "object_abs_distance",
  questions: {},
  answers: new Map(),
  letters: new Map(),
  unit: "m",
} as const;

test("a question with its answer, what was measured and the objects", () => {
  const evidence = { ...question().evidence, value: 4.370884 };
  const [, , row] = exampleTable({ ...summary, examples: [question({ evidence })] }).split("\n");
  const { id, question: text } = question();
  expect(row).toBe(`| ${id} | scene0000_00 | ${text} | 4.4 | 4.3709 m | 4, 9 |`);
});

test("options stand behind the question, and the answer has its letter; nothing measured is a dash", () => {
  const choice = question({
    question: "Which?",
    ground_truth: "sink",
    options: ["A. bed", "B. sink"],
    mc_answer: "B",
    evidence: { ...question().evidence, value: null, unit: null },
  });
  const [, , row] = exampleTable({ ...summary, examples: [choice] }).split("\n");
  expect(row).toContain("| Which? A. bed B. sink | B (sink) | – |");
});

test("an annotator's odd label stays text: no row, cell or link of its own", () => {
  const table = exampleTable({ ...summary, examples: [question({ question: "a | b\n[x](http://y) <b>" })] });
  expect(table.trim().split("\n")).toHaveLength(3);
  expect(table).not.toMatch(/[^\\]\[x|<b>|a \| b/);
});
