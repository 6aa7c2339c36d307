import { describe, expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import fc from "fast-check";
import { type AnswerText, findAnswerText, findTags, withoutLeadIn } from "../../src/reader/answerText.ts";

describe("findAnswerText", () => {
  test.each<[string, AnswerText["text"], AnswerText["found"]]>([
    [" 3 ", "3", "whole"],
    ["", "", "whole"],
    ["<answer> 3\n</answer> or 4", "3", "tags"],
    ["<answer>3</answer><answer> 3 </answer>", "3", "tags"],
    ["<answer>3</answer><answer>4</answer>", null, "tags"],
    ["<answer>3", "3", "tags"],
    ["<answer></answer>", "", "tags"],
    ["<think>answer: 4</think> 3", "3", "whole"],
    ["The answer is: 3", "3", "marker"],
    ["answer: 4, no, answer = 3", "3", "marker"],
    ["answering: 3", "answering: 3", "whole"],
    ["so \\boxed{3}.", "3", "boxed"],
    ["\\boxed{3} and again \\boxed{ 3 }", "3", "boxed"],
    ["\\boxed{3} or \\boxed{4}", null, "boxed"],
    ["\\boxed{250\\text{ cm}} is it", "250\\text{ cm}", "boxed"],
    ["\\boxed{3", "3", "boxed"],
    ["$-\\boxed{3}$", "-3", "boxed"],
    ["\u2212 $\\boxed{3}$", "-3", "boxed"],
    ["<answer>\\boxed{3}</answer>", "\\boxed{3}", "tags"],
  ])("%j", (completion, text, found) => {
    expect(findAnswerText(completion)).toMatchObject({ text, found });
  });

  test("of text in one pair of tags gives that text, trimmed", () => {
    const plain = fc.string().filter((text) => !text.includes("<"));
    fc.assert(
      fc.property(plain, plain, (before, inside) => {
        expect(findAnswerText(`${before}<answer>${inside}</answer>`).text).toBe(inside.trim());
      }),
    );
  });
});

test("what stands around an answer is told apart", () => {
  expect(findAnswerText("4. The answer is 5, no. The answer is 3")).toMatchObject({
    text: "3",
    earlier: ["5"],
    before: "4",
  });
  expect(findAnswerText("4 \\boxed{3} or 5")).toMatchObject({ text: "3", before: "4 ", after: " or 5" });
  expect(findAnswerText("<answer>3</answer> or 4").after).toBe(" or 4");
});

test("regression: an answer whose tag the prompt opened was read as empty", () => {
  expect(findAnswerText("4</answer>")).toMatchObject({ text: "4", found: "whole" });
  expect(findAnswerText("I see five.</think>4</answer>\n")).toMatchObject({ text: "4" });
  // What follows a closing tag is another answer.
  expect(findAnswerText("5</answer>4")).toMatchObject({ text: "4" });
  expect(findAnswerText("<answer>5</answer>4</answer>")).toMatchObject({ text: "5", after: "4</answer>" });
});

test("an introduction is left out where it is the only one and nothing is said before it", () => {
  const texts = ["The answer is 3", "**Answer:** 3", "So my final answer is: 3", "答案是3", "3", "4. The answer is 3"];
  expect(texts.map((text) => withoutLeadIn(text).replaceAll("*", "").trim())).toEqual([
    ...Array.from({ length: 5 }, () => "3"),
    "4. The answer is 3",
  ]);
});

const PIECES = ["<think>", "</think>", "<answer>", "</ANSWER>", "< observe >", "<", ">", "/", "answer", " ", "\t", "x"];

describe("findTags", () => {
  test("finds the same as one expression tried at every character", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (completion) => {
        const expected = [...completion.matchAll(/<[ \t]{0,3}(\/?)[ \t]{0,3}(think|observe|answer)[ \t]{0,3}>/gi)].map(
          (match) => [match.index, match.index + match[0].length, match[1] === "/", at(match, 2).toLowerCase()],
        );
        const found = findTags(completion);
        expect(found.map(({ start, end, closing, name }) => [start, end, closing, name])).toEqual(expected);
        for (const { start, end, exact, closing, name } of found) {
          expect(exact).toBe(completion.slice(start, end) === `<${closing ? "/" : ""}${name}>`);
        }
      }),
    );
  });

  test("takes no other tag, no attributes and no wide gap", () => {
    expect(findTags('<b><answer id="1"><       answer><answers>&lt;answer&gt;＜answer＞<answer')).toEqual([]);
    expect(findTags("")).toEqual([]);
  });
});
