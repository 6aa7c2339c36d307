import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { runVsiEval, runVsiTrain, startVsiTrain } from "@vsi/testing/commands";
import { forkingPython } from "@vsi/testing/forkingPython";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";
import { writeDataset } from "../support/writeDataset.ts";

describeTrainer("a study of the tiny model", () => {
  test("base model, and an adapter: trained by TRL, merged, served by transformers serve, asked and scored", async () => {
    const root = await newFolder();
    const env = {
      VSI_TRAINER_PYTHON: await forkingPython(),
      HF_HUB_OFFLINE: "1",
      HF_HOME: join(root, "hub"),
      OMP_NUM_THREADS: "1",
    };
    const asked = [makeQuestion(), makeQuestion({ id: "0000000000000001", scene_name: "scene9001_00" })];
    const data = await writeDataset(join(root, "data"), { train: VSI_100K_QUESTIONS });
    const benchmark = await writeDataset(join(root, "benchmark"), { test: asked });
    const [model, out, file] = [join(root, "tiny"), join(root, "out"), join(root, "study.yaml")];
    expect(await runVsiTrain(["tiny-model", "--out", model], env)).toMatchObject({ exitCode: 0 });
    await writeFile(
      file,
      `name: real
defaults:
  train: {preset: tiny, batch: 8}
  evaluate: {prompts: training, max-pixels: 3136, max-tokens: 4}
cells:
  - {id: base, method: base}
  - {id: sft, method: sft, train: {steps: 2}}
`,
    );
    const words = ["study", file, "--data", data, "--model", model, "--benchmark", benchmark, "--out", out];
    const { exitCode, stderr } = await startVsiTrain([...words, "--quiet"], env).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.any(String) });
    expect(existsSync(join(out, "cells", "sft", "seed-0", "merged", "config.json"))).toBe(true);
    const { cells } = JSON.parse(await readFile(join(out, "table.json"), "utf8"));
    for (const { id, seeds } of cells) {
      const answers = join(out, "cells", id, "seed-0", "answers");
      const { stdout } = await runVsiEval(["score", answers, "--data", benchmark, "--json"]);
      const { rows } = JSON.parse(stdout);
      const overall = rows.find(({ row }: { row: string }) => row === "overall");
      expect(seeds[0].scores.overall).toEqual({ score: overall.official, interval: overall.official_interval });
      expect(JSON.parse(await readFile(join(answers, "settings.json"), "utf8")).images).toBe("shown");
    }
    // One server for all of them, which is gone.
    expect((await readFile(join(out, "server.log"), "utf8")).match(/^\$ /gm)).toHaveLength(1);
  });
});
