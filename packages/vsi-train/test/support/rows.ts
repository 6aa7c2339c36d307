import type { Question } from "@vsi/dataset";
import { dpoRow, grpoRow, sftRow } from "../../src/rows/rows.ts";

const IMAGES = ["/frames/a.jpg", "/frames/b.jpg"];

/** The three rows of a question with two frames, in think mode where there is one. */
export function makeRowsOf(question: Question) {
  return {
    grpo: grpoRow(question, IMAGES, { mode: "think", reward: "mra", weights: null }),
    sft: sftRow(question, IMAGES, "think")!,
    dpo: dpoRow(question, IMAGES, 0)!,
  };
}
