import { expect, test } from "@jest/globals";
import { chatRequest } from "../../src/run/chatRequest.ts";

const settings = { model: "tiny", maxTokens: 8, temperature: 0, seed: null };

test("the request that transformers serve was seen to answer: frames in order, then the text, one user message", () => {
  expect(JSON.parse(chatRequest("How many?", ["data:1", "data:2"], settings))).toEqual({
    model: "tiny",
    messages: [
      {
        role: "user",
        content: [
          { type: "image_url", image_url: { url: "data:1" } },
          { type: "image_url", image_url: { url: "data:2" } },
          { type: "text", text: "How many?" },
        ],
      },
    ],
    max_tokens: 8,
    temperature: 0,
  });
});

test("a seed is sent when there is one, 0 too", () => {
  expect(JSON.parse(chatRequest("How many?", [], { ...settings, seed: 0 }))).toMatchObject({ seed: 0 });
});
