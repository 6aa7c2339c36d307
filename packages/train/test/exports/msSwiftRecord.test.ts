import { expect, test } from "@jest/globals";
import { msSwiftRecord } from "../../src/exports/msSwiftRecord.ts";
import { makeQuestion } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";

const rows = makeRowsOf(makeQuestion());
const images = ["/frames/a.jpg", "/frames/b.jpg"];
const asked = `<image><image>${rows.grpo.prompt[0]!.content}`;
const askedShortly = `<image><image>${rows.dpo.prompt[0]!.content}`;
const answer = rows.sft.completion[0]!.content;
const wrong = rows.dpo.rejected[0]!.content;

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
    accuracy: "mra",
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
