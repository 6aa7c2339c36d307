import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UsageError } from "@vsi/command";
import { fileError } from "@vsi/dataset/node";
import { writeJsonl } from "../data/writeJsonl.ts";
import { checkResume } from "./checkResume.ts";
import type { PreparedRows } from "./prepareRows.ts";
import { ROWS_FILES, resolveSettings } from "./resolveSettings.ts";
import { runFolder } from "./runFolder.ts";
import type { RunSettings } from "./runSettings.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** What a run's folder holds, so that --overwrite deletes no folder that is none. */
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
