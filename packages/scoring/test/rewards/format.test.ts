import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CheckedFormat, checkFormat } from "../../src/rewards/format.ts";

const PIECES = ["<think>", "</think>", "<answer>", "</answer>", "<observe>", "<Think>", "3", " ", "\n", "chairs"];

describe("checkFormat", () => {
  test("passes exactly what the definition as one expression passes", () => {
    const text = fc.oneof(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join("")),
      fc
        .tuple(
          fc.constantFrom("", " ", "x"),
          fc.constantFrom("", "why"),
          fc.constantFrom("", "\n", "so"),
          fc.constantFrom("3", " "),
          fc.constantFrom("", ".", "\n"),
        )
        .map(
          ([before, why, between, answer, after]) =>
            `${before}<think>${why}</think>${between}<answer>${answer}</answer>${after}`,
        ),
    );
    const tag = "<\\s{0,3}/?\\s{0,3}(?:think|observe|answer)\\s{0,3}>";
    const right = new RegExp(
      `^\\s*<think>((?:(?!${tag})[^])*)</think>\\s*<answer>((?!\\s*</answer>)(?:(?!${tag})[^])*)</answer>\\s*$`,
      "i",
    );
    fc.assert(
      fc.property(text, (completion) => {
        const match = /<Think>/.test(completion) ? null : right.exec(completion);
        const { guard, reasoning, answer } = checkFormat(completion, "think");
        expect(guard === null).toBe(match !== null);
        if (match !== null) expect([reasoning, answer]).toEqual([match[1], match[2]]);
      }),
      { numRuns: 2000 },
    );
  });

  test.each<[string, CheckedFormat["guard"], string | null]>([
    ["", "tags-missing", null],
    ["3", "tags-missing", null],
    ["<answer>3</answer>", "tags-wrong", "3"],
    ["<observe>x</observe><answer>3</answer>", "tags-wrong", "3"],
    ["<answer>3</answer><think>x</think>", "tags-wrong", null],
    ["<think>x</think><answer>3", "tags-wrong", null],
    ["a <think>x</think><answer>3</answer>", "text-outside-tags", "3"],
    ["<think>x</think><answer>3</answer> a", "text-outside-tags", null],
    ["<think>x</think><answer> </answer>", "answer-missing", null],
  ])("%j", (completion, guard, answer) => {
    expect(checkFormat(completion, "think")).toMatchObject({ guard, answer });
  });
});
