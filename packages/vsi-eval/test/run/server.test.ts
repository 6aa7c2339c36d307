import { describe, expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import fc from "fast-check";
import {
  type Asked,
  askWithRetries,
  chatRequest,
  plainKeyWarning,
  type RetryOptions,
  readChatAnswer,
  redactKey,
} from "../../src/run/server.ts";

const answered: Asked = { answer: { prediction: "4", finish_reason: "stop", usage: null }, failure: null };
const failed = (kind: "passing" | "refused" | "fatal", retryAfter: number | null = null): Asked => ({
  answer: null,
  failure: { kind, message: kind, retryAfter },
});

/** Answers one after the other; the last one again and again. */
async function ask(replies: readonly Asked[], options: Partial<RetryOptions> = {}) {
  const waits: number[] = [];
  let asked = 0;
  const result = await askWithRetries(async () => at(replies, Math.min(asked++, replies.length - 1)), {
    retries: 5,
    firstWait: 8,
    signal: new AbortController().signal,
    onRetry: (_, wait) => void waits.push(wait),
    ...options,
  });
  return { ...result, asked, waits };
}

describe("askWithRetries", () => {
  test("an answer ends it; attempts are those that were made", async () => {
    expect(await ask([answered])).toMatchObject({ ...answered, attempts: 1, asked: 1, waits: [] });
    expect(await ask([failed("passing"), failed("passing"), answered])).toMatchObject({
      ...answered,
      attempts: 3,
      asked: 3,
    });
  });

  test.each(["refused", "fatal"] as const)("%s is not asked again", async (kind) => {
    expect(await ask([failed(kind), answered])).toMatchObject({ failure: { kind }, attempts: 1, asked: 1 });
  });

  test("retries are attempts after the first; 0 makes one", async () => {
    expect(await ask([failed("passing")], { retries: 3, firstWait: 1 })).toMatchObject({
      failure: { kind: "passing" },
      asked: 4,
    });
    expect(await ask([failed("passing")], { retries: 0 })).toMatchObject({ asked: 1 });
  });

  test("each wait is at most twice as long as the one before could be, at least half of that", async () => {
    const { waits } = await ask([failed("passing")], { retries: 4 });
    expect(waits).toHaveLength(4);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThan(8 * 2 ** index * 0.5 - 1e-9);
      expect(wait).toBeLessThanOrEqual(8 * 2 ** index);
    }
  });

  test("the server's own Retry-After comes before the back-off; one of over ten minutes is not waited for", async () => {
    expect((await ask([failed("passing", 3), failed("passing", 0), answered])).waits).toEqual([3, 0]);
    expect(await ask([failed("passing", 3_600_000), answered])).toMatchObject({
      failure: { kind: "passing" },
      asked: 1,
    });
  });

  test("a signal ends a wait with its own reason, and no further attempt is made", async () => {
    const controller = new AbortController();
    const reason = new Error("stopped");
    const onRetry = (): void => void setTimeout(() => controller.abort(reason), 5);
    const waiting = ask([failed("passing", 500_000)], { signal: controller.signal, onRetry });
    await expect(waiting).rejects.toBe(reason);
    await expect(ask([answered], { signal: controller.signal })).rejects.toBe(reason);
  });
});

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

const KEY = "sk-made-up-for-this-test";

describe("plainKeyWarning", () => {
  test.each([
    "http://10.0.0.5:8000/v1",
    "http://gpu.example/v1",
    "http://127.0.0.1.example/v1",
    "http://localhost.example/v1",
    "http://[2001:db8::1]:8000/v1",
  ])("%s is warned of, without the key", (baseUrl) => {
    expect(plainKeyWarning(baseUrl, KEY)).toContain(new URL(baseUrl).hostname);
    expect(plainKeyWarning(baseUrl, KEY)).not.toContain(KEY);
    expect(plainKeyWarning(baseUrl, null)).toBeNull();
  });

  test.each([
    "https://gpu.example/v1",
    "http://localhost:8000/v1",
    "http://LOCALHOST/v1",
    "http://127.0.0.1:8000/v1",
    "http://[::1]:8000/v1",
  ])("%s is no matter", (baseUrl) => {
    expect(plainKeyWarning(baseUrl, KEY)).toBeNull();
  });
});

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

  test("what a server's reasoning parser took out of the text is kept, by either of its names", () => {
    const message = (fields: object) => JSON.stringify({ choices: [{ message: { content: "4", ...fields } }] });
    expect(readChatAnswer(message({ reasoning_content: "two and two" }))?.reasoning_content).toBe("two and two");
    expect(readChatAnswer(message({ reasoning: "two and two" }))?.reasoning_content).toBe("two and two");
    for (const nothing of [{}, { reasoning_content: null }, { reasoning: "" }, { reasoning: ["a"] }]) {
      expect(readChatAnswer(message(nothing))).not.toHaveProperty("reasoning_content");
    }
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

test("no secret is left in any text, however often it stands there", () => {
  const secret = fc.stringMatching(/^sk-[A-Za-z0-9.$*+?^]{8,30}$/);
  fc.assert(
    fc.property(secret, fc.array(fc.string()), (key, pieces) => {
      expect(redactKey(pieces.join(key), key)).not.toContain(key);
    }),
  );
});

test("no secret is left in JSON either, where quotes and backslashes are written otherwise", () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9"\\\\]{8,20}$/);
  fc.assert(
    fc.property(secret, fc.string(), (key, text) => {
      const body = JSON.stringify({ error: `${text} ${key} ${text}` });
      expect(redactKey(body, key)).not.toContain(JSON.stringify(key).slice(1, -1));
    }),
  );
});

test("without a key, and for a stand-in that may be an honest word, the text stays as it is", () => {
  expect(redactKey("the room is EMPTY", null)).toBe("the room is EMPTY");
  expect(redactKey("the room is EMPTY", "EMPTY")).toBe("the room is EMPTY");
});
