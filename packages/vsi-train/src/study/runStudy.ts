import { readFile } from "node:fs/promises";
import { Interruption } from "@vsi/command";
import { VsiError } from "@vsi/dataset";
import { printable } from "@vsi/dataset/internal";
import { TrainError } from "../errors.ts";
import { runLeashed, typedCommand, VSI_TRAIN, waitUntilFree } from "./children.ts";
import { type Evaluation, evaluateModel, evaluationFiles, scoreAnswers } from "./evaluate.ts";
import { flagWords, type PlannedRun, trainFolder } from "./plan.ts";
import type { ModelServers } from "./servers.ts";
import {
  holdsRun,
  isAdapter,
  isMerged,
  isTrained,
  mergedFolder,
  modelOf,
  type StudyInputs,
  stateOf,
  writeRecord,
} from "./state.ts";

/** What the runs of a study share. */
export interface StudyRunOptions {
  benchmark: string;
  framesDir: string | null;
  inputs: StudyInputs;
  servers: ModelServers;
  /** Whether the children's progress is shown. */
  quiet: boolean;
  signal: AbortSignal;
  /** After each evaluation, so that a study half done has its table. */
  onDone: () => Promise<void>;
}

/** A run that failed, in words. */
export interface FailedRun {
  run: PlannedRun;
  error: string;
}

/**
 * Trains, merges, serves and evaluates what is not done yet, one run after the other. What a run's folder proves to be
 * done is not done again. A run that fails is left behind: only those that start from it are left out too.
 *
 * @returns the runs that failed.
 * @throws the signal's reason, once what ran has ended.
 */
export async function runStudy(runs: readonly PlannedRun[], options: StudyRunOptions): Promise<FailedRun[]> {
  const failed: FailedRun[] = [];
  for (const [index, run] of runs.entries()) {
    options.signal.throwIfAborted();
    const name = `[${index + 1}/${runs.length}] ${run.cell.id}, seed ${run.seed}`;
    const lost = failed.find(({ run: other }) => other === run.from);
    if (lost !== undefined) {
      failed.push({ run, error: `${run.cell.from} failed, from which it starts` });
      say(`${name}: left out, as ${run.cell.from} failed`, options);
      continue;
    }
    try {
      await runOne(run, name, options);
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof VsiError) || error instanceof Interruption) throw error;
      failed.push({ run, error: error.message });
      process.stderr.write(printable(`${name}: ${error.message}\n`));
    } finally {
      await options.servers.release();
    }
  }
  return failed;
}

async function runOne(run: PlannedRun, name: string, options: StudyRunOptions): Promise<void> {
  const before = await stateOf(run);
  if (before === "done" || (!run.isEvaluated && before !== "missing" && before !== "training")) {
    say(`${name}: done`, options);
    return;
  }
  await writeRecord(run, options.inputs);
  if (run.cell.method !== "base") await train(run, name, options);
  if (!run.isEvaluated) return;
  say(`${name}: evaluation`, options);
  const { cell, folder } = run;
  const { benchmark, framesDir, servers, signal, quiet } = options;
  const evaluation: Evaluation = { benchmark, framesDir, mode: cell.mode, flags: cell.evaluate };
  const onCommand = (words: readonly string[]): void => sayCommand(words, options);
  if (await isAnswered(run, options)) {
    await scoreAnswers(evaluation, folder, onCommand);
  } else {
    const model = await wholeModel(run, name, options);
    const { baseUrl } = await servers.serve(model);
    await evaluateModel(evaluation, { folder, model, baseUrl, quiet, signal, onCommand });
  }
  await options.onDone();
}

/** Whether every question has its answer, so that no server is needed. */
async function isAnswered(run: PlannedRun, { inputs }: StudyRunOptions): Promise<boolean> {
  const predictions = await readFile(evaluationFiles(run.folder).predictions, "utf8").catch(() => "");
  return predictions.split("\n").length - 1 === inputs.asked.get(run.cell.id)?.questions;
}

async function train(run: PlannedRun, name: string, options: StudyRunOptions): Promise<void> {
  const folder = trainFolder(run.folder);
  if (await isTrained(folder)) return;
  const { cell, seed, from, options: planned } = run;
  if (cell.method === "base" || planned === null) return;
  const isResumed = await holdsRun(folder);
  say(`${name}: training${isResumed ? ", continued" : ""}`, options);
  const model = from === null ? run.base : await wholeModel(from, name, options);
  const own = ["--data", planned.data, "--model", model, "--mode", cell.mode, "--seed", String(seed), "--out", folder];
  const words = [cell.method, ...flagWords(cell.train), ...own, ...(isResumed ? ["--resume"] : [])];
  await runTrain(words, folder, options);
}

/** A run's model as it is served or trained on; an adapter is merged when it is first needed. */
async function wholeModel(run: PlannedRun, name: string, options: StudyRunOptions): Promise<string> {
  if (isAdapter(run) && !isMerged(run)) {
    say(`${name}: merging the adapter of ${run.cell.id}`, options);
    const out = mergedFolder(run);
    await runTrain(["merge", trainFolder(run.folder), "--out", out], out, options);
  }
  return modelOf(run);
}

/** @throws TrainError "study-step-failed"; the signal's reason. */
async function runTrain(words: readonly string[], folder: string, options: StudyRunOptions): Promise<void> {
  await waitUntilFree(folder);
  sayCommand(["vsi-train", ...words], options);
  const command = [...VSI_TRAIN, ...words, ...(options.quiet ? ["--quiet"] : [])];
  const exitCode = await runLeashed(command, options.signal);
  options.signal.throwIfAborted();
  if (exitCode === 0) return;
  throw new TrainError("study-step-failed", {
    file: folder,
    place: `vsi-train ${words[0]}`,
    got: `exit code ${exitCode}; what it said stands above`,
    expected: "exit code 0",
    advice: "Mend that, and run the same command again: it goes on there.",
  });
}

function sayCommand(words: readonly string[], options: StudyRunOptions): void {
  say(`$ ${typedCommand(words)}`, options);
}

function say(line: string, { quiet }: StudyRunOptions): void {
  if (!quiet) process.stderr.write(printable(`${line}\n`));
}
