import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { hashFile } from "@vsi/dataset/node";

/**
 * `npm run test:kills`: a small study of real trainings and evaluations, run undisturbed, then killed (kill -9) at random
 * times and given the same command until it is done. Every other time all of its processes die at once, every other time
 * the command alone, whose trainings and servers must follow it. At the end of each study tables and weights have the same
 * bytes, and nothing is left beside what the undisturbed one left. Linux only: processes are found in /proc.
 */

/** A study of every kind of step: training, resuming, merging an adapter, serving, asking, the mean of seeds. */
const STUDY = `name: kills
defaults:
  train: { preset: tiny, batch: 8, save-every: 2 }
  grpo: { full: true, steps: 6 }
  evaluate: { prompts: training, split: train, max-pixels: 3136, max-tokens: 4 }
cells:
  - { id: base, method: base }
  - { id: sft, method: sft, seeds: [0, 1], train: { steps: 8, learning-rate: 1e-3 } }
  - { id: grpo, method: grpo, from: sft }
`;

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

/** All processes of this campaign are told by this variable, which children inherit, whoever is their parent. */
const MARK = "VSI_STUDY_KILLS";

/** What was started by a killed command is gone after this long, on a busy machine too. */
const LONGEST_ORPHAN_MS = 20_000;

const { values } = parseArgs({
  options: { kills: { type: "string", default: "40" }, seed: { type: "string", default: "0" } },
});
const work = await mkdtemp(join(tmpdir(), "vsi-kills-"));
const temporary = join(work, "tmp");
const env = {
  ...process.env,
  [MARK]: work,
  TMPDIR: temporary,
  HF_HOME: join(work, "hub"),
  HF_HUB_OFFLINE: "1",
  OMP_NUM_THREADS: "1",
};
const problems: string[] = [];
const words = await makeInputs();
const began = performance.now();
const first = await attempt("undisturbed", null);
if (first.exitCode !== 0) throw new Error(`The undisturbed study ended with ${first.exitCode}; see ${work}`);
const seconds = (performance.now() - began) / 1000;
const expected = await contentOf("undisturbed");
// Libraries keep caches there.
const temporaries = new Set(await readdir(temporary));
console.log(`Undisturbed: ${seconds.toFixed(0)} s`);

