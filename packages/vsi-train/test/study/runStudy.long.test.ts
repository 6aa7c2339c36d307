import { copyFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { startVsiTrain } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { FAKE_CELLS, type FakeStudy, makeFakeStudy } from "../support/fakeStudy.ts";

const root = temporaryFolder();

const table = (study: FakeStudy): Promise<string> => readFile(join(study.out, "table.json"), "utf8");

/** Lines that say the same twice. */
function repeated(lines: readonly string[]): string[] {
  return lines.filter((line, index) => lines.indexOf(line) < index);
}

/** Waits until the trainer and the server have done more than this, or the study has ended. */
async function untilDone(study: FakeStudy, lines: number, ended: Promise<unknown>): Promise<void> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!isOver && (await study.log()).length <= lines) await wait(20);
}

describe("a study with a trainer and a server that only seem to work", () => {
  let study: FakeStudy;
  let whole: string;
  let log: string[];
  beforeAll(async () => {
    study = await makeFakeStudy(join(root, "study"));
    const first = await study.start().ended;
    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("+ vsGRPO-V") });
    [whole, log] = [await table(study), await study.log()];
    await cp(study.out, join(root, "first"), { recursive: true });
  });

  test("each cell starts from what it should, is merged where it is an adapter, and is asked once", () => {
    expect(repeated(log)).toEqual([]);
    const asked = new Set(log.filter((line) => line.startsWith("asked")).map((line) => line.split(": ")[0]));
    expect([...asked]).toEqual([
      "asked base",
      "asked base > 6 steps of sft seed 0 merged",
      "asked base > 6 steps of sft seed 1 merged",
      "asked base > 6 steps of sft seed 0 merged > 6 steps of grpo seed 0 merged",
      "asked base > 4 steps of sft seed 0",
    ]);
  });

  test("the table's scores are those of the answers, recomputed", async () => {
    const { cells } = JSON.parse(whole);
    const questions = (await readFile(join(root, "study", "benchmark", "data", "test.jsonl"), "utf8"))
      .trim()
      .split("\n");
    const truths = new Map(
      questions.map((line) => JSON.parse(line)).map(({ id, ground_truth }) => [id, Number(ground_truth)]),
    );
    for (const { id, seeds } of cells) {
      for (const { seed, scores } of seeds) {
        const answers = join(study.out, "cells", id, `seed-${seed}`, "answers", "predictions.jsonl");
        const lines = (await readFile(answers, "utf8"))
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line));
        // Mean Relative Accuracy (VSI-Bench): the share of the thresholds 0.5, 0.55 ... 0.95 that the answer passes.
        const right = lines.map(({ id: question, prediction }) => {
          const truth = truths.get(question) ?? Number.NaN;
          const error = Math.abs(Number(prediction) - truth) / truth;
          return (
            Array.from({ length: 10 }, (_, step) => error <= 1 - (0.5 + step / 20) + 1e-9).filter(Boolean).length / 10
          );
        });
        const mean = right.reduce((sum, one) => sum + one, 0) / truths.size;
        expect(scores.object_counting.score).toBeCloseTo(mean, 9);
      }
    }
  });

  test("a second start trains and asks nothing, and writes the same table", async () => {
    const again = await study.start().ended;
    expect(again).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("[5/5] whole, seed 0: done") });
    expect([await table(study), await study.log()]).toEqual([whole, log]);
  });

  test("a changed study names the cells that no longer fit, those that start from them too, and what to remove", async () => {
    const text = FAKE_CELLS.replace("sft: {steps: 6}", "sft: {steps: 7}").replace("concurrency: 1", "concurrency: 2");
    await writeFile(study.file, text);
    const { exitCode, stderr } = await study.start().ended;
    expect(exitCode).toBe(2);
    expect(stderr).toContain('sft, seed 0: train steps was "6", now "7". To train it again, remove ');
    expect(stderr).toMatch(
      /grpo, seed 0: sft, from which it starts, was made otherwise.* remove .*cells\/grpo\/seed-0\n/,
    );
    expect(stderr).toContain('base, seed 0: evaluate concurrency was "1", now "2". To ask it again, remove ');
    // whole has its own number of steps.
    expect(stderr).toContain('whole, seed 0: evaluate concurrency was "1"');
    // The table would show them too.
    expect(await study.start(["--only", "whole"]).ended).toMatchObject({ exitCode: 2 });
    await writeFile(study.file, FAKE_CELLS);
    await copyFile(join(root, "study", "data", "data", "train.jsonl"), join(root, "kept.jsonl"));
    const data = join(root, "study", "data", "data", "train.jsonl");
    await writeFile(data, (await readFile(data, "utf8")).split("\n").slice(1).join("\n"));
    const other = await study.start().ended;
    expect(other).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/sft, seed 0: data_sha256 was/) });
    expect(other.stderr).not.toContain("base, seed 0");
    await copyFile(join(root, "kept.jsonl"), data);
    expect([await table(study), await study.log()]).toEqual([whole, log]);
  });

  test("killed again and again (kill -9), it comes to the same table, and trains no step twice", async () => {
    await rm(study.out, { recursive: true });
    await rm(join(root, "study", "log.txt"));
    let kills = 0;
    for (let attempt = 0; ; attempt += 1) {
      const started = study.start([], { FAKE_TRAINER_MS: "40", FAKE_SERVER_MS: "40" });
      // After some more steps or answers each time.
      await untilDone(study, (await study.log()).length + 2 + ((attempt * 5) % 11), started.ended);
      await wait((attempt * 137) % 400);
      if (started.child.exitCode !== null || attempt > 40) {
        expect(await started.ended).toMatchObject({ exitCode: 0 });
        break;
      }
      started.child.kill("SIGKILL");
      kills += 1;
    }
    expect(kills).toBeGreaterThan(4);
    expect(await table(study)).toBe(whole);
    expect(repeated((await study.log()).filter((line) => line.startsWith("step")))).toEqual([]);
  });

  test("SIGTERM saves the training, ends server and trainer, and says how to go on", async () => {
    await rm(study.out, { recursive: true });
    await rm(join(root, "study", "log.txt"));
    const started = study.start(["--only", "whole"], { FAKE_TRAINER_MS: "400" });
    await untilDone(study, 0, started.ended);
    started.child.kill("SIGTERM");
    const { exitCode, stderr } = await started.ended;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 143,
      stderr: expect.stringContaining("The same command goes on there."),
    });
    expect(await study.start(["--only", "whole"]).ended).toMatchObject({ exitCode: 0 });
    const ofCell = (text: string) => JSON.parse(text).cells.find(({ id }: { id: string }) => id === "whole");
    expect(ofCell(await table(study))).toEqual(ofCell(whole));
    expect(repeated(await study.log())).toEqual([]);
  });

  test("a cell that fails is left behind with what starts from it; the others are done, and it goes on there", async () => {
    // Of the study as it was first made, what the others are: the base model is asked before anything fails.
    await rm(study.out, { recursive: true });
    await cp(join(root, "first"), study.out, { recursive: true });
    for (const cell of ["sft/seed-0", "grpo", "whole"]) await rm(join(study.out, "cells", cell), { recursive: true });
    await rm(join(root, "study", "log.txt"));
    const failed = await study.start([], { FAKE_TRAINER_FAILS: join("sft", "seed-0") }).ended;
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain("Failed: sft, seed 0: ");
    expect(failed.stdout).toContain("Failed: grpo, seed 0: sft failed, from which it starts");
    const states = JSON.parse(await table(study)).cells.map(
      ({ id, seeds }: { id: string; seeds: { state: string }[] }) => {
        return `${id}: ${seeds.map(({ state }) => state).join(", ")}`;
      },
    );
    expect(states).toEqual(["base: done", "sft: training, done", "grpo: missing", "whole: done"]);
    expect(await study.start().ended).toMatchObject({ exitCode: 0 });
    expect(await table(study)).toBe(whole);
  });
});

