import { expect, test } from "@jest/globals";
import { llamaFactoryInfo, llamaFactoryRecord } from "../../src/exports/llamaFactoryRecord.ts";
import { makeQuestion } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";

const rows = makeRowsOf(makeQuestion());
const images = ["/frames/a.jpg", "/frames/b.jpg"];
const asked = `<image><image>${rows.grpo.prompt[0]!.content}`;
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
