import { appendFile, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { type RunResult, runVsiEval, startVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import type { AnswerRecord } from "../../src/run/answers.ts";
import { type MadeBenchmark, makeBenchmark } from "../support/makeBenchmark.ts";
import { type OpenAiServer, type Reply, startOpenAiServer } from "../support/openAiServer.ts";

const CONCURRENCY = 4;

/** 40 questions, so that a kill after 12 answers is half way. */
const SCENES = 4;

describe("vsi-eval run, interrupted", () => {
  const folder = temporaryFolder();
  let benchmark: MadeBenchmark;
  let server: OpenAiServer;
  const out = (name = "out"): string => join(folder, name);

  beforeAll(async () => {
    benchmark = await makeBenchmark(folder, SCENES, 2);
  });
  afterEach(async () => {
    await server.close();
    await rm(out(), { recursive: true, force: true });
  });

  const words = (name = "out"): string[] => {
    const { data, framesFolder } = benchmark;
    const given = ["--model", "tiny", "--base-url", server.baseUrl, "--data", data, "--frames-dir", framesFolder];
    return ["run", ...given, "--out", out(name), "--concurrency", String(CONCURRENCY)];
  };
  const slow = (): Promise<OpenAiServer> =>
    startOpenAiServer(({ text }): Reply => ({ answer: `about ${text.length} ${text.split("\n")[1]}`, delay: 30 }));

  /** Starts a run and sends the signal when so many questions were answered. */
  async function interrupt(signal: NodeJS.Signals, answers: number): Promise<RunResult> {
    const { child, ended } = startVsiEval(words());
    while (server.answered.length < answers) await sleep(5);
    child.kill(signal);
    return ended;
  }

  test("kill -9 half way: --resume asks nothing twice that was answered, and the predictions are those of one go", async () => {
    server = await slow();
    expect((await interrupt("SIGKILL", 12)).exitCode).toBeNull();
    // What a kill in the middle of a write leaves.
    await appendFile(join(out(), "answers.jsonl"), '{"id":"39","prediction":"cut h');
    const text = await readFile(join(out(), "answers.jsonl"), "utf8");
    const kept = text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as AnswerRecord);
    // The server's own count: only what was in flight at the kill can be missing.
    expect(kept.length).toBeGreaterThanOrEqual(12 - CONCURRENCY);
    const answeredBefore = server.answered.length;

    expect(await runVsiEval([...words(), "--resume"])).toMatchObject({ exitCode: 0 });
    const askedAgain = server.answered.slice(answeredBefore);
    for (const { prompt } of kept) expect(askedAgain).not.toContain(prompt);
    expect(askedAgain).toHaveLength(10 * SCENES - kept.length);
    const records = await readLines<AnswerRecord>(join(out(), "answers.jsonl"));
    expect(records.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(benchmark.questions.map(({ id }) => id));

    expect(await runVsiEval(words("one-go"))).toMatchObject({ exitCode: 0 });
    const predictions = await readFile(join(out(), "predictions.jsonl"));
    expect(predictions).toEqual(await readFile(join(out("one-go"), "predictions.jsonl")));
    expect(predictions.length).toBeGreaterThan(0);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s: exit code %i, what was answered is on disk, nothing is waited for", async (signal, code) => {
    // The eleventh question would take a minute.
    server = await startOpenAiServer(() => ({ answer: "4", delay: server.answered.length < 10 ? 0 : 60_000 }));
    const { exitCode, stderr } = await interrupt(signal, 10);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(`stopped by ${signal}. Any answers so far are kept: vsi-eval run --resume continues`);
    expect((await readLines(join(out(), "answers.jsonl"))).length).toBeGreaterThanOrEqual(10 - CONCURRENCY);
  });

  test("a second process is kept out of a folder where one is at work, and changes nothing in it", async () => {
    // The eleventh question would take a minute, so that the first process is still there. The first request only
    // asks whether the server lives.
    let requests = 0;
    server = await startOpenAiServer(() => ({ answer: "4", delay: ++requests <= 11 ? 0 : 60_000 }));
    const first = startVsiEval(words());
    const answersFile = join(out(), "answers.jsonl");
    const lines = async (): Promise<number> =>
      (await readFile(answersFile, "utf8").catch(() => "")).split("\n").length - 1;
    while (requests < 11 + CONCURRENCY || (await lines()) < 10) await sleep(5);
    const [asked, answers] = [server.received.length, await readFile(answersFile, "utf8")];
    for (const flag of ["--resume", "--overwrite"]) {
      const second = await runVsiEval([...words(), flag]);
      expect(second).toMatchObject({ exitCode: 2, stdout: "" });
      expect(second.stderr).toContain(`process ${first.child.pid} on `);
    }
    expect(server.received).toHaveLength(asked);
    expect(await readFile(answersFile, "utf8")).toBe(answers);
    first.child.kill("SIGTERM");
    expect(await first.ended).toMatchObject({ exitCode: 143 });
    expect((await readdir(out())).sort()).toEqual(["answers.jsonl", "settings.json"]);
  });

  test("--resume of a finished run asks nothing", async () => {
    server = await slow();
    expect(await runVsiEval([...words(), "--limit", "12"])).toMatchObject({ exitCode: 0 });
    const asked = server.received.length;
    const settings = await readFile(join(out(), "settings.json"), "utf8");
    const { exitCode, stdout } = await runVsiEval([...words(), "--limit", "12", "--resume"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("12 of 12 questions answered (12 of them earlier)");
    expect(server.received).toHaveLength(asked);
    expect(await readFile(join(out(), "settings.json"), "utf8")).toBe(settings);
  });

  test("other settings refuse --resume by name; a higher --limit goes on; --overwrite starts again", async () => {
    server = await slow();
    const run = (...more: string[]): Promise<RunResult> => runVsiEval([...words(), ...more]);
    expect(await run("--limit", "2")).toMatchObject({ exitCode: 0 });
    const before = await readFile(join(out(), "answers.jsonl"), "utf8");

    const refused = await run("--limit", "2", "--resume", "--frames", "1", "--temperature", "0.5");
    expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
    expect(refused.stderr).toContain("frames: then 16, now 1");
    expect(refused.stderr).toContain("temperature: then 0, now 0.5");
    expect(refused.stderr).not.toContain("max_tokens");
    const neither = await run("--limit", "2");
    expect(neither).toMatchObject({ exitCode: 2 });
    expect(neither.stderr).toMatch(/holds a run.*--resume.*--overwrite/);
    expect(await readFile(join(out(), "answers.jsonl"), "utf8")).toBe(before);

    expect(await run("--limit", "5", "--resume")).toMatchObject({ exitCode: 0 });
    expect(server.answered).toHaveLength(5);
    expect(await run("--limit", "1", "--overwrite")).toMatchObject({ exitCode: 0 });
    expect(await readLines(join(out(), "answers.jsonl"))).toHaveLength(1);
  });
});
