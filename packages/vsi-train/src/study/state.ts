import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { LOCK_FILE } from "@vsi/command/internal";
import { isRecord, shownJson } from "@vsi/dataset/internal";
import { hashFile, writeFileAtomically } from "@vsi/dataset/node";
import { readRunRecord } from "../run/runRecord.ts";
import { type AskedQuestions, evaluationFiles, readScore } from "./evaluate.ts";
import { type PlannedRun, trainFolder } from "./plan.ts";

/** The record of what a run of a study was started with; beside it stands what came of it. */
const RECORD_FILE = "cell.json";

const RECORD_SCHEMA = "vsi-study-cell/1";

/** Settings of a run's training and evaluation, flat: what differs is named by its key. */
type Settings = Readonly<Record<string, unknown>>;

/** What decides a run's results. */
export interface RunFingerprint {
  /** Empty for a base model. */
  training: Settings;
  evaluation: Settings;
}

/** What all runs of a study share. */
export interface StudyInputs {
  data: string;
  /** Of the dataset's content. */
  dataSha256: string;
  /** What each cell is asked, by its id: its evaluation may choose a part of the benchmark. */
  asked: ReadonlyMap<string, AskedQuestions>;
  /** The content of a base model in a folder, by its path. */
  models: ReadonlyMap<string, string>;
}

