import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "@vsi/command";
import { checkOutsideDatasets, LOCK_FILE, realPathOf } from "@vsi/command/internal";
import type { Values } from "@vsi/command/program";
import { isRecord, printable } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { writeFileAtomically } from "@vsi/dataset/node";
import { findTrainerPython, pythonEnvironment } from "../environment/trainerPython.ts";
import { TrainError } from "../errors.ts";
import { lockOutput } from "../process/lockOutput.ts";
import { captureOutput, lastWords } from "../process/programOutput.ts";
import { needsOwnCode } from "../process/transformersServe.ts";
import { parseEvent } from "../run/events.ts";
import { readRunRecord } from "../run/runRecord.ts";
import { servingLines } from "../run/servingLines.ts";
import type { MERGE } from "./flags.ts";

/** Says that a folder's model is ours, and what was merged: --overwrite replaces nothing without it. */
const RECORD_FILE = "vsi-merge.json";

/** The model is completed here before its files take their place. */
const STAGING_FOLDER = ".vsi-merge";

/** Eight hours: 7B weights from a slow disk take minutes; what hangs must end some day. */
const LONGEST_SECONDS = 8 * 3600;

/**
 * Merges a run's adapter into its base model and says how to serve the result.
 *
 * @returns the exit code.
 * @throws UsageError for a folder without an adapter, for an --out that is not ours, and without a trainer; TrainError
 * "merge-failed" with what the worker said, and "run-unreadable".
 */
export async function run(flags: Values<typeof MERGE>): Promise<number> {
  const { out, overwrite } = flags;
  const source = await findAdapter(flags.run);
  await checkOutsideDatasets("--out", out, "folder");
  await checkApart(out, source);
  await checkOut(out, overwrite);
  const found = await findTrainerPython();
  if ("missing" in found) throw new UsageError(found.missing);
  const lock = lockOutput(out, "vsi-train merge");
  const staging = join(out, STAGING_FOLDER);
  try {
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging);
    await mergeInto(staging, source, found.python);
    lock.lost.throwIfAborted();
    await publish(out, source);
  } finally {
    // Whoever took the folder over may have a staging folder of its own.
    if (!lock.lost.aborted) await rm(staging, { recursive: true, force: true });
    lock.release();
  }
  const { adapter, base, revision } = source;
  if (flags.json) process.stdout.write(printable(`${JSON.stringify({ model: out, adapter, base, revision })}\n`));
  else if (!flags.quiet) {
    const lines = servingLines({ model: out, transformers: (await needsOwnCode(out)) ? found.python : null });
    process.stdout.write(printable(`The merged model is in ${out}.\n${lines.join("\n")}\n`));
  }
  return 0;
}

/** An adapter and what it was trained on. */
interface AdapterSource {
  /** Its folder. */
  adapter: string;
  /** A hub name or a folder. */
  base: string;
  revision: string | null;
  trustsCode: boolean;
}

/** @param folder a run's, or that of an adapter or a checkpoint. @throws UsageError, TrainError "run-unreadable". */
async function findAdapter(folder: string): Promise<AdapterSource> {
  const isAdapter = (path: string): boolean => existsSync(join(path, "adapter_config.json"));
  if (isAdapter(folder)) {
    const config = await readJson(join(folder, "adapter_config.json"));
    if (config === null) {
      throw new UsageError(`${folder}: adapter_config.json is no JSON object. Copy or download the adapter again.`);
    }
    const base = config.base_model_name_or_path;
    if (typeof base !== "string" || base === "") {
      throw new UsageError(`${folder}: adapter_config.json names no base model. Give the folder of its run.`);
    }
    checkBase(base, folder);
    const revision = typeof config.revision === "string" ? config.revision : null;
    return { adapter: folder, base, revision, trustsCode: false };
  }
  if (existsSync(join(folder, "config.json"))) {
    throw new UsageError(
      `${folder}: got a whole model, expected a run of vsi-train, an adapter or a checkpoint of one. It can be served as it is.`,
    );
  }
  const { settings } = await readRunRecord(folder);
  const model = join(folder, "model");
  if (!existsSync(model)) {
    throw new UsageError(
      `${folder}: the run has not ended, so there is no ${model} yet. Finish it with --resume, or give one of its checkpoints: ${join(folder, "checkpoints", "checkpoint-N")}.`,
    );
  }
  if (!isAdapter(model)) {
    throw new UsageError(`${folder}: the run trained every weight, so ${model} is a whole model. Nothing to merge.`);
  }
  checkBase(settings.model, folder);
  const trustsCode = settings.trainer?.trust_remote_code === true;
  return { adapter: model, base: settings.model, revision: settings.model_revision ?? null, trustsCode };
}

