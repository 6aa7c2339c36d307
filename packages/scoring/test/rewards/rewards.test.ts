import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type RewardRequest, reward } from "../../src/rewards/reward.ts";
import { LENGTH_WORDS, lengthReward, REWARD_NAMES, REWARDS } from "../../src/rewards/rewards.ts";

const THINK = "I see one lamp beside the stove and three more along the wall.";
const QUESTION = { question_type: "object_counting", ground_truth: "4", mode: "think" } as const;

function ask(completion: string, more: Partial<RewardRequest> = {}) {
  return reward({ ...QUESTION, completion, ...more });
}

describe("rewards by name", () => {
  test("the default is paper, and the older field accuracy means the reward of that name", () => {
    const completion = `<think>${THINK}</think><answer>5</answer>`;
    expect(ask(completion)).toEqual(ask(completion, { reward: "paper" }));
    expect(ask(completion, { accuracy: "mra" })).toEqual(ask(completion, { reward: "mra" }));
    expect(ask(completion, { accuracy: "mra", reward: "paper" }).accuracy).toBe(0.75);
    expect(ask(completion, { reward: "mra" }).accuracy).toBe(0.6);
  });

  test("paper-plain pays the hacks that the paper met, the others do not", () => {
    const hacks = [
      "<think> </think><answer>4</answer>",
      `<think></think>${"<think></think>".repeat(50)}<answer>4</answer>${"<answer>4</answer>".repeat(50)}`,
    ];
    for (const completion of hacks) {
      expect(ask(completion, { reward: "paper-plain" })).toMatchObject({
        total: 2,
        format: 1,
        accuracy: 1,
        guards: [],
      });
      for (const name of ["paper", "mra", "paper-length"] as const) {
        expect(ask(completion, { reward: name }).format).toBe(0);
      }
    }
  });

  test("paper-plain reads as the paper's code does: the first answer pair of one line, or all of the text", () => {
    const plain = (completion: string, more: Partial<RewardRequest> = {}) =>
      ask(completion, { reward: "paper-plain", ...more });
    expect(plain("<answer>4</answer><answer>9</answer>")).toMatchObject({ format: 0, accuracy: 1, value: 4 });
    expect(plain("<answer>9\n</answer> <answer>4</answer>").value).toBe(4);
    expect(plain("4 lamps", { mode: "vanilla" })).toMatchObject({ format: null, accuracy: 1 });
    expect(plain("four", { mode: "vanilla" })).toMatchObject({ accuracy: 0, value: null });
    const side = { question_type: "object_rel_direction_easy", ground_truth: "B", options: ["A. right", "B. left"] };
    expect(plain("b", { ...side, mode: "vanilla" }).accuracy).toBe(1);
    expect(plain("B. left", { ...side, mode: "vanilla" }).accuracy).toBe(0);
  });

  test("paper-plain's format is Python's full match of the tags", () => {
    const pieces = fc.array(fc.constantFrom("<think>", "</think>", "<answer>", "</answer>", " ", "x", "\n"), {
      maxLength: 9,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        const completion = parts.join("");
        const isMatch = /^<think>[\s\S]*?<\/think>\s*<answer>[\s\S]*?<\/answer>$/.test(completion);
        expect(ask(completion, { reward: "paper-plain" }).format).toBe(isMatch ? 1 : 0);
      }),
      { numRuns: 3000 },
    );
  });

  test("paper-length pays reasoning by its words, and none where the format is not paid", () => {
    const words = THINK.split(" ").length;
    const paid = ask(`<think>${THINK}</think><answer>9</answer>`, { reward: "paper-length" });
    expect(paid).toMatchObject({ format: 1, accuracy: 0, length: words / LENGTH_WORDS });
    expect(paid.total).toBeCloseTo(1 + words / LENGTH_WORDS / 2, 12);
    expect(ask(`<think>${"so ".repeat(200)}</think><answer>4</answer>`, { reward: "paper-length" })).toMatchObject({
      format: 0,
      length: 0,
      total: 1,
    });
    expect(ask("4", { mode: "vanilla", reward: "paper-length" })).toMatchObject({ format: null, length: 0, total: 1 });
    expect([lengthReward(0), lengthReward(50), lengthReward(1e6)]).toEqual([0, 0.5, 1]);
  });

  test("a long wrong completion stays behind a short right one", () => {
    const { format, accuracy, length } = REWARDS["paper-length"].weights;
    expect(format + length).toBeLessThan(format + accuracy);
  });

  test("weights take the place of the reward's own, part by part", () => {
    const completion = `<think>${THINK}</think><answer>4</answer>`;
    expect(ask(completion, { weights: { format: 0.5 } }).total).toBe(1.5);
    expect(ask(completion, { weights: { format: 0, accuracy: 3 } }).total).toBe(3);
    expect(ask(completion, { weights: {} }).total).toBe(2);
  });

  test("an unknown reward or part, and a weight that is none, are the request's fault", () => {
    const unfit: Partial<RewardRequest>[] = [
      { reward: "plain" as "paper" },
      { reward: "toString" as "paper" },
      { weights: { style: 1 } as object },
      { weights: { format: -1 } },
      { weights: { format: Number.NaN } },
      { weights: { accuracy: "1" as unknown as number } },
    ];
    for (const more of unfit) {
      expect(() => ask("4", more)).toThrow(expect.objectContaining({ code: "request-unfit" }));
    }
  });

  test("each says what it is and where it comes from", () => {
    for (const name of REWARD_NAMES) {
      expect(REWARDS[name].about.length).toBeGreaterThan(20);
      expect(REWARDS[name].source).toMatch(/arXiv \d{4}\.\d{5}/);
    }
  });
});

