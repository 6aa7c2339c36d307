import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readChatAnswer } from "../../src/run/readChatAnswer.ts";

const completion = (content: unknown, rest: object = {}): string =>
  JSON.stringify({ choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }], ...rest });

describe("readChatAnswer", () => {
  test("whatever text a model answers comes back as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readChatAnswer(completion(text))?.prediction).toBe(text);
      }),
    );
  });

  test("no body makes it throw; what is no completion is null", () => {
    fc.assert(fc.property(fc.string(), (body) => void readChatAnswer(body)));
    fc.assert(fc.property(fc.json(), (body) => expect(readChatAnswer(body)).toBeNull()));
  });

  test.each([
    ["an error in a 200", '{"error": {"message": "out of memory"}}'],
    ["no choice", '{"choices": []}'],
    ["a choice without a message", '{"choices": [{"text": "4"}]}'],
    ["content of another kind", completion(4)],
    ["a part without a text", completion([{ type: "image" }])],
    ["cut JSON", completion("4").slice(0, -1)],
  ])("%s is no answer", (_, body) => {
    expect(readChatAnswer(body)).toBeNull();
  });

  test("a model that says nothing has answered with nothing; a text in parts is one text", () => {
    expect(readChatAnswer(completion(null))?.prediction).toBe("");
    expect(
      readChatAnswer(
        completion([
          { type: "text", text: "4" },
          { type: "text", text: " m" },
        ]),
      )?.prediction,
    ).toBe("4 m");
  });

  test("usage and finish_reason are null unless they are what the protocol says", () => {
    const usageOf = (usage: unknown) => readChatAnswer(completion("4", { usage }))?.usage;
    expect(usageOf({ prompt_tokens: 43, completion_tokens: 2 })).toEqual({ prompt_tokens: 43, completion_tokens: 2 });
    expect(usageOf({ prompt_tokens: 43 })).toEqual({ prompt_tokens: 43, completion_tokens: null });
    for (const usage of [undefined, null, {}, { prompt_tokens: "43" }, { prompt_tokens: -1 }, 43])
      expect(usageOf(usage)).toBeNull();
    expect(readChatAnswer('{"choices": [{"message": {"content": "4"}}]}')).toEqual({
      prediction: "4",
      finish_reason: null,
      usage: null,
    });
  });
});
