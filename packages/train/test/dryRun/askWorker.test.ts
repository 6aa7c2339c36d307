import { expect, test } from "@jest/globals";
import { askWorker } from "../../src/dryRun/askWorker.ts";
import { resolveSettings } from "../../src/settings/resolveSettings.ts";
import { TrainError } from "../../src/trainError.ts";
import { describeTrainer, trainerPython } from "../python/support/trainerPython.ts";
import { makeQuestion } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

const options = makeTrainOptions();
const settings = resolveSettings(options, "/nowhere", false);
const rows = [makeRowsOf(makeQuestion()).grpo];

test("a Python that is none is named, with what to type", async () => {
  const failed = askWorker(settings, rows, { python: "/no/python", processes: 1 });
  await expect(failed).rejects.toThrow(TrainError);
  await expect(failed).rejects.toThrow(/^\/no\/python: .*vsi-train doctor/);
});

describeTrainer("TRL's refusal", () => {
  test("is said in its own words", async () => {
    const strange = { ...settings, trainer: { ...settings.trainer, no_such_option: 1 } };
    await expect(askWorker(strange, rows, { python: trainerPython!, processes: 1 })).rejects.toThrow(/no_such_option/);
  });
});
