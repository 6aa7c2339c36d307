import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Scenario } from "./scenarios.ts";

export type FaultMode = "kill" | "full" | "term" | "int";

/** A scenario made ready: its start, and what an undisturbed run comes to. */
export interface Stage {
  scenario: Scenario;
  /** Copied for every try. */
  start: string;
  /** By path, the sha256 of all that an undisturbed run leaves in its outputs. */
  expected: ReadonlyMap<string, string>;
  /** The same of the old dataset, empty where there is none. */
  old: ReadonlyMap<string, string>;
  /** Changing file operations of an undisturbed run. */
  operations: number;
}

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
const INJECT = new URL("../../dist/faults/inject.js", import.meta.url).href;

/** A process that is still there after this long hangs. */
const LONGEST_RUN_MS = 120_000;

/** Prepares a scenario below a temporary folder and runs it once without a fault. */
export async function prepare(scenario: Scenario, work: string): Promise<Stage> {
  const start = join(work, scenario.name, "start");
  const folder = join(work, scenario.name, "undisturbed");
  await mkdir(start, { recursive: true });
  for (const command of scenario.prepare) await mustRun(command, start);
  if (scenario.name === "export") await mkdir(join(start, "out"));
  await cp(start, folder, { recursive: true });
  const counter = join(work, scenario.name, "count");
  const { exitCode, stderr } = await run(scenario.command, folder, { at: -1, mode: "kill", counter });
  if (exitCode !== 0) throw new Error(`${scenario.command}: ended with ${exitCode}: ${stderr}`);
  const operations = (await stat(counter)).size;
  const old = scenario.old === undefined ? new Map<string, string>() : await sums(start, [scenario.old]);
  return { scenario, start, expected: await sums(folder, scenario.outputs), old, operations };
}

/**
 * Runs a scenario with a fault at one operation, then the same command again.
 *
 * @param runWhole runs a command without a fault; a suite of Jest has a process for that already.
 * @returns what is wrong, in words; null when all is as it must be.
 */
export async function tryFault(
  stage: Stage,
  at: number,
  mode: FaultMode,
  work: string,
  runWhole: (command: string, folder: string) => Promise<RunResult> = run,
): Promise<string | null> {
  const { scenario, start, expected, old } = stage;
  const folder = join(work, scenario.name, `${mode}-${at}`);
  await cp(start, folder, { recursive: true });
  const faulty = await run(scenario.command, folder, {
    at,
    mode,
    counter: join(work, scenario.name, `count-${mode}-${at}`),
  });
  if (faulty.exitCode === "hung") return `${scenario.command}: hung`;
  if (/\n\s+at /.test(faulty.stderr)) return `a stack trace: ${faulty.stderr}`;
  if (scenario.old !== undefined) {
    const marker = await stat(join(folder, scenario.old, ".vsi-build", "publishing.json")).catch(() => null);
    const found = await sums(folder, [scenario.old]);
    const isOld = sameSums(found, old);
    if (marker === null && !isOld && !sameSums(found, expected))
      return "neither the old folder nor the new one is whole";
    if (marker !== null) {
      const { exitCode, stderr } = await runWhole(`stats ${scenario.old}`, folder);
      if (exitCode !== 2) return `a reader took a folder that was being replaced: ${exitCode} ${stderr}`;
    }
  }
  // Killed before it had written anything, or after it was done, the command starts anew or finds nothing left to do.
  const words = [scenario.again, scenario.command];
  let last = "";
  for (const command of words) {
    const { exitCode, stderr } = await runWhole(command, folder);
    last = `${command}: ${exitCode} ${stderr}`;
    if (/\n\s+at /.test(stderr)) return `a stack trace: ${stderr}`;
    if (exitCode === 0) break;
  }
  const found = await sums(folder, scenario.outputs);
  if (!sameSums(found, expected)) return `other bytes than undisturbed: ${differences(found, expected)} (${last})`;
  await rm(folder, { recursive: true });
  return null;
}

async function mustRun(command: string, folder: string): Promise<void> {
  const { exitCode, stderr } = await run(command, folder);
  if (exitCode !== 0) throw new Error(`${command}: ended with ${exitCode}: ${stderr}`);
}

/** How a command ended. */
export interface RunResult {
  exitCode: number | NodeJS.Signals | "hung" | null;
  stderr: string;
}

async function run(
  command: string,
  folder: string,
  fault?: { at: number; mode: FaultMode; counter: string },
): Promise<RunResult> {
  const [program = "", words = ""] = /^vsi-view /.test(command) ? command.split(/ (.*)/s) : ["vsi-build", command];
  const bin = join(REPOSITORY, "node_modules/.bin", program);
  if (fault !== undefined) await writeFile(fault.counter, "");
  const child = spawn(
    process.execPath,
    [...(fault === undefined ? [] : ["--import", INJECT]), bin, ...words.split(" ")],
    {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        NODE_OPTIONS: "",
        ...(fault === undefined
          ? {}
          : {
              FAULT_FOLDER: folder,
              FAULT_COUNT: fault.counter,
              FAULT_AT: String(fault.at),
              FAULT_MODE: fault.mode,
            }),
      },
    },
  );
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      resolve({ exitCode: "hung", stderr });
    }, LONGEST_RUN_MS);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? signal, stderr });
    });
  });
}

/** Files that carry the time or the process, and the working folder, are not the dataset. */
function isIgnored(path: string): boolean {
  return path.includes(".vsi-lock") || path.includes("/.vsi-build/") || path.endsWith(".partial");
}

async function sums(root: string, folders: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(root.length + 1);
      if (!entry.isFile() || isIgnored(name)) continue;
      found.set(
        name,
        createHash("sha256")
          .update(await readFile(path))
          .digest("hex"),
      );
    }
  }
  return found;
}

function sameSums(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, sum]) => other.get(path) === sum);
}

function differences(found: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): string {
  const names = new Set([...found.keys(), ...expected.keys()]);
  return [...names]
    .filter((name) => found.get(name) !== expected.get(name))
    .slice(0, 5)
    .join(", ");
}
