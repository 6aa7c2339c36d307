import { expect, test } from "@jest/globals";
import { easyR1Record } from "../../src/exports/easyR1Record.ts";
import { makeQuestion } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";

const rows = makeRowsOf(makeQuestion());
const images = ["/frames/a.jpg", "/frames/b.jpg"];
const asked = `<image><image>${rows.grpo.prompt[0]!.content}`;

test("EasyR1's form, field by field", () => {
  expect(easyR1Record(rows.grpo)).toEqual({ images, problem: asked, answer: "3" });
});
