import { expect, test } from "@jest/globals";
import { verlRecord } from "../../src/exports/verlRecord.ts";
import { makeQuestion } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";

const rows = makeRowsOf(makeQuestion());
const images = ["/frames/a.jpg", "/frames/b.jpg"];
const asked = `<image><image>${rows.grpo.prompt[0]!.content}`;

test("verl's form, field by field", () => {
  expect(verlRecord(rows.grpo, { split: "train", index: 7, maxPixels: 100_352 })).toEqual({
    data_source: "vsi/object_counting",
    prompt: [{ role: "user", content: asked }],
    images: images.map((image) => ({ image, max_pixels: 100_352n })),
    ability: "spatial-reasoning",
    reward_model: { style: "rule", ground_truth: "3" },
    extra_info: {
      split: "train",
      index: 7n,
      id: "0123456789abcdef",
      question_type: "object_counting",
      options: null,
      mode: "think",
      accuracy: "mra",
    },
  });
});
