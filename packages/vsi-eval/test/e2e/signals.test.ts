import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runVsiEval, startVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { vsiBenchRecords } from "../support/benchmarkRecords.ts";
import { type MadeBenchmark, makeBenchmark } from "../support/makeBenchmark.ts";
import { type OpenAiServer, startOpenAiServer } from "../support/openAiServer.ts";

/** From the signal to the end of the process, in milliseconds. */
const LONGEST_END = 2000;

/** Milliseconds after the start: while modules load, while files are read, and while the work goes on. */
const MOMENTS = [50, 250, 500, 1000, 2000];

/** Sends a signal at a moment. @returns how the shell would count the end; 0 where it was done before. */
async function signalAt(words: readonly string[], moment: number, signal: "SIGTERM" | "SIGINT"): Promise<number> {
  const { child, ended } = startVsiEval(words);
  await sleep(moment);
  child.kill(signal);
  const sent = performance.now();
  const { exitCode } = await ended;
  expect(performance.now() - sent).toBeLessThan(LONGEST_END);
  // A process that a signal ends has no exit code of its own: shells count 128 and the signal's number.
  return exitCode ?? { SIGTERM: 143, SIGINT: 130 }[child.signalCode as "SIGTERM" | "SIGINT"];
}

describe("a signal at any moment", () => {
  const folder = temporaryFolder();
  let benchmark: MadeBenchmark;
  let server: OpenAiServer;
  let signalsComing = true;

  beforeAll(async () => {
    benchmark = await makeBenchmark(folder, 4, 2);
    // The second half of the questions waits until the signals are over, so that no machine is done before one comes.
    server = await startOpenAiServer(() => {
      const waits = signalsComing && server.answered.length >= benchmark.questions.length / 2;
      return { answer: "4", delay: waits ? 60_000 : 100 };
    });
  });
  afterAll(() => server.close());

  test("ends vsi-eval run within two seconds, and --resume or the same command finishes it", async () => {
    const { data, framesFolder } = benchmark;
    const given = ["--model", "tiny", "--base-url", server.baseUrl, "--data", data, "--frames-dir", framesFolder];
    const words = ["run", ...given, "--out", join(folder, "out"), "--concurrency", "2"];
    for (const [index, moment] of MOMENTS.entries()) {
      const [signal, code] = index % 2 === 0 ? (["SIGTERM", 143] as const) : (["SIGINT", 130] as const);
      const begun = existsSync(join(folder, "out", "settings.json"));
      expect(await signalAt(begun ? [...words, "--resume"] : words, moment, signal)).toBe(code);
      const left = existsSync(join(folder, "out")) ? readdirSync(join(folder, "out")) : [];
      expect(left.filter((name) => name.startsWith(".vsi-lock"))).toEqual([]);
    }
    signalsComing = false;
    expect(await runVsiEval([...words, "--resume"])).toMatchObject({ exitCode: 0 });
  });

  test("ends score within two seconds, also while intervals are drawn, and leaves no report", async () => {
    const questions = vsiBenchRecords(2000);
    const data = join(folder, "large.jsonl");
    const predictions = join(folder, "answers.jsonl");
    const csv = join(folder, "scores.csv");
    await writeFile(data, questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
    const answers = questions.map(({ id }) => `${JSON.stringify({ id, prediction: "about 4" })}\n`);
    await writeFile(predictions, answers.join(""));
    for (const moment of MOMENTS) {
      const code = await signalAt(["score", predictions, "--data", data, "--csv", csv, "--quiet"], moment, "SIGTERM");
      if (code === 0) break;
      expect(code).toBe(143);
      expect(existsSync(csv)).toBe(false);
    }
  });
});
