import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { questionId } from "../../src/text/questionId.ts";

const question = {
  protocol: "vsi-100k",
  dataset: "scannet",
  scene_name: "scene0000_00",
  question_type: "object_counting",
  question: "How many Küchen(s) are in this room?",
} as const;

test("the documented hash, computed here by node:crypto", () => {
  const text = "vsi-100k\nscannet\nscene0000_00\nobject_counting\nHow many Küchen(s) are in this room?";
  expect(questionId(question)).toBe(createHash("sha256").update(text, "utf8").digest("hex").slice(0, 16));
});

test("another value of any field gives another id", () => {
  const others = [
    { protocol: "vsi-bench" },
    { dataset: "vsi-synth" },
    { scene_name: "scene0000_01" },
    { question_type: "object_abs_distance" as const },
    { question: "?" },
  ].map((change) => questionId({ ...question, ...change }));
  expect(new Set([questionId(question), ...others]).size).toBe(6);
});
