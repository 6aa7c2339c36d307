import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { UsageError } from "@vsi/command";
import { LOCK_FILE, realPathOf } from "@vsi/command/internal";
import { countOf, isRecord, shownJson } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { hashFile } from "@vsi/dataset/node";
import type { PreparedRows } from "../rows/prepareRows.ts";
import { type TrainingRow, writeJsonl } from "../rows/rows.ts";
import { runFolder, worldSize } from "../settings/launch.ts";
import { ROWS_FILES, resolveSettings } from "../settings/resolveSettings.ts";
import { METHODS, type RunSettings, WORKER_SETTINGS } from "../settings/runSettings.ts";
import type { TrainOptions } from "../settings/trainOptions.ts";

/**
 * Files of further hosts, possibly created before the first host looks: not a run by themselves, and theirs to
 * overwrite. Locks belong to their holders.
 */
const HOSTS_OWN: readonly string[] = ["hosts", "checkpoints"];

/**
 * Makes the run's folder and writes its rows. A further host's folder is its own (runFolder); its checkpoints are
 * the run's.
 *
 * @returns what the worker on this host is told.
 * @throws UsageError as in checkRunFolder, or when what is gone on with differs; DatasetError when it can't be written.
 */
export async function prepareRun(options: TrainOptions, rows: PreparedRows): Promise<RunSettings> {
  const { out, launch } = options;
  const isFirst = launch.host === 0;
  if (isFirst && (await checkRunFolder(options)) && options.overwrite) await removeRun(out);
  const run = runFolder(options);
  try {
    await mkdir(join(run, "rows"), { recursive: true });
    await mkdir(resolve(out, "checkpoints"), { recursive: true });
    if (!isFirst) await shareCheckpoints(resolve(out), run);
  } catch (error) {
    throw fileError(error, run, "a folder to write the run to");
  }
  const settings = resolveSettings(options, run, rows.heldOut.length > 0);
  if (options.resume !== null) await checkResume(settings, rows.train, worldSize(launch));
  await writeJsonl(join(run, ROWS_FILES.train), rows.train);
  if (rows.heldOut.length > 0) await writeJsonl(join(run, ROWS_FILES.heldOut), rows.heldOut);
  return settings;
}

/**
 * Checks whether the run may use its folder; nothing is touched.
 *
 * @returns whether it holds a run.
 * @throws UsageError when it does and neither --resume nor --overwrite is given, when it holds something else, when
 * a name of the run's is a link that --overwrite would take for a folder of ours, or when what is trained on is in it.
 */
export async function checkRunFolder(options: TrainOptions): Promise<boolean> {
  const { out, resume, overwrite } = options;
  const there = await readdir(out).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw fileError(error, out, "a folder to write the run to");
  });
  const names = there.filter((name) => !HOSTS_OWN.includes(name) && !name.startsWith(LOCK_FILE));
  if (names.length === 0) {
    if (resume === "latest") throw new UsageError(`--resume: ${out} holds no run. Leave out --resume to start one.`);
    return false;
  }
  if (!(await isRun(out, names))) {
    throw new UsageError(
      `--out: ${out} is not empty and holds no run of vsi-train. Choose another folder; nothing was touched.`,
    );
  }
  if (!overwrite && resume === null) {
    throw new UsageError(`--out: ${out} holds a run. Add --resume to continue it, or --overwrite to start over.`);
  }
  if (overwrite) {
    for (const name of there.filter((entry) => RUN_ENTRIES.includes(entry))) await checkRemovable(out, name);
    await checkInputsStay(options);
  }
  return true;
}

/**
 * Everything that a run of vsi-train writes into its folder; --overwrite removes nothing else. The files that prove it
 * is a run are removed last.
 */
const RUN_ENTRIES: readonly string[] = [
  "checkpoints",
  "model",
  "report.html",
  "metrics.jsonl",
  "samples.jsonl",
  "alarms.jsonl",
  "worker.log",
  // Of --evaluate.
  "merged",
  "answers",
  "score.json",
  "evaluated.json",
  "server.log",
  WORKER_SETTINGS,
  "run.json",
  "rows",
];

/**
 * Whether a folder is proven to hold a run: by its run.json, by its worker.json before the worker was ready, and before
 * that, or when an --overwrite was interrupted, by holding nothing but what a run writes.
 */
async function isRun(out: string, names: readonly string[]): Promise<boolean> {
  const [record, settings] = await Promise.all(
    ["run.json", WORKER_SETTINGS].map((name) => readObject(join(out, name))),
  );
  if (/^vsi-(train-)?run\/1$/.test(String(record?.schema)) && typeof record?.settings === "object") return true;
  if (METHODS.some((method) => method === settings?.method) && typeof settings?.rows === "string") return true;
  const rows = await readdir(join(out, "rows")).catch((): string[] => []);
  const files = Object.values(ROWS_FILES).map((path) => basename(path));
  const isOurs = (name: string, known: readonly string[]): boolean => known.includes(name.replace(/\.partial$/, ""));
  if (!names.includes("rows")) return false;
  return names.every((name) => isOurs(name, RUN_ENTRIES)) && rows.every((name) => isOurs(name, files));
}