test("--evaluate serves what was trained, asks it once, and asks anew what was trained further", async () => {
  const { env, words, log } = await makeFakeStudy(join(root, "evaluate"));
  const typed = (flag: string): string => words[words.indexOf(flag) + 1] ?? "";
  const run = join(root, "evaluate", "run");
  const train = (extra: readonly string[], benchmark = typed("--benchmark")) => {
    const data = ["--data", typed("--data"), "--model", typed("--model"), "--out", run];
    const evaluate = ["--evaluate", benchmark, "--serve", typed("--serve")];
    return startVsiTrain(["sft", "--preset", "tiny", "--batch", "8", ...data, ...evaluate, ...extra], env).ended;
  };
  const asked = async () => (await log()).filter((line) => line.startsWith("asked"));
  const first = await train(["--steps", "2", "--json"]);
  expect(first).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/Average [\d.]+ \([\d.]+ to [\d.]+\) percent/),
  });
  expect(JSON.parse(first.stdout).score).toBe(join(run, "score.json"));
  expect(first.stderr).toContain("Serve it: vllm serve");
  expect(new Set((await asked()).map((line) => line.split(": ")[0]))).toEqual(
    new Set(["asked base > 2 steps of sft seed 0 merged"]),
  );
  expect(await train(["--steps", "2", "--resume"])).toMatchObject({ exitCode: 0 });
  expect(await asked()).toHaveLength(6);
  expect(await train(["--steps", "4", "--resume"])).toMatchObject({ exitCode: 0 });
  expect((await asked()).slice(6).map((line) => line.split(": ")[0])).toEqual(
    Array.from({ length: 6 }, () => "asked base > 4 steps of sft seed 0 merged"),
  );
  const refused = await train(["--steps", "4", "--resume"], join(root, "nowhere"));
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--evaluate: ") });
});
