import { expect, test } from "@jest/globals";
import { checkImages } from "../../src/run/askAll.ts";
import type { Asked } from "../../src/run/server.ts";

const answer = (promptTokens: number | null) => ({
  prediction: "4",
  finish_reason: null,
  usage: promptTokens === null ? null : { prompt_tokens: promptTokens, completion_tokens: 1 },
});

const asked = (promptTokens: number | null) => async (): Promise<Asked> => ({
  answer: answer(promptTokens),
  failure: null,
});

const refused = async (): Promise<Asked> => ({
  answer: null,
  failure: { kind: "refused", message: "images only", retryAfter: null },
});

test.each([
  // transformers serve, measured with four frames: 43 tokens with them, 19 when they are dropped.
  [43, 19, 4, "shown"],
  [19, 19, 4, "dropped"],
  // One of four arrives at one token, the others not: fewer tokens than images.
  [20, 19, 4, "dropped"],
  [23, 19, 4, "shown"],
  [null, 19, 4, "unknown"],
  [43, null, 4, "unknown"],
])("%j tokens with, %j without %i images: %s", async (withImages, without, images, expected) => {
  expect(await checkImages(answer(withImages), images, asked(without))).toBe(expected);
});

test("a server that refuses a question without images leaves it unknown", async () => {
  expect(await checkImages(answer(43), 4, refused)).toBe("unknown");
});