/** What decides a run's results, as its record keeps it. */
export function fingerprint(run: PlannedRun, inputs: StudyInputs): RunFingerprint {
  const { cell, seed, base, from } = run;
  const model = { model: base, model_sha256: inputs.models.get(base) ?? null };
  const flags = (prefix: string, given: Settings): Settings => {
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [`${prefix} ${name}`, value]));
  };
  const source =
    from === null ? model : { from: from.cell.id, from_sha256: sha256(shownJson(fingerprint(from, inputs).training)) };
  const training: Settings =
    cell.method === "base"
      ? {}
      : {
          method: cell.method,
          mode: cell.mode,
          seed,
          ...source,
          data_sha256: inputs.dataSha256,
          ...flags("train", cell.train),
        };
  return {
    training,
    evaluation: {
      mode: cell.mode,
      benchmark_sha256: inputs.asked.get(cell.id)?.sha256 ?? null,
      ...(cell.method === "base" ? model : {}),
      ...flags("evaluate", cell.evaluate),
    },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** How far a run is; each is behind the one before. */
export type RunState = "missing" | "training" | "trained" | "evaluating" | "answered" | "done";

/** What a run's folder proves, by the records of the commands that wrote it. */
export async function stateOf(run: PlannedRun): Promise<RunState> {
  const files = evaluationFiles(run.folder);
  if (run.cell.method !== "base") {
    const train = trainFolder(run.folder);
    if (!(await isTrained(train))) return (await holdsRun(train)) ? "training" : "missing";
  }
  if ((await readScore(files.score)) !== null) return "done";
  if (existsSync(files.predictions)) return "answered";
  if (existsSync(files.settings)) return "evaluating";
  return run.cell.method === "base" ? "missing" : "trained";
}

/** Whether a run of vsi-train ended well, and its model is there. */
export async function isTrained(train: string): Promise<boolean> {
  if (!existsSync(join(train, "run.json")) || !existsSync(join(train, "model"))) return false;
  const { sessions } = await readRunRecord(train);
  return sessions.at(-1)?.exit_code === 0;
}

/** Whether a folder holds a run that --resume goes on with. */
export async function holdsRun(train: string): Promise<boolean> {
  const names = await readdir(train).catch((): string[] => []);
  return names.some((name) => !["hosts", "checkpoints"].includes(name) && !name.startsWith(LOCK_FILE));
}

/** Whether a trained run's model is an adapter, which is merged before it is served or trained on. */
export function isAdapter(run: PlannedRun): boolean {
  return existsSync(join(trainFolder(run.folder), "model", "adapter_config.json"));
}

/** The folder of a run's merged model. */
export function mergedFolder(run: PlannedRun): string {
  return join(run.folder, "merged");
}

/** Whether the adapter is merged: config.json comes last. */
export function isMerged(run: PlannedRun): boolean {
  return ["vsi-merge.json", "config.json"].every((name) => existsSync(join(mergedFolder(run), name)));
}

/** A run's model as it is served or trained on: a folder's absolute path, or the base model's hub name. */
export function modelOf(run: PlannedRun): string {
  if (run.cell.method === "base") return run.base;
  return isAdapter(run) ? mergedFolder(run) : join(trainFolder(run.folder), "model");
}

/**
 * Compares the runs' records with what the study says now.
 *
 * @throws UsageError naming every run that no longer fits, what differs, and what to do; nothing was touched.
 */
export async function checkRecords(runs: readonly PlannedRun[], inputs: StudyInputs): Promise<void> {
  const unfit: string[] = [];
  for (const run of runs) {
    const state = await stateOf(run);
    const before = await readRecord(run);
    const now = fingerprint(run, inputs);
    const { answers, score } = evaluationFiles(run.folder);
    const differences = (part: keyof RunFingerprint): string[] => {
      const names = new Set([...Object.keys(before?.[part] ?? {}), ...Object.keys(now[part])]);
      return [...names].flatMap((name) => {
        const [then, today] = [before?.[part]?.[name], now[part][name]].map((value) => shownJson(value ?? null));
        if (then === today) return [];
        // Two hashes tell nobody what differs; the line of that cell does.
        if (name === "from_sha256") return [`${run.cell.from}, from which it starts, was made otherwise`];
        return [`${name} was ${then}, now ${today}`];
      });
    };
    if (before === null) {
      if (state !== "missing")
        unfit.push(`  ${run.folder}: has no ${RECORD_FILE} that could be read. Remove the folder.`);
      continue;
    }
    if (state === "missing" && existsSync(answers)) {
      unfit.push(`  ${run.folder}: has answers of a model that is no longer there. Remove the folder.`);
      continue;
    }
    const training = state === "missing" ? [] : differences("training");
    const isAsked = ["evaluating", "answered", "done"].includes(state);
    const evaluation = isAsked ? differences("evaluation") : [];
    const name = `${run.cell.id}, seed ${run.seed}`;
    if (training.length > 0) unfit.push(`  ${name}: ${training.join("; ")}. To train it again, remove ${run.folder}`);
    else if (evaluation.length > 0) {
      unfit.push(`  ${name}: ${evaluation.join("; ")}. To ask it again, remove ${answers} and ${score}`);
    }
  }
  if (unfit.length === 0) return;
  throw new UsageError(
    `--out holds results that no longer fit the study, its data or its model:\n${unfit.join("\n")}\nOr choose another --out, or undo the change. Nothing was touched.`,
  );
}

/** Null where there is none, or none that was written whole. */
async function readRecord(run: PlannedRun): Promise<RunFingerprint | null> {
  const text = await readFile(join(run.folder, RECORD_FILE), "utf8").catch(() => "");
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && value.schema === RECORD_SCHEMA && isRecord(value.training) && isRecord(value.evaluation)
      ? (value as unknown as RunFingerprint)
      : null;
  } catch {
    return null;
  }
}

/** Puts on record what a run is started with. */
export async function writeRecord(run: PlannedRun, inputs: StudyInputs): Promise<void> {
  const record = { schema: RECORD_SCHEMA, cell: run.cell.id, seed: run.seed, ...fingerprint(run, inputs) };
  await mkdir(run.folder, { recursive: true });
  await writeFileAtomically(join(run.folder, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** 64 MiB: a tiny model is told from another by its weights; reading gigabytes would take minutes. */
const LARGEST_HASHED = 64 * 1024 * 1024;

/** A model folder's content as one hash: of large files the size alone. Null for a hub name. */
export async function modelHash(model: string): Promise<string | null> {
  if (!existsSync(model)) return null;
  const hash = createHash("sha256");
  for (const name of (await readdir(model)).sort()) {
    const path = join(model, name);
    // Null for a link that leads nowhere: whoever loads the model says whether it needs what is not there.
    const found = await stat(path).catch(() => null);
    if (found?.isFile() !== true || name.startsWith(LOCK_FILE)) continue;
    const { size } = found;
    hash.update(`${name} ${size} ${size > LARGEST_HASHED ? "" : await hashFile(path)}\n`);
  }
  return hash.digest("hex");
}
