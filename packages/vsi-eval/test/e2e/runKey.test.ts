import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { type RunResult, runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { type MadeBenchmark, makeBenchmark } from "../support/makeBenchmark.ts";
import { type OpenAiServer, type Reply, startOpenAiServer } from "../support/openAiServer.ts";

const KEY = "sk-made-up-for-this-test-0123456789";

describe("the API key", () => {
  const folder = temporaryFolder();
  let benchmark: MadeBenchmark;
  let server: OpenAiServer;
  const out = (): string => join(folder, "out");

  beforeAll(async () => {
    benchmark = await makeBenchmark(folder, 1, 2);
  });
  afterEach(async () => {
    await server.close();
    await rm(out(), { recursive: true, force: true });
  });

  const run = (environment: Record<string, string>, ...words: string[]): Promise<RunResult> => {
    const { data, framesFolder } = benchmark;
    const given = ["--model", "tiny", "--base-url", server.baseUrl, "--data", data, "--frames-dir", framesFolder];
    const quick = ["--retries", "1", "--log-level", "debug"];
    return runVsiEval(["run", ...given, "--out", out(), ...quick, ...words], environment);
  };

  /** Nothing that was printed or written has the key in it. */
  async function expectNoKey({ stdout, stderr }: RunResult): Promise<void> {
    const files = await Promise.all((await readdir(out())).map((name) => readFile(join(out(), name), "utf8")));
    expect(files.length).toBeGreaterThan(0);
    for (const text of [stdout, stderr, ...files]) expect(text).not.toContain(KEY);
  }

  test("is sent, and taken out of answers and errors of a server that repeats it", async () => {
    const replies: Reply[] = [
      { answer: `you sent Bearer ${KEY}` },
      { status: 500, body: `no luck with ${KEY}` },
      { status: 400, headers: { "x-key": KEY }, body: JSON.stringify({ error: `bad request of ${KEY}` }) },
      { status: 200, body: `<p>${KEY}</p>`, headers: { "content-type": `text/${KEY}` } },
      { answer: "4", finishReason: KEY },
      { status: 200, body: `{"choices": [{"message": {"content": "\\u0073${KEY.slice(1)}"}}]}` },
    ];
    server = await startOpenAiServer(({ text }) => replies[Number(/Question (\d+)/.exec(text)![1]) % replies.length]!);
    const result = await run({ OPENAI_API_KEY: KEY }, "--json");
    expect(result.exitCode).toBe(1);
    for (const { authorization } of server.received) expect(authorization).toBe(`Bearer ${KEY}`);
    await expectNoKey(result);
    expect(await readFile(join(out(), "answers.jsonl"), "utf8")).toContain("you sent Bearer [API key]");
  });

  test("is not in what a refused run says", async () => {
    server = await startOpenAiServer(({ authorization }) => ({ status: 401, body: `unknown: ${authorization}` }));
    const result = await run({ MY_KEY: KEY }, "--api-key-env", "MY_KEY");
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain("unknown: Bearer [API key]");
    await expectNoKey(result);
  });

  test("without one no Authorization header is sent", async () => {
    server = await startOpenAiServer(() => ({ answer: "4" }));
    expect(await run({})).toMatchObject({ exitCode: 0 });
    for (const { authorization } of server.received) expect(authorization).toBeNull();
  });

  test("a variable that is not set, or holds what no header can, is refused without showing it: exit code 2", async () => {
    server = await startOpenAiServer(() => ({ answer: "4" }));
    const missing = await run({}, "--api-key-env", "NO_SUCH_KEY");
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain("--api-key-env NO_SUCH_KEY");
    const broken = await run({ OPENAI_API_KEY: `${KEY}\n${KEY}` });
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toContain("OPENAI_API_KEY");
    expect(broken.stderr).not.toContain(KEY);
    expect(server.received).toHaveLength(0);
  });
});
