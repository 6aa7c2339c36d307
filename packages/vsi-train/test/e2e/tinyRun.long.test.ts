import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { runVsiTrain } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { forkingPython } from "@vsi/testing/forkingPython";
import { describeTrainer } from "@vsi/testing/trainerPython";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";
import { writeDataset } from "../support/writeDataset.ts";

const root = temporaryFolder();

describeTrainer("from nothing to an adapter, and on", () => {
  test("tiny-model, then GRPO, then two more steps by --resume", async () => {
    const env = {
      // What a start of its own shows is in the README's path (demo/test).
      VSI_TRAINER_PYTHON: await forkingPython(),
      HF_HUB_OFFLINE: "1",
      HF_HOME: join(root, "hub"),
      OMP_NUM_THREADS: "1",
    };
    const [tiny, run] = [join(root, "tiny"), join(root, "run")];
    const data = await writeDataset(join(root, "data"), { train: VSI_100K_QUESTIONS, validation: [makeQuestion()] });
    const words = [
      "grpo",
      "--preset",
      "tiny",
      "--model",
      tiny,
      "--data",
      data,
      "--out",
      run,
      "--batch",
      "16",
      "--save-every",
      "1",
    ];
    expect(await runVsiTrain(["tiny-model", "--out", tiny], env)).toMatchObject({ exitCode: 0, stderr: "" });
    expect((await runVsiTrain([...words, "--steps", "1"], env)).exitCode).toBe(0);
    expect((await runVsiTrain([...words, "--steps", "3"], env)).stderr).toContain("--resume");
    const resumed = await runVsiTrain([...words, "--steps", "3", "--resume"], env);
    expect(resumed.exitCode).toBe(0);
    const lines = (await readFile(join(run, "metrics.jsonl"), "utf8")).trim().split("\n");
    const events = lines.map((line) => JSON.parse(line) as { event: string; step: number });
    const stepsOf = (kind: string) => events.filter(({ event }) => event === kind).map(({ step }) => step);
    expect(stepsOf("step")).toEqual([1, 2, 3]);
    expect(stepsOf("held_out")).toEqual([1, 2, 3]);
  });
});