// What is quadratic in any of these takes minutes for 100 kB, and hours for a megabyte.
const PIECES = [
  "[",
  "(",
  "{",
  "[1,",
  "(1,",
  "{1,",
  "1,",
  "1.",
  "1 ",
  "- ",
  "-",
  "=",
  "1=",
  "1+",
  "x ",
  "<",
  "<think>",
  "</think>",
  "<answer>",
  "</answer>",
  "</answer><answer>",
  "</think> <answer>",
  "answer is ",
  "answer: 1 ",
  "\\boxed{",
  "\\frac{1}",
  "$",
  "^{",
  "<sup>",
  "a ",
  "A ",
  "A hmm ",
  "or ",
  "left ",
  "左",
  "十",
  "二百",
  "第",
  "米",
  "one hundred ",
  "two and a half ",
  "among , is ",
  "closer ",
  "than ",
  "followed by ",
  "order ",
  "what is ",
  "?",
  "\n",
  "\u200b",
  "\u3164",
  "ا",
  "가",
  "é",
  "e\u0301",
  "\u0301",
  "𝟜",
  "٣",
  "1/1/",
  "5'3\"",
  "minus ",
  "B\n",
  "because ",
  ": ",
  "both ",
  "so the ",
  "or so ",
  "it's ",
];

describe("any text is rewarded in time linear in it", () => {
  test.each(REWARD_NAMES)("%s", (name) => {
    const types = [
      "object_counting",
      "object_abs_distance",
      "object_rel_distance",
      "object_rel_direction_hard",
      "obj_appearance_order",
    ];
    for (const piece of PIECES) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      const short = text.slice(0, 1900);
      for (const question_type of types) {
        const isNumber = question_type === "object_counting" || question_type === "object_abs_distance";
        const question = { question_type, ground_truth: isNumber ? "4" : "left lamp", reward: name };
        for (const answer of [text, short]) {
          for (const completion of [answer, `<think>${text}</think><answer>${answer}</answer>`, `<think>${text}`]) {
            const { total } = reward({ ...question, completion, mode: completion === answer ? "vanilla" : "think" });
            expect(Number.isFinite(total)).toBe(true);
          }
        }
      }
    }
  });
});