/** @throws UsageError for a base model's folder that is not there: its path is not what the hub is to be asked for. */
function checkBase(base: string, folder: string): void {
  if (existsSync(base) || !(isAbsolute(base) || /^[.~]|\\/.test(base))) return;
  throw new UsageError(
    `${folder}: got the base model ${base}, expected an existing folder. Put it back, or write where it is now into base_model_name_or_path of the adapter's adapter_config.json and give the adapter's folder.`,
  );
}

async function readJson(path: string): Promise<Record<string, unknown> | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** @throws UsageError for an --out whose files are read: --overwrite would remove the base that the adapter belongs to. */
async function checkApart(out: string, { adapter, base }: AdapterSource): Promise<void> {
  for (const [noun, path] of [
    ["the adapter", adapter],
    ["the base model that the adapter was trained on", base],
  ] as const) {
    // A model of the hub has no path.
    if (!existsSync(path) || (await realPathOf(path)) !== (await realPathOf(out))) continue;
    throw new UsageError(`--out: ${out} is the folder of ${noun}. Choose another folder; nothing was touched.`);
  }
}

/** @throws UsageError for a folder with files of somebody else, and for a merged model without --overwrite. */
async function checkOut(out: string, overwrite: boolean): Promise<void> {
  const names = (await readdir(out).catch((): string[] => [])).filter(
    (name) => !name.startsWith(LOCK_FILE) && name !== STAGING_FOLDER,
  );
  if (names.length === 0) return;
  const record = await readJson(join(out, RECORD_FILE));
  if (record?.schema !== "vsi-merge/1") {
    throw new UsageError(
      `--out: ${out} is not empty and holds no model of vsi-train merge. Choose another folder; nothing was touched.`,
    );
  }
  // A merge that was killed while its files moved has no config.json yet, and begins again.
  if (!overwrite && names.includes("config.json")) {
    throw new UsageError(`--out: ${out} holds a merged model. Choose another folder, or add --overwrite.`);
  }
}

async function mergeInto(staging: string, source: AdapterSource, python: string): Promise<void> {
  const { adapter, base, revision, trustsCode } = source;
  const words = [adapter, staging, "--base", base, ...(revision === null ? [] : ["--revision", revision])];
  const command = [python, "-m", "vsi_trainer.merge", ...words, ...(trustsCode ? ["--trust-remote-code"] : [])];
  const output = await captureOutput(command, { env: pythonEnvironment() }, LONGEST_SECONDS);
  if (output.exitCode === 0) return;
  const said = output.stdout
    .split("\n")
    .map(parseEvent)
    .find((event) => event?.event === "error");
  throw new TrainError("merge-failed", {
    file: adapter,
    place: "-m vsi_trainer.merge",
    got: said?.event === "error" ? said.message : lastWords(output),
    expected: "a merged model",
    advice: `Is the adapter whole, is ${base} the model that it was trained on, and is there memory for all its weights?`,
  });
}

/** config.json comes last: a folder without it is no model to anybody. */
async function publish(out: string, { adapter, base, revision }: AdapterSource): Promise<void> {
  const staging = join(out, STAGING_FOLDER);
  try {
    const record = { schema: "vsi-merge/1", adapter: resolve(adapter), base, revision };
    await rm(join(out, "config.json"), { force: true });
    await writeFileAtomically(join(out, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
    const fresh = await readdir(staging);
    for (const name of await readdir(out)) {
      const isKept = name === RECORD_FILE || name === STAGING_FOLDER || name.startsWith(LOCK_FILE);
      if (!isKept) await rm(join(out, name), { recursive: true });
    }
    const ordered = [...fresh.filter((name) => name !== "config.json"), "config.json"];
    for (const name of ordered) await rename(join(staging, name), join(out, name));
    await rm(staging, { recursive: true });
  } catch (error) {
    throw fileError(error, out, "a folder to write the model to");
  }
}
