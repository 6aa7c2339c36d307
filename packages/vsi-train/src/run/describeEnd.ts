import { createHash } from "node:crypto";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LogLevel } from "@vsi/command";
import { CHECKSUMS_FILE, fileError, hashFile } from "@vsi/dataset/node";
import { captureOutput, lastLines } from "../environment/commands.ts";
import type { RunEnd } from "./monitor.ts";
import { WORKER_LOG } from "./worker.ts";

/** What a dataset folder holds, in one number. */
export interface DatasetHash {
  /** 64 hex digits. */
  sha256: string;
  /**
   * What it is of: the folder's SHA256SUMS, which names every file's, or without one the files of data/ by name and
   * sha256 (frames are then not covered).
   */
  of: "SHA256SUMS" | "data";
}

/** The same content has the same hash wherever the folder is. @throws DatasetError as in fileError. */
export async function datasetHash(folder: string): Promise<DatasetHash> {
  const checksums = join(folder, CHECKSUMS_FILE);
  const hasChecksums = await access(checksums).then(
    () => true,
    () => false,
  );
  if (hasChecksums) return { sha256: await hashFile(checksums), of: "SHA256SUMS" };
  const data = join(folder, "data");
  const names = await readdir(data).catch((error: unknown) => {
    throw fileError(error, data, "a dataset's questions");
  });
  const hash = createHash("sha256");
  for (const name of names.sort()) hash.update(`${await hashFile(join(data, name))}  ${name}\n`);
  return { sha256: hash.digest("hex"), of: "data" };
}

/** What is shown of worker.log when the worker dies without a word: Python's error with its stack. */
const SHOWN_LINES = 25;

/** How a run went, for whoever says it. */
interface EndedRun {
  /** Its folder. */
  run: string;
  end: RunEnd;
  exitCode: number;
  /** Whether a signal or an alarm stopped it. */
  isStopped: boolean;
}

/** The closing line of a run: where its result is, how to go on, or where to look for what went wrong. */
export async function describeEnd({ run, end, exitCode, isStopped }: EndedRun): Promise<[LogLevel, string]> {
  const { done, interrupted, error } = end;
  if (done !== null) return ["info", `done at step ${done.step}: ${done.path}. Its curves: vsi-train report ${run}`];
  if (interrupted !== null) {
    return [
      "info",
      `stopped at step ${interrupted.step}, with the checkpoint ${interrupted.path}. Go on with --resume.`,
    ];
  }
  if (isStopped)
    return ["info", "stopped without a checkpoint of its own. --resume goes on from the last one, if any."];
  const path = join(run, WORKER_LOG);
  if (error !== null)
    return ["error", `the worker ended with exit code ${exitCode}; all that it printed is in ${path}`];
  const lines = await lastLines(path, SHOWN_LINES);
  return ["error", `the worker ended with exit code ${exitCode}. The end of ${path}:\n  ${lines.join("\n  ")}`];
}

/** The state of the repository that a run was started in. */
export interface GitState {
  /** 40 hex digits. */
  commit: string;
  /** Whether files differ from it; untracked ones count. */
  changed: boolean;
}

/** Asks git about a folder; null outside of a repository, before its first commit, or without git. */
export async function gitState(folder: string): Promise<GitState | null> {
  const commit = await captureOutput(["git", "rev-parse", "HEAD"], { cwd: folder });
  if (commit.exitCode !== 0) return null;
  const status = await captureOutput(["git", "status", "--porcelain"], { cwd: folder });
  return { commit: commit.stdout.trim(), changed: status.stdout !== "" };
}
