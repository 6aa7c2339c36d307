import { describe, expect, test } from "@jest/globals";
import { ANSWER_MODES } from "../../src/commands/flags.ts";
import { type AnswerMode, completeRunOptions, promptText } from "../../src/run/runOptions.ts";

const open = { question: "How many chair(s) are in this room?", options: null };
const choice = { question: "Which is closer to the bed?", options: ["A. sink", "B. pillow", "C. guitar"] };

/** The sentences as arXiv 2504.00883 and VSI-Bench print them, typed out here a second time. */
const EVALUATION: Record<AnswerMode, string> = {
  vanilla: "Please answer the question using a single word or phrase.",
  think: "Let's think step by step and then answer the question using a single word or phrase.",
  observe: "Please observe the video first and then answer the question using a single word or phrase.",
};

const TRAINING: Record<AnswerMode, string> = {
  vanilla: "Please provide the short answer with one or two words or a number.",
  think:
    "Please think step by step and enclose your thinking process in <think> </think> tags and then provide the short answer with one or two words or a number in <answer> </answer>.",
  observe:
    "Please observe carefully and analyze what you see that helps you to solve the question in the video and enclose it in <observe> </observe> tag, and then provide the short answer with one or two words or a number in <answer> </answer>.",
};

describe("promptText", () => {
  test.each(ANSWER_MODES)("a question without options, %s: opening, question, the paper's sentence", (mode) => {
    const lines = ["These are frames of a video.", "How many chair(s) are in this room?"];
    expect(promptText(open, mode, "evaluation")).toBe([...lines, EVALUATION[mode]].join("\n"));
    expect(promptText(open, mode, "training")).toBe([...lines, TRAINING[mode]].join("\n"));
  });

  test("a question with options as VSI-Bench asks it", () => {
    expect(promptText(choice, "vanilla", "evaluation")).toBe(
      "These are frames of a video.\nWhich is closer to the bed?\nOptions:\nA. sink\nB. pillow\nC. guitar\nAnswer with the option's letter from the given choices directly.",
    );
  });

  test("options are listed in the training wording too", () => {
    expect(promptText(choice, "think", "training")).toBe(
      `These are frames of a video.\nWhich is closer to the bed?\nOptions:\nA. sink\nB. pillow\nC. guitar\n${TRAINING.think}`,
    );
  });

  test("the six ways to ask for a letter or a word all differ", () => {
    const texts = ANSWER_MODES.flatMap((mode) => [open, choice].map((one) => promptText(one, mode, "evaluation")));
    expect(new Set(texts).size).toBe(6);
  });
});

describe("completeRunOptions", () => {
  const given = { model: "m", baseUrl: "http://localhost:8000/v1", data: "d", out: "o" };

  test.each([
    [
      { baseUrl: "localhost:8000" },
      'baseUrl: got "localhost:8000", expected the address of an OpenAI-compatible server, such as http://localhost:8000/v1.',
    ],
    [
      { withoutFrames: true, shuffledFrames: true },
      "shuffledFrames: got true, expected false with withoutFrames: each is a run of its own.",
    ],
  ])("regression: %j was refused in the words of flags", (wrong, message) => {
    expect(() => completeRunOptions({ ...given, ...wrong })).toThrow(message);
  });
});
