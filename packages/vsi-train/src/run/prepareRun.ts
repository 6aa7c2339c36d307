import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UsageError } from "@vsi/command";
import { shownJson } from "@vsi/dataset";
import { fileError, hashFile } from "@vsi/dataset/node";
import type { PreparedRows } from "../rows/prepareRows.ts";
import { type TrainingRow, writeJsonl } from "../rows/rows.ts";
import { runFolder } from "../settings/launch.ts";
import { ROWS_FILES, resolveSettings } from "../settings/resolveSettings.ts";
import { type RunSettings, WORKER_SETTINGS } from "../settings/runSettings.ts";
import type { TrainOptions } from "../settings/trainOptions.ts";

/** Every run's folder holds it: --overwrite deletes no other folder. */
const RUN_MARK = "rows";

/** What further hosts make, maybe before the first one looks: no run by itself, and theirs to write over. */
const HOSTS_OWN: readonly string[] = ["hosts", "checkpoints"];

/**
 * Makes the run's folder and writes its rows. A further host's folder is its own (runFolder); its checkpoints are
 * the run's.
 *
 * @returns what the worker on this host is told.
 * @throws UsageError when the folder is there and neither --resume nor --overwrite is given, or is no run, or what is gone
 * on with differs; DatasetError when it can't be written.
 */
export async function prepareRun(options: TrainOptions, rows: PreparedRows): Promise<RunSettings> {
  const { out, launch } = options;
  const isFirst = launch.host === 0;
  if (isFirst) await checkFolder(options);
  const run = runFolder(options);
  try {
    await mkdir(join(run, "rows"), { recursive: true });
    await mkdir(resolve(out, "checkpoints"), { recursive: true });
    if (!isFirst) await shareCheckpoints(resolve(out), run);
  } catch (error) {
    throw fileError(error, run, "a folder to write the run to");
  }
  const settings = resolveSettings(options, run, rows.heldOut.length > 0);
  if (options.resume !== null) await checkResume(settings, rows.train);
  await writeJsonl(join(run, ROWS_FILES.train), rows.train);
  if (rows.heldOut.length > 0) await writeJsonl(join(run, ROWS_FILES.heldOut), rows.heldOut);
  return settings;
}

async function checkFolder({ out, resume, overwrite }: TrainOptions): Promise<void> {
  const there = await readdir(out).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw fileError(error, out, "a folder to write the run to");
  });
  const names = there.filter((name) => !HOSTS_OWN.includes(name));
  if (names.length === 0) {
    if (resume === "latest") throw new UsageError(`--resume: ${out} holds no run. Leave --resume out to start one.`);
    return;
  }
  if (!names.includes(RUN_MARK)) {
    throw new UsageError(`--out: ${out} is not empty and holds no run of vsi-train. Give another folder.`);
  }
  if (overwrite) await removeRun(out, [...names, "checkpoints"]);
  else if (resume === null) {
    throw new UsageError(`--out: ${out} holds a run. Go on with it by --resume, or start again by --overwrite.`);
  }
}

async function removeRun(out: string, names: readonly string[]): Promise<void> {
  try {
    for (const name of names) await rm(join(out, name), { recursive: true, force: true });
  } catch (error) {
    throw fileError(error, out, "a folder to write the run to");
  }
}

async function shareCheckpoints(out: string, run: string): Promise<void> {
  await rm(join(run, "checkpoints"), { force: true });
  await symlink(join(out, "checkpoints"), join(run, "checkpoints"), "junction");
}

/** @throws UsageError for a worker.json that was cut or changed. */
function parseSettings(text: string, path: string): Partial<RunSettings> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Falls through: neither is a run's settings.
  }
  throw new UsageError(`--resume: ${path} is not what vsi-train wrote. Start again with --overwrite.`);
}

/** What a checkpoint was made of: the same weights in the same place. Learning rate or steps may change on the way. */
const FIXED = ["method", "model", "model_revision", "lora", "adapter"] as const;

/**
 * Checks that a run goes on as it began: the same weights, and the same rows in the same order, of which a checkpoint
 * counts how many were taken. A run that was ended before it started has nothing to compare with.
 *
 * @throws UsageError naming what differs.
 */
export async function checkResume(settings: RunSettings, rows: readonly TrainingRow[]): Promise<void> {
  const text = await readFile(join(settings.run, WORKER_SETTINGS), "utf8").catch(() => null);
  if (text === null) return;
  const earlier = parseSettings(text, join(settings.run, WORKER_SETTINGS));
  for (const name of FIXED) {
    const [before, now] = [shownJson(earlier[name]), shownJson(settings[name])];
    if (before !== now) {
      throw new UsageError(
        `--resume: the run began with ${name} ${before}, now it is ${now}. Start another run in another --out.`,
      );
    }
  }
  const hash = createHash("sha256");
  for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
  if (hash.digest("hex") === (await hashFile(join(settings.run, ROWS_FILES.train)))) return;
  throw new UsageError(
    `--resume: the rows are not those of ${join(settings.run, ROWS_FILES.train)}: the dataset, or --mode, --types, --limit, --frames or --seed changed. Start another run in another --out.`,
  );
}
