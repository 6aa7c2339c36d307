import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import type { TrainOptions } from "../../src/settings/trainOptions.ts";
import { prepareEvaluation } from "../../src/study/evaluateRun.ts";
import { makeQuestion } from "../support/question.ts";
import { writeDataset } from "../support/writeDataset.ts";

const root = temporaryFolder();

test("answers in a run's folder that --evaluate has not written are left alone, and said before the training", async () => {
  const out = join(root, "run");
  mkdirSync(join(out, "answers"), { recursive: true });
  const options = { out, method: "sft", mode: "vanilla", frames: 1, maxPixels: 3136 } as TrainOptions;
  const flags = { evaluate: join(root, "nothing"), evaluateFrames: null, serve: null, quiet: true };
  await expect(prepareEvaluation(options, flags)).rejects.toThrow(
    `--evaluate: got ${join(out, "answers")}, which --evaluate has not written and would replace. Move it elsewhere.`,
  );
  // With its record they are its own: the next thing that is wrong is the frames, whose flag vsi-eval calls otherwise.
  writeFileSync(join(out, "evaluated.json"), '{"step":3}');
  const evaluate = await writeDataset(join(root, "data"), { test: [makeQuestion()] });
  await expect(prepareEvaluation(options, { ...flags, evaluate, evaluateFrames: "nowhere" })).rejects.toThrow(
    /^--evaluate-frames nowhere: got nothing/,
  );
});
