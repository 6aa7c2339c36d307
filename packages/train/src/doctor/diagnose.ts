import { askWorkerDoctor } from "../environment/askWorkerDoctor.ts";
import { readRequirements } from "../environment/requirements.ts";
import { DEFAULT_SETUP_OPTIONS } from "../environment/setupOptions.ts";
import { findTrainerPython } from "../environment/trainerPython.ts";
import { TrainError } from "../trainError.ts";
import { checkDataset } from "./checkDataset.ts";
import { checkDevices } from "./checkDevices.ts";
import { checkDisk } from "./checkDisk.ts";
import { checkModel } from "./checkModel.ts";
import { checkPython } from "./checkPython.ts";
import type { Finding } from "./finding.ts";

/** What the doctor looks at beside the environment; null leaves it out. */
export interface DiagnoseOptions {
  /** A dataset folder. */
  data: string | null;
  /** A hub's name or a model's folder. */
  model: string | null;
}

/** Looks at all that training needs. Changes nothing and downloads nothing. */
export async function diagnose({ data, model }: DiagnoseOptions): Promise<Finding[]> {
  return [
    ...(await checkTrainer()),
    await checkDisk(process.cwd()),
    ...(data === null ? [] : await checkDataset(data)),
    ...(model === null ? [] : [await checkModel(model)]),
  ];
}

async function checkTrainer(): Promise<Finding[]> {
  const trainer = await findTrainerPython();
  if ("missing" in trainer) {
    return [{ what: "trainer", state: "missing", found: "no environment", advice: trainer.missing }];
  }
  const findings = await checkPython(trainer.python, await readRequirements(DEFAULT_SETUP_OPTIONS.requirements));
  if (findings.some(({ state }) => state === "missing")) return findings;
  try {
    return [...findings, ...checkDevices(await askWorkerDoctor(trainer.python))];
  } catch (error) {
    if (!(error instanceof TrainError)) throw error;
    return [...findings, { what: "torch", state: "missing", found: error.detail.got, advice: error.detail.advice }];
  }
}
