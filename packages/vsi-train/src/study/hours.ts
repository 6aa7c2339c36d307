import { readFileSync } from "node:fs";
import { UsageError } from "@vsi/command";
import { isRecord, shownJson } from "@vsi/dataset/internal";
import { askWorkerDoctor } from "../doctor/machine.ts";
import { findTrainerPython } from "../environment/trainerPython.ts";
import { captureOutput, lastWords } from "../process/programOutput.ts";
import { planSteps, type StepShape, stepShape, type TrainOptions } from "../settings/trainOptions.ts";
import { VSI_TRAIN } from "./children.ts";
import type { PlannedRun } from "./plan.ts";
import { plannedRows } from "./plannedRows.ts";

/** What a training would take. */
export interface TrainingCost {
  /** Updates. */
  steps: number;
  /** Null where nothing was measured. */
  hours: number | null;
}

/** What `vsi-train measure --json` printed. */
interface Measured {
  preset: string;
  method: string;
  /** Absent in what 0.1 printed: taken for any. */
  shape?: StepShape;
  seconds: { step: number };
}

/** @returns the cost of a run's training by what was measured; null where there is none. */
export type CostOf = (run: PlannedRun) => Promise<TrainingCost | null>;

/**
 * What trainings would take: steps from the rows, times the seconds of `vsi-train measure`: of the files given, else
 * measured here where there is a GPU, once for each preset and shape of step. On a CPU hours stay unknown: measuring
 * a 2B model there would take hours itself.
 *
 * @param files what `vsi-train measure --json` printed.
 * @throws UsageError for a file of something else, DatasetError as in prepareRows.
 */
export function trainingCosts(files: readonly string[], rowsOf = plannedRows()): CostOf {
  const given = files.flatMap(readMeasured);
  const measuredHere = new Map<string, Promise<Measured | null>>();
  let gpu: Promise<boolean> | null = null;
  const measure = (options: TrainOptions): Promise<Measured | null> => {
    const words = measureWords(options);
    const key = words.join(" ");
    const known = measuredHere.get(key) ?? runMeasure(words);
    measuredHere.set(key, known);
    return known;
  };
  return async ({ options }) => {
    if (options === null) return null;
    const steps = planSteps(options, (await rowsOf(options)).count).steps;
    const found = given.find((measured) => isStepOf(measured, options));
    if (found === undefined) gpu ??= hasGpu();
    const measured = found ?? ((await gpu) === true ? await measure(options) : null);
    return { steps, hours: measured === null ? null : (steps * measured.seconds.step) / 3600 };
  };
}

/** A step of other frames, another batch or longer completions takes another time. */
function isStepOf({ preset, method, shape }: Measured, options: TrainOptions): boolean {
  const own = stepShape(options);
  const isShape = shape === undefined || shownJson({ ...own, ...shape }) === shownJson(own);
  return preset === options.preset && method === options.method && isShape;
}

function readMeasured(file: string): Measured[] {
  const refuse = (got: string): never => {
    throw new UsageError(
      `--measured ${file}: got ${got}, expected what vsi-train measure --json printed: vsi-train measure --preset vsgrpo-2b --json > FILE.`,
    );
  };
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    refuse((error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : (error as Error).message);
  }
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => parseMeasured(line) ?? refuse(JSON.stringify(line.slice(0, 60))));
}

function parseMeasured(line: string): Measured | null {
  try {
    const value: unknown = JSON.parse(line);
    const isFit = isRecord(value) && typeof value.preset === "string" && typeof value.method === "string";
    const isShape = isRecord(value) && (value.shape === undefined || isRecord(value.shape));
    return isFit && isShape && isRecord(value.seconds) && typeof value.seconds.step === "number"
      ? (value as unknown as Measured)
      : null;
  } catch {
    return null;
  }
}

/** The step of a training, as measure takes it. */
export function measureWords(options: TrainOptions): string[] {
  const { full, set, ...numbers } = stepShape(options);
  const words = [
    ...Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...(full ? ["--full"] : []),
    ...Object.entries(set).flatMap(([name, value]) => ["--set", `${name}=${JSON.stringify(value)}`]),
  ];
  return ["measure", "--preset", options.preset, "--method", options.method, ...words, "--json"];
}

/** A few steps of 7B on one GPU, with the time to make its weights. */
const LONGEST_SECONDS = 3600;

async function runMeasure(words: readonly string[]): Promise<Measured | null> {
  const output = await captureOutput([...VSI_TRAIN, ...words], {}, LONGEST_SECONDS);
  if (output.exitCode === 0) return parseMeasured(output.stdout.trim());
  // Hours are a help, not what the dry run is for.
  process.stderr.write(`warning: vsi-train ${words.join(" ")}: ${lastWords(output)}\n`);
  return null;
}

async function hasGpu(): Promise<boolean> {
  const found = await findTrainerPython();
  if ("missing" in found) return false;
  // Hours are a help: a trainer that is not whole says so when it is to train.
  const report = await askWorkerDoctor(found.python).catch(() => null);
  return report?.devices.some(({ kind }) => kind !== "cpu") === true;
}
