import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { type RunResult, runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import type { AnswerRecord } from "../../src/run/answers.ts";
import { type MadeBenchmark, makeBenchmark } from "../support/makeBenchmark.ts";
import { type OpenAiServer, type ReceivedRequest, type Reply, startOpenAiServer } from "../support/openAiServer.ts";

const answer: Reply = { answer: "4" };

/** What passes: one of each kind. */
const PASSING_FAULTS: readonly Reply[] = [
  { status: 429, headers: { "retry-after": "1" }, body: '{"error": "slow down"}' },
  { status: 500, body: "Internal Server Error" },
  { status: 503, headers: { "retry-after": new Date(0).toUTCString() } },
  { cut: "before-headers" },
  { cut: "in-body" },
  { status: 200, headers: { "content-type": "application/json" }, body: '{"choices": [{"mess' },
  { status: 200, headers: { "content-type": "text/html" }, body: "<html>starting</html>" },
  { status: 200, headers: { "content-type": "application/json" }, body: '{"choices": []}' },
  { answer: "too late", delay: 3000 },
];

function indexOf({ text }: ReceivedRequest): number {
  return Number(/Question (\d+)\?/.exec(text)![1]);
}

describe("vsi-eval run and a server with faults", () => {
  const folder = temporaryFolder();
  let benchmark: MadeBenchmark;
  let server: OpenAiServer;
  const out = (): string => join(folder, "out");

  beforeAll(async () => {
    benchmark = await makeBenchmark(folder, 3, 2);
  });
  afterEach(async () => {
    await server.close();
    await rm(out(), { recursive: true, force: true });
  });

  const run = (...words: string[]): Promise<RunResult> => {
    const { data, framesFolder } = benchmark;
    const given = ["--model", "tiny", "--base-url", server.baseUrl, "--data", data, "--frames-dir", framesFolder];
    return runVsiEval(["run", ...given, "--out", out(), ...words]);
  };

  test("every fault that passes is asked again, until each question has its one answer", async () => {
    const arrivals = new Map<string, number[]>();
    server = await startOpenAiServer((request) => {
      arrivals.set(request.text, [...(arrivals.get(request.text) ?? []), performance.now()]);
      return request.before === 0 ? at(PASSING_FAULTS, indexOf(request) % PASSING_FAULTS.length) : answer;
    });
    const { exitCode, stdout, stderr } = await run("--timeout", "1", "--concurrency", "16");
    expect(stderr).toContain("Trying again in 1.0 s (1 of 5)");
    expect(stderr).not.toContain("MaxListeners");
    expect(stdout).toContain("30 of 30 questions answered");
    expect(exitCode).toBe(0);
    const records = await readLines<AnswerRecord>(join(out(), "answers.jsonl"));
    expect(new Set(records.map(({ id }) => id)).size).toBe(30);
    for (const record of records) expect(record).toMatchObject({ prediction: "4", attempts: 2, error: null });
    // Retry-After of a second is kept to, where waiting without it may be half a second.
    const asked429 = server.received.filter(
      (request) => indexOf(request) % PASSING_FAULTS.length === 0 && request.before === 1,
    );
    expect(asked429.length).toBeGreaterThan(0);
    for (const { text } of asked429) {
      const [first, second] = arrivals.get(text)!;
      expect(second! - first!).toBeGreaterThan(990);
    }
  });

  test("--retries is the number of further attempts; what still fails is recorded and the others go on: exit code 1", async () => {
    server = await startOpenAiServer((request) => (indexOf(request) === 5 ? { status: 500, body: "broken" } : answer));
    const { exitCode, stdout } = await run("--retries", "1");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("29 of 30 questions answered");
    const failed = (await readLines<AnswerRecord>(join(out(), "answers.jsonl"))).filter(({ error }) => error !== null);
    expect(failed).toMatchObject([{ id: "5", prediction: null, attempts: 2 }]);
    expect(at(failed, 0).error).toMatch(/got status 500 "broken", expected a chat completion/);
    expect(server.received.filter((request) => indexOf(request) === 5)).toHaveLength(2);
    expect((await readLines(join(out(), "predictions.jsonl"))).map(({ id }) => id)).not.toContain("5");

    // Once the server is well, --resume asks for that one alone.
    await server.close();
    server = await startOpenAiServer(() => answer);
    expect(await run("--resume")).toMatchObject({ exitCode: 0 });
    expect(server.answered).toHaveLength(1);
    expect(await readLines(join(out(), "predictions.jsonl"))).toHaveLength(30);
  });

  test("a 400 for one question is not asked again and does not stop the others", async () => {
    server = await startOpenAiServer((request) =>
      indexOf(request) === 7 ? { status: 400, body: "bad image" } : answer,
    );
    expect(await run()).toMatchObject({ exitCode: 1 });
    expect(server.received.filter((request) => indexOf(request) === 7)).toHaveLength(1);
    expect(server.answered).toHaveLength(29);
  });

  test.each([
    [401, '{"error": "no key"}', "OPENAI_API_KEY"],
    [403, "", "--api-key-env"],
    [404, '{"error": "model not found"}', "--model"],
    [302, "", "status 302"],
  ])("status %i stops the run at once and says what to do", async (status, body, advice) => {
    const headers = { location: "http://127.0.0.1:9/" };
    server = await startOpenAiServer((request) => (request.before < 0 ? answer : { status, body, headers }));
    const { exitCode, stderr } = await run("--concurrency", "1");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`status ${status}`);
    expect(stderr).toContain(advice);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(server.received).toHaveLength(1);
  });

  test("a key that is refused half way stops the run, and what was answered is kept", async () => {
    server = await startOpenAiServer(() => (server.answered.length < 12 ? answer : { status: 401 }));
    const { exitCode, stderr } = await run("--concurrency", "2");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("--resume");
    // Of the two in flight, one may have been on its way when the other was refused.
    expect((await readLines(join(out(), "answers.jsonl"))).length).toBeGreaterThanOrEqual(12 - 2);
    await expect(readLines(join(out(), "predictions.jsonl"))).rejects.toThrow("ENOENT");
  });

  test("too many images: stopped after ten refusals in a row, with the flag that helps", async () => {
    const body = '{"message": "At most 8 image(s) may be provided in one prompt.", "code": 400}';
    server = await startOpenAiServer(() => ({ status: 400, body }));
    const { exitCode, stderr } = await run("--concurrency", "1");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("--frames 8");
    expect(stderr).toContain("--limit-mm-per-prompt");
    expect(server.received).toHaveLength(10);
  });

  test("a dead server is found before the first question: exit code 1 at once, no stack", async () => {
    server = await startOpenAiServer(() => answer);
    await server.close();
    const { exitCode, stderr } = await run("--log-level", "debug");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("/v1/models: got the error");
    expect(stderr).toContain("ECONNREFUSED");
    expect(stderr).toContain("--base-url");
    // Regression: "Answers so far are kept" was said of a run that had none.
    expect(stderr).toContain("Nothing was asked. There are no answers yet: --resume starts again.");
    // It is not asked five times more, with longer and longer waits.
    expect(stderr).not.toContain("Trying again");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await readLines(join(out(), "answers.jsonl")).catch(() => [])).toEqual([]);
  });

  test("a run that has every answer needs no server", async () => {
    server = await startOpenAiServer(() => answer);
    expect(await run()).toMatchObject({ exitCode: 0 });
    await server.close();
    expect(await run("--resume")).toMatchObject({ exitCode: 0 });
  });
});
