import { expect, test } from "@jest/globals";
import {
  easyR1Record,
  llamaFactoryInfo,
  llamaFactoryRecord,
  msSwiftRecord,
  textWithPlaces,
} from "../../src/export/formats.ts";
import { makeQuestion } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";

const rows = makeRowsOf(makeQuestion());
const images = ["/frames/a.jpg", "/frames/b.jpg"];
const asked = `<image><image>${rows.grpo.prompt[0]!.content}`;

test("EasyR1's form, field by field", () => {
  const { answer, ...rest } = easyR1Record(rows.grpo);
  expect(rest).toEqual({ images, problem: asked });
  // All that the reward worker is asked with: EasyR1 hands nothing else to a reward function.
  expect(JSON.parse(answer)).toEqual({
    ground_truth: "3",
    question_type: "object_counting",
    options: null,
    mode: "think",
    reward: "mra",
  });
});

const askedShortly = `<image><image>${rows.dpo.prompt[0]!.content}`;
const answer = rows.sft.completion[0]!.content;
const wrong = rows.dpo.rejected[0]!.content;

test("LLaMA-Factory's form, field by field", () => {
  expect(llamaFactoryRecord(rows.sft)).toEqual({
    conversations: [
      { from: "human", value: asked },
      { from: "gpt", value: answer },
    ],
    images,
  });
  expect(llamaFactoryRecord(rows.dpo)).toEqual({
    conversations: [{ from: "human", value: askedShortly }],
    chosen: { from: "gpt", value: "3" },
    rejected: { from: "gpt", value: wrong },
    images,
  });
  expect(llamaFactoryInfo("sft", { train: "train.jsonl" })).toEqual({
    vsi_train: {
      file_name: "train.jsonl",
      formatting: "sharegpt",
      columns: { messages: "conversations", images: "images" },
    },
  });
  expect(llamaFactoryInfo("dpo", { validation: "validation.jsonl" })).toEqual({
    vsi_validation: {
      file_name: "validation.jsonl",
      formatting: "sharegpt",
      ranking: true,
      columns: { messages: "conversations", chosen: "chosen", rejected: "rejected", images: "images" },
    },
  });
});

test("ms-swift's form, field by field", () => {
  const user = { role: "user", content: asked };
  expect(msSwiftRecord(rows.grpo)).toEqual({
    messages: [user],
    images,
    id: "0123456789abcdef",
    ground_truth: "3",
    question_type: "object_counting",
    options: null,
    mode: "think",
    reward: "mra",
  });
  expect(msSwiftRecord(rows.sft)).toEqual({ messages: [user, { role: "assistant", content: answer }], images });
  expect(msSwiftRecord(rows.dpo)).toEqual({
    messages: [
      { role: "user", content: askedShortly },
      { role: "assistant", content: "3" },
    ],
    images,
    rejected_response: wrong,
  });
});

test("a place for each image, before the text", () => {
  expect(textWithPlaces(rows.grpo)).toBe(`<image><image>${rows.grpo.prompt[0]!.content}`);
  expect(textWithPlaces({ ...rows.grpo, images: [] })).toBe(rows.grpo.prompt[0]!.content);
});

test("a question that holds the mark of an image's place is refused: images would be counted wrong", () => {
  const { grpo } = makeRowsOf(makeQuestion({ question: "How many <image>(s) are in this room?" }));
  expect(() => textWithPlaces(grpo)).toThrow(/question 0123456789abcdef.*<image>/);
});
