import { existsSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "@vsi/command";
import { didYouMean } from "@vsi/command/internal/program";
import { defaultsOf } from "@vsi/command/program";
import { DPO, GRPO, SFT } from "../commands/trainingFlags.ts";
import { type AnyTrainFlags, checkModel, toTrainOptions } from "../commands/trainOptions.ts";
import { resolveLaunch } from "../settings/launch.ts";
import type { TrainOptions } from "../settings/trainOptions.ts";
import { BASE, type Study, type StudyCell } from "./studyFile.ts";

/** What stands for the seed in --model. */
const SEED_IN_MODEL = "{seed}";

/** A cell with one of its seeds: one training and one evaluation. */
export interface PlannedRun {
  cell: StudyCell;
  seed: number;
  /** All that belongs to it: cells/<id>/seed-<seed> in the study's folder. */
  folder: string;
  /** Whose model it starts from; null for the base model. */
  from: PlannedRun | null;
  /** The base model: a hub name, or a folder's absolute path. */
  base: string;
  /** What the training does; null where there is none. Where `from` is a run, its model takes the place of the base model. */
  options: TrainOptions | null;
  /** False where only its model is needed. */
  isEvaluated: boolean;
}

/** What a study runs on. */
export interface StudyPlace {
  data: string;
  model: string;
  out: string;
}

/** What a study runs on, and what of it. */
export interface PlanOptions extends StudyPlace {
  only: readonly string[] | null;
  seeds: readonly string[] | null;
}

/**
 * A study's runs, each behind the one that it starts from, else in the order of the file.
 *
 * @throws UsageError for a circle, an unknown cell, a seed that a cell's source does not have, and settings that
 * vsi-train refuses; each names the cell and its place in the file. For what the study's own flags and the environment
 * say, without a cell.
 */
export function planStudy(study: Study, options: PlanOptions): PlannedRun[] {
  if (study.cells.some(({ method }) => method !== "base")) checkPlace(study, options);
  return plannedRuns(study, options, (cell, seed, base, folder) => {
    checkModel(modelOfSeed(options.model, seed));
    return trainOptions(cell, seed, base, options.data, folder);
  });
}

/** @throws UsageError for what no cell could change: the study's own flags, and where it runs. */
function checkPlace({ cells }: Study, { data }: PlanOptions): void {
  const trained = cells.filter(({ method }) => method !== "base");
  const isFile = statSync(data, { throwIfNoEntry: false })?.isFile() === true;
  if (isFile && data.endsWith(".jsonl") && trained.every(({ values }) => values.framesDir === undefined)) {
    throw new UsageError(
      `--data: got the file ${data}, whose frames are somewhere else: --frames-dir holds the benchmark's. Expected a dataset folder, or a study file with frames-dir below train, in its defaults.`,
    );
  }
  const processes = trained.every(({ values }) => values.processes !== undefined) ? 1 : null;
  const { hosts } = resolveLaunch({ processes, hosts: null }, process.env, hostname());
  if (hosts === 1) return;
  throw new UsageError(
    `The environment says ${hosts} hosts, expected one: a study runs on one host. Start it alone, with PET_NPROC_PER_NODE processes.`,
  );
}

/**
 * Every run of a study, as in planStudy, to look at what is there: without options, so that nothing of a training has
 * to fit, or be there, on this machine.
 */
export function allRuns(study: Study, place: StudyPlace): PlannedRun[] {
  return plannedRuns(study, { ...place, only: null, seeds: null }, () => null);
}

/** Makes the options of a training, and refuses what can't be trained. */
type MakeOptions = (cell: StudyCell, seed: number, base: string, folder: string) => TrainOptions | null;

function plannedRuns(study: Study, options: PlanOptions, makeOptions: MakeOptions): PlannedRun[] {
  const cells = new Map(study.cells.map((cell) => [cell.id, cell]));
  for (const cell of study.cells) checkSource(cell, cells);
  const only = chosenCells(study, options.only);
  const seeds = chosenSeeds(study, options.seeds);
  const planned = new Map<string, PlannedRun>();
  const plan = (cell: StudyCell, seed: number, isEvaluated: boolean): PlannedRun => {
    const key = `${cell.id} ${seed}`;
    const known = planned.get(key);
    if (known !== undefined) {
      known.isEvaluated ||= isEvaluated;
      return known;
    }
    const source = cells.get(cell.from);
    const from = source === undefined || source.method === "base" ? null : plan(source, seed, false);
    const base = baseModel(options.model, seed);
    const folder = join(resolve(options.out), "cells", cell.id, `seed-${seed}`);
    const run = { cell, seed, folder, from, base, options: makeOptions(cell, seed, base, folder), isEvaluated };
    planned.set(key, run);
    return run;
  };
  for (const cell of study.cells) {
    if (!only.has(cell.id)) continue;
    for (const seed of seedsOf(cell, options.model).filter((one) => seeds === null || seeds.has(one)))
      plan(cell, seed, true);
  }
  if (planned.size === 0) throw new UsageError("--seeds: none of the chosen cells has one of these seeds.");
  return [...planned.values()];
}

/** The seeds of a cell: a base model that is the same for every seed is asked once. */
export function seedsOf(cell: StudyCell, model: string): readonly number[] {
  return cell.method === "base" && !model.includes(SEED_IN_MODEL) ? cell.seeds.slice(0, 1) : cell.seeds;
}

function checkSource(cell: StudyCell, cells: ReadonlyMap<string, StudyCell>): void {
  const path = [cell.id];
  let at = cell;
  while (at.from !== BASE) {
    const source = cells.get(at.from);
    if (source === undefined) {
      const near = didYouMean(at.from, [BASE, ...cells.keys()], (one) => one);
      throw new UsageError(
        `${at.place}: cell ${at.id}: from: got ${at.from}, expected ${BASE} or the id of a cell.${near}`,
      );
    }
    const missing = source.method === "base" ? undefined : at.seeds.find((seed) => !source.seeds.includes(seed));
    if (missing !== undefined) {
      throw new UsageError(
        `${at.place}: cell ${at.id}: seed ${missing} starts from ${source.id} of the same seed, which has ${source.seeds.join(", ")}. Add the seed there, or leave it out here.`,
      );
    }
    path.push(source.id);
    if (path.indexOf(source.id) < path.length - 1) {
      throw new UsageError(
        `${cell.place}: cell ${cell.id}: from goes in a circle: ${path.join(" from ")}. Let one start from ${BASE}.`,
      );
    }
    at = source;
  }
}

function chosenCells(study: Study, only: readonly string[] | null): ReadonlySet<string> {
  const ids = study.cells.map(({ id }) => id);
  for (const id of only ?? []) {
    if (ids.includes(id)) continue;
    throw new UsageError(
      `--only: got ${id}, expected cells of ${study.name}: ${ids.join(", ")}.${didYouMean(id, ids, (one) => one)}`,
    );
  }
  return new Set(only ?? ids);
}

function chosenSeeds(study: Study, seeds: readonly string[] | null): ReadonlySet<number> | null {
  if (seeds === null) return null;
  const known = [...new Set(study.cells.flatMap((cell) => cell.seeds))].sort((one, other) => one - other);
  return new Set(
    seeds.map((text) => {
      const seed = Number(text);
      if (/^\d+$/.test(text) && known.includes(seed)) return seed;
      throw new UsageError(`--seeds: got ${text}, expected seeds of ${study.name}: ${known.join(", ")}.`);
    }),
  );
}

const COMMANDS = { sft: SFT, dpo: DPO, grpo: GRPO } as const;

function modelOfSeed(model: string, seed: number): string {
  return model.replaceAll(SEED_IN_MODEL, String(seed));
}

function baseModel(model: string, seed: number): string {
  const name = modelOfSeed(model, seed);
  // A name like "org/model" that is also a folder here is that folder, as for transformers.
  return existsSync(name) ? resolve(name) : name;
}

function trainOptions(cell: StudyCell, seed: number, model: string, data: string, folder: string): TrainOptions | null {
  if (cell.method === "base") return null;
  const given = { data, model, out: trainFolder(folder), mode: cell.mode, seed };
  const flags = { ...defaultsOf(COMMANDS[cell.method].flags), ...cell.values, ...given };
  try {
    return toTrainOptions(cell.method, flags as unknown as AnyTrainFlags);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${cell.place}: cell ${cell.id}: ${error.message}`);
    throw error;
  }
}

/** The run of vsi-train in a planned run's folder. */
export function trainFolder(folder: string): string {
  return join(folder, "train");
}

/** What one would type for flags as they stand in a study file. */
export function flagWords(flags: StudyCell["train"]): string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    if (typeof value === "boolean") return [`--${value ? "" : "no-"}${name}`];
    const texts = typeof value === "string" ? [value] : value;
    // "--x -1" would read -1 as a flag.
    return texts.flatMap((text) => (text.startsWith("-") ? [`--${name}=${text}`] : [`--${name}`, text]));
  });
}