const random = randomNumbers(Number(values.seed));
let kills = 0;
let studies = 0;
// Of a third of the study it goes on most of the time, and is met in each of its parts. On a machine that has become
// slower a step may never end within that: each kill in the same one leaves the next more time.
const patience = seconds / 3;
let longest = patience;
let before = "";
while (kills < Number(values.kills)) {
  studies += 1;
  const out = `study-${studies}`;
  for (;;) {
    const delay = kills < Number(values.kills) ? random() * longest : null;
    const { exitCode, last } = await attempt(out, delay, kills % 2 === 0);
    if (exitCode === null) {
      kills += 1;
      longest = last === before ? longest + patience / 3 : patience;
      before = last;
      console.log(`kill ${kills}, ${kills % 2 === 1 ? "all" : "the command"} after ${delay?.toFixed(1)} s: ${last}`);
      continue;
    }
    if (exitCode !== 0) problems.push(`${out}, after kill ${kills}: exit code ${exitCode}: ${last}`);
    break;
  }
  const found = await contentOf(out);
  const other = [...found].filter(([name, sum]) => expected.has(name) && expected.get(name) !== sum);
  if (other.length > 0) problems.push(`${out}: not as undisturbed: ${other.map(([name]) => name).join(", ")}`);
  const names = [...found.keys()].filter((name) => !expected.has(name));
  if (names.length > 0) problems.push(`${out}: left over: ${names.join(", ")}`);
  const lost = [...expected.keys()].filter((name) => !found.has(name));
  if (lost.length > 0) problems.push(`${out}: missing: ${lost.join(", ")}`);
}
const left = (await readdir(temporary)).filter((name) => !temporaries.has(name));
if (left.length > 0) problems.push(`left in TMPDIR: ${left.join(", ")}`);
for (const problem of problems) console.log(problem);
console.log(`${kills} kills over ${studies} studies, ${problems.length} problems`);
if (problems.length === 0) await rm(work, { recursive: true });
else console.log(`What was left is in ${work}`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Rooms, datasets, a model and the study file. Returns the words of the study but for --out. */
async function makeInputs(): Promise<string[]> {
  await mkdir(temporary);
  await writeFile(join(work, "study.yaml"), STUDY);
  for (const [name, room, rooms] of [
    ["data", 9000, 24],
    ["held-out", 9024, 12],
  ] as const) {
    const which = ["--first-room", String(room), "--rooms", String(rooms)];
    await mustRun("vsi-build", "samples", `${name}-raw`, "--style", "plain", "--frames", "1", ...which);
    const asked = ["--frames", "1", "--frame-size", "56x56", "--types", "object_counting", "--no-balance"];
    await mustRun("vsi-build", "--scannet", `${name}-raw`, "--out", name, ...asked, "--quiet");
  }
  await mustRun("vsi-train", "tiny-model", "--out", "tiny");
  return ["study", "study.yaml", "--data", "data", "--model", "tiny", "--benchmark", "held-out"];
}

async function mustRun(program: string, ...given: string[]): Promise<void> {
  const child = await start(program, given);
  const [exitCode] = await once(child, "exit");
  if (exitCode !== 0) throw new Error(`${program} ${given.join(" ")} ended with ${exitCode}; see ${work}/log.txt`);
}

/**
 * Runs the study until it ends, or is killed after so many seconds.
 *
 * @returns its exit code, null when it was killed, and the last line that says where it was.
 */
async function attempt(
  out: string,
  delay: number | null,
  isAll = false,
): Promise<{ exitCode: number | null; last: string }> {
  const child = await start("vsi-train", [...words, "--out", out]);
  const ended = once(child, "exit");
  const stop = new AbortController();
  const isKilled =
    delay !== null &&
    (await Promise.race([
      ended.then(() => false),
      pause(delay * 1000, true, { signal: stop.signal }).catch(() => false),
    ]));
  stop.abort();
  if (isKilled) {
    if (isAll) await killAll();
    else child.kill("SIGKILL");
  }
  const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  const last = await lastStep();
  const deadline = performance.now() + LONGEST_ORPHAN_MS;
  let left = await markedProcesses();
  while (left.length > 0 && performance.now() < deadline) {
    await pause(100);
    left = await markedProcesses();
  }
  if (left.length > 0) {
    problems.push(`${out}, ${last}: still running: ${left.map(({ command }) => command).join("; ")}`);
    await killAll();
  }
  return { exitCode: signal === null ? code : null, last };
}

/** A program's process; all that it prints goes to a file, as a pipe would end what it has started. */
async function start(program: string, given: readonly string[]): Promise<ChildProcess> {
  const log = await open(join(work, "log.txt"), "a");
  const bin = join(REPOSITORY, "packages", program, "bin", `${program}.js`);
  const child = spawn(process.execPath, [bin, ...given], { cwd: work, env, stdio: ["ignore", log.fd, log.fd] });
  await log.close();
  return child;
}

/** What the log says last of where the study was. */
async function lastStep(): Promise<string> {
  const lines = (await readFile(join(work, "log.txt"), "utf8")).split("\n");
  return lines.findLast((line) => /^\[\d|^vsi-/.test(line)) ?? "before its first step";
}

async function killAll(): Promise<void> {
  for (let left = await markedProcesses(); left.length > 0; left = await markedProcesses()) {
    for (const { pid } of left) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Gone meanwhile.
      }
    }
  }
}

/** The campaign's processes but this one, zombies left out: their environment is empty. */
async function markedProcesses(): Promise<{ pid: number; command: string }[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const text = async (name: string): Promise<string> => readFile(join("/proc", pid, name), "utf8").catch(() => "");
      if (!(await text("environ")).split("\0").includes(`${MARK}=${work}`)) return [];
      return [{ pid: Number(pid), command: (await text("cmdline")).replaceAll("\0", " ").trim() }];
    }),
  );
  return found.flat();
}

/**
 * Every file of a study by its path, with the SHA-256 of tables and weights: random models score alike, trained by a step
 * more or not. Logs and records tell of the kills.
 */
async function contentOf(out: string): Promise<Map<string, string>> {
  const folder = join(work, out);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const content = new Map<string, string>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .split(sep)
      .join("/");
    const isCompared = /^table\.|\.safetensors$/.test(path);
    content.set(path, isCompared ? await hashFile(join(folder, path)) : "");
  }
  return content;
}

/** Mulberry32: the same seed gives the same times. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
