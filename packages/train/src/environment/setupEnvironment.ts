import { rm } from "node:fs/promises";
import type { Log } from "@vsi/command";
import { lastLines } from "../process/lastLines.ts";
import { lockFolder } from "../process/lockFolder.ts";
import { runLogged } from "../process/runLogged.ts";
import { TrainError } from "../trainError.ts";
import { type FinishedMarker, writeFinishedMarker } from "./finishedMarker.ts";
import { folderSize } from "./folderSize.ts";
import { installedVersions, type VersionDifference, versionDifferences } from "./installedVersions.ts";
import type { SetupPlan } from "./planSetup.ts";
import { copyWorkerPackage, WORKER_DISTRIBUTION } from "./workerPackage.ts";

/** The end of an installer's output: its error with what led to it. */
const SHOWN_LINES = 15;

/**
 * Makes the trainer's environment as planned. A half-made one is removed and made again: an installer that was killed can
 * leave packages that look whole. What it had downloaded is in its own cache, so the second time is quick. A finished one
 * stays and counts as finished while its worker is replaced: vsi-train runs its own (pythonEnvironment), not the installed one.
 *
 * @param signal stops it and ends the installer; its reason is then thrown.
 * @returns the marker of the finished environment, also when there was nothing to do.
 * @throws TrainError "setup-failed" with the installer's last lines, "setup-incomplete" or "folder-locked".
 */
export async function setupEnvironment(plan: SetupPlan, log: Log, signal: AbortSignal): Promise<FinishedMarker> {
  if (plan.finished !== null && plan.steps.length === 0) {
    // Marked again: the environment that was set up last is the one that is used.
    await writeFinishedMarker(plan.folder, plan.finished);
    return plan.finished;
  }
  const unlock = lockFolder(plan.folder);
  try {
    if (plan.worker !== null) {
      await rm(plan.worker.copy, { recursive: true, force: true });
      await copyWorkerPackage(plan.worker, plan.worker.copy);
    }
    return await makeEnvironment(plan, log, signal);
  } finally {
    if (plan.worker !== null) await rm(plan.worker.copy, { recursive: true, force: true });
    unlock();
  }
}

async function makeEnvironment(plan: SetupPlan, log: Log, signal: AbortSignal): Promise<FinishedMarker> {
  const started = performance.now();
  if (plan.finished === null) await rm(plan.folder, { recursive: true, force: true });
  const logFile = `${plan.folder}.log`;
  await rm(logFile, { force: true });
  for (const [index, { what, command }] of plan.steps.entries()) {
    log("info", `[${index + 1}/${plan.steps.length}] ${what} (what it says goes to ${logFile})`);
    const exitCode = await runLogged(command, { log: logFile, signal });
    if (exitCode !== 0) throw await installerError(command, exitCode, logFile);
  }
  const installed = await installedVersions(plan.python);
  const { worker } = plan;
  const expected = [
    ...plan.requirements,
    ...(worker === null ? [] : [{ name: WORKER_DISTRIBUTION, version: worker.version }]),
  ];
  const differences = versionDifferences(expected, installed);
  if (differences.length > 0) throw incompleteError(plan.folder, differences);
  const marker: FinishedMarker = {
    schema: "vsi-train-environment/1",
    versions: {
      python: installed.python,
      ...Object.fromEntries(expected.map(({ name, version }) => [name, version])),
    },
    ...(worker === null ? {} : { worker: worker.sha256 }),
    bytes: await folderSize(plan.folder),
    seconds: plan.finished?.seconds ?? Math.round((performance.now() - started) / 1000),
  };
  signal.throwIfAborted();
  await writeFinishedMarker(plan.folder, marker);
  return marker;
}

async function installerError(command: readonly string[], exitCode: number | null, log: string): Promise<TrainError> {
  const lines = await lastLines(log, SHOWN_LINES);
  const start = exitCode === null ? `Is ${command[0]} installed and on the PATH? ` : "";
  return new TrainError("setup-failed", {
    file: command[0]!,
    place: command.slice(1).join(" "),
    got: exitCode === null ? "no start" : `exit code ${exitCode}`,
    expected: "the environment",
    advice: `${start}What it said last (all of it is in ${log}):\n  ${lines.join("\n  ")}\nMend that and run vsi-train setup again; what was downloaded is kept.`,
  });
}

function incompleteError(folder: string, differences: readonly VersionDifference[]): TrainError {
  return new TrainError("setup-incomplete", {
    file: folder,
    place: "installed packages",
    got: differences.map(({ name, found }) => `${name} ${found ?? "missing"}`).join(", "),
    expected: differences.map(({ name, version }) => `${name} ${version}`).join(", "),
    advice:
      "Does a constraint or setting of pip's own hold them back (pip config list)? Then run vsi-train setup again.",
  });
}
