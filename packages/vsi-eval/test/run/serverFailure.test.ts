import { describe, expect, test } from "@jest/globals";
import { failureOfBody, failureOfConnection, failureOfStatus } from "../../src/run/serverFailure.ts";

const url = new URL("http://127.0.0.1:8000/v1/chat/completions");
const NOW = Date.parse("2025-04-01T12:00:00Z");
const answer = (status: number, body = "", retryAfter: string | null = null) => ({
  status,
  body,
  retryAfter,
  contentType: "text/plain",
});

describe("failureOfStatus", () => {
  test.each([408, 409, 429, 500, 502, 503, 504])("%i may pass", (status) => {
    expect(failureOfStatus(url, answer(status), NOW).kind).toBe("passing");
  });
  test.each([400, 413, 422])("%i is about the one question", (status) => {
    expect(failureOfStatus(url, answer(status), NOW).kind).toBe("refused");
  });
  test.each([201, 204, 301, 302, 307, 401, 402, 403, 404, 405, 501])("%i ends the run", (status) => {
    expect(failureOfStatus(url, answer(status), NOW).kind).toBe("fatal");
  });

  test.each([
    ["2", 2000],
    ["0", 0],
    [" 1.5 ", 1500],
    ["Tue, 01 Apr 2025 12:00:30 GMT", 30_000],
    ["Tue, 01 Apr 2025 11:00:00 GMT", 0],
    ["soon", null],
    ["", null],
    [null, null],
  ])("Retry-After %j is %j milliseconds", (header, expected) => {
    expect(failureOfStatus(url, answer(429, "", header), NOW).retryAfter).toBe(expected);
  });

  test("the message is one line with address, status and the server's own words, cut", () => {
    const { message } = failureOfStatus(url, answer(500, `first\nsecond ${"x".repeat(10_000)}`), NOW);
    expect(message).toMatch(
      /^http:\/\/127\.0\.0\.1:8000\/v1\/chat\/completions: got status 500 "first second x+…", expected /,
    );
    expect(message).not.toContain("\n");
    expect(message.length).toBeLessThan(600);
  });

  test("vLLM's limit of images becomes the flag that keeps to it", () => {
    const { message } = failureOfStatus(url, answer(400, "At most 4 image(s) may be provided in one prompt."), NOW);
    expect(message).toContain("--frames 4");
  });

  test.each([
    "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
    "The decoder prompt (length 9000) is longer than the maximum model length of 8192.",
    "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
    '{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}',
    "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 9000 `inputs` tokens",
    "Input validation error: `inputs` must have less than 4095 tokens. Given: 9000",
    "Input length (160062 tokens) exceeds the maximum allowed length (59862 tokens).",
    "Requested token count exceeds the model's maximum context length of 4096 tokens.",
    '{"error":"Trying to keep the first 6269 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough."}',
    '{"error":"The number of tokens to keep from the initial prompt is greater than the context length."}',
    '{"error":"Context size has been exceeded."}',
    "Requested tokens (2285) exceed context window of 2048",
    "the input length exceeds the context length",
  ])("a prompt longer than the context becomes the flags that shorten it: %s", (body) => {
    const { kind, message } = failureOfStatus(url, answer(400, body), NOW);
    expect(kind).toBe("refused");
    expect(message).toContain("--max-model-len");
  });

  test.each([
    '{"error":{"code":500,"message":"the request exceeds the available context size. try increasing the context size or enable context shift","type":"exceed_context_size_error","n_prompt_tokens":1407,"n_ctx":256}}',
    "ValueError: The decoder prompt (length 9000) is longer than the maximum model length of 8192.",
    "ValueError: At most 4 image(s) may be provided in one request.",
  ])("regression: a prompt that is too large, told with a status of 500, was asked again: %s", (body) => {
    const { kind, message } = failureOfStatus(url, answer(500, body), NOW);
    expect(kind).toBe("refused");
    expect(message).toMatch(/--max-model-len|--frames 4/);
    const ofBody = failureOfBody(url, { ...answer(200, `{"error": ${JSON.stringify(body)}}`), contentType: "" });
    expect(ofBody.kind).toBe("refused");
  });

  test("a server that is busy with other requests of the same kind is asked again", () => {
    const body = "Rate limit reached: Limit 30000 tokens per min, Requested 40000 tokens. Try again in 2 s.";
    expect(failureOfStatus(url, answer(429, body), NOW).kind).toBe("passing");
  });
});

test("a body that is no completion, and no connection, may pass and name what came", () => {
  const body = failureOfBody(url, { ...answer(200, "<html>"), contentType: "text/html" });
  expect(body).toMatchObject({ kind: "passing", message: expect.stringContaining('text/html "<html>"') });
  const connection = failureOfConnection(url, "no answer within 5 seconds");
  expect(connection).toMatchObject({ kind: "passing", message: expect.stringContaining("no answer within 5 seconds") });
});

test("an error behind a 200 is the server's, not the address's", () => {
  const json = { ...answer(200, '{"error": {"message": "overloaded"}}'), contentType: "application/json" };
  expect(failureOfBody(url, json).message).toMatch(/overloaded.*The server's log may say more\.$/);
});

test("a certificate that is not trusted never passes, and the message says how to trust it", () => {
  expect(failureOfConnection(url, 'the error "self-signed certificate"')).toMatchObject({
    kind: "fatal",
    message: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
  });
});

test("a server that streams and an address that has moved are told apart from other faults", () => {
  const streamed = failureOfBody(url, { ...answer(200, "data: {}"), contentType: "text/event-stream; charset=utf-8" });
  expect(streamed.message).toContain("The server streams");
  for (const status of [301, 302, 307, 308]) {
    expect(failureOfStatus(url, answer(status), NOW).message).toContain("as --base-url");
  }
});