/** Null for anything but a real file with a JSON object. */
async function readObject(path: string): Promise<Record<string, unknown> | null> {
  try {
    if (!(await lstat(path)).isFile()) return null;
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

async function checkRemovable(out: string, name: string): Promise<void> {
  const entry = await lstat(join(out, name));
  if (entry.isFile() || entry.isDirectory()) return;
  throw new UsageError(
    `--overwrite: ${join(out, name)} is ${entry.isSymbolicLink() ? "a link" : "not a file"}, expected what vsi-train wrote. Move it away, or choose another --out; nothing was touched.`,
  );
}

/** A second stage that is given the place of the first would lose what it starts from. */
async function checkInputsStay({ out, model, adapter, data, framesDir, rewardPlugin, deepspeed }: TrainOptions) {
  const inputs = { model, adapter, data, "frames-dir": framesDir, "reward-plugin": rewardPlugin?.file, deepspeed };
  const folder = await realPathOf(out);
  for (const [flag, path] of Object.entries(inputs)) {
    // A model of the hub has no path.
    if (path === null || path === undefined || !existsSync(path)) continue;
    const inner = relative(folder, await realPathOf(path));
    const [entry = ""] = inner.split(sep);
    if (inner !== "" && !RUN_ENTRIES.includes(entry)) continue;
    throw new UsageError(
      `--overwrite: would remove --${flag} ${path}, which is part of the run in ${out}. Choose another --out; nothing was touched.`,
    );
  }
}

async function removeRun(out: string): Promise<void> {
  try {
    for (const name of RUN_ENTRIES) {
      await rm(join(out, name), { recursive: true, force: true });
      await rm(join(out, `${name}.partial`), { force: true });
    }
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
  throw new UsageError(`--resume: ${path} is not what vsi-train wrote. Start over with --overwrite.`);
}

/** What a checkpoint was made of: the same weights in the same place. Learning rate or steps may change on the way. */
const FIXED = ["method", "model", "model_revision", "lora", "adapter", "reward_plugin"] as const;

/**
 * Checks that a resumed run matches: the same weights, and the same rows in the same order, as many a step, since a
 * checkpoint stores how many steps there were. A run that ended before it started has nothing to compare with.
 *
 * @param processes that train together.
 * @throws UsageError naming what differs.
 */
export async function checkResume(
  settings: RunSettings,
  rows: readonly TrainingRow[],
  processes: number,
): Promise<void> {
  const text = await readFile(join(settings.run, WORKER_SETTINGS), "utf8").catch(() => null);
  if (text === null) return;
  const earlier = parseSettings(text, join(settings.run, WORKER_SETTINGS));
  for (const name of FIXED) {
    const [before, now] = [shownJson(earlier[name] ?? null), shownJson(settings[name])];
    if (before !== now) {
      throw new UsageError(
        `--resume: the run was started with ${name} ${before}, now it is ${now}. Start a new run in another --out.`,
      );
    }
  }
  await checkStep(earlier.trainer ?? {}, settings, processes);
  const hash = createHash("sha256");
  for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
  if (hash.digest("hex") === (await hashFile(join(settings.run, ROWS_FILES.train)))) return;
  throw new UsageError(
    `--resume: the rows are not those of ${join(settings.run, ROWS_FILES.train)}: the dataset, --mode, --types, --limit, --frames or --seed changed. Start a new run in another --out.`,
  );
}

/**
 * Trainer passes by as many steps as the checkpoint has: of another size, they hold other rows, some of which would be
 * left out or come again.
 */
async function checkStep(
  earlier: RunSettings["trainer"],
  { run, trainer }: RunSettings,
  processes: number,
): Promise<void> {
  const record = await readObject(join(run, "run.json"));
  const ready = isRecord(record?.trainer) ? record.trainer : null;
  // Nothing was trained before the worker was ready.
  if (typeof ready?.world_size !== "number") return;
  const [before, now] = [stepOf(earlier, ready.world_size), stepOf(trainer, processes)];
  if (before.rows === now.rows && before.rollouts === now.rollouts && before.iterations === now.iterations) return;
  throw new UsageError(
    `--resume: a step was ${before.words}, now it is ${now.words}: the checkpoint's steps are of other rows. Keep the product of batch, accumulation and processes, and the rollouts; or start a new run in another --out.`,
  );
}

/** What a step takes from the rows. */
function stepOf(trainer: RunSettings["trainer"], processes: number) {
  const batch = Number(trainer.per_device_train_batch_size);
  const accumulation = Number(trainer.gradient_accumulation_steps);
  const rollouts = Number(trainer.num_generations ?? 1);
  const iterations = Number(trainer.num_iterations ?? 1);
  const words = [
    `--batch ${batch} x --accumulation ${accumulation} x ${countOf(processes, "process", "processes")}`,
    ...(rollouts === 1 ? [] : [`${rollouts} rollouts`]),
    ...(iterations === 1 ? [] : [`num_iterations ${iterations}`]),
  ].join(", ");
  return { rows: batch * accumulation * processes, rollouts, iterations, words };
}
