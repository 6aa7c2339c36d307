import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Inputs } from "./reader.ts";
import type { Finding, Names, Task } from "./worker.ts";

const REPOSITORY = join(import.meta.dirname, "..", "..", "..");

/** Of computing, as a busy machine must not look like a hang: no reader needs a tenth of it for these inputs. */
const LONGEST_CASE_MS = 10_000;

/** For a case that waits for what never comes, and computes nothing. */
const LONGEST_WAIT_MS = 120_000;

/** Of the whole process: Node, all packages and two copies of the inputs take a third. */
const MOST_MEMORY_MB = 400;

const LOOK_EVERY_MS = 100;

/** More only repeat the first. */
const PRINTED_FINDINGS = 20;

/**
 * `npm run test:mutations`: are mutated inputs of every reader read or refused with an error of ours, in time and in
 * bounded memory?
 *
 * --cases N      how many; 1,000,000 unless given
 * --seed N       other inputs; 0 unless given
 * --first N      begins there: with --cases 1 and --reader it repeats a finding
 * --reader NAME  this reader alone
 *
 * @returns the exit code: 1 when anything was found, 2 on wrong usage
 */
async function tryMutations(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      cases: { type: "string", default: "1000000" },
      seed: { type: "string", default: "0" },
      first: { type: "string", default: "0" },
      reader: { type: "string" },
    },
  });
  const [cases, seed, first] = [values.cases, values.seed, values.first].map(Number) as [number, number, number];
  if (![cases, seed, first].every((value) => Number.isSafeInteger(value) && value >= 0)) {
    console.error("--cases, --seed and --first: expected whole numbers");
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "vsi-mutations-"));
  try {
    const inputs = makeInputs(folder);
    const started = performance.now();
    const { findings, read, peak_mb } = await watch({
      inputs,
      seed,
      first,
      last: first + cases,
      only: values.reader ?? null,
    });
    const seconds = (performance.now() - started) / 1000;
    for (const { reader, case: number, what } of findings.slice(0, PRINTED_FINDINGS)) {
      console.log(`\n${reader}, seed ${seed}, case ${number}: ${what}`);
      console.log(`  again: npm run test:mutations -- --seed ${seed} --first ${number} --cases 1 --reader "${reader}"`);
    }
    const byReader = new Map<string, number>();
    for (const { reader } of findings) byReader.set(reader, (byReader.get(reader) ?? 0) + 1);
    for (const [reader, count] of byReader) console.log(`${reader}: ${count} findings`);
    console.log(
      `${cases.toLocaleString("en-US")} inputs, ${read.toLocaleString("en-US")} of them read, ${findings.length} findings, ${seconds.toFixed(0)} s, at most ${peak_mb} MB`,
    );
    return findings.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two filmed rooms and a dataset of them, by the command itself. */
function makeInputs(folder: string): Inputs {
  const [raw, dataset] = [join(folder, "raw"), join(folder, "dataset")];
  const fixtures = join(REPOSITORY, "testing", "fixtures", "0.1");
  const build = (...words: string[]) => {
    const command = join(REPOSITORY, "packages", "vsi-build", "bin", "vsi-build.js");
    const { status, stderr } = spawnSync(process.execPath, [command, ...words], { encoding: "utf8" });
    if (status !== 0) throw new Error(`vsi-build ${words.join(" ")}: ${stderr}`);
  };
  build("samples", raw, "--rooms", "2", "--vertices", "8000", "--frames", "12");
  build("--scannet", raw, "--out", dataset, "--protocol", "vsi-bench", "--frames", "4", "--quiet");
  return {
    repository: REPOSITORY,
    raw,
    dataset,
    evalRun: join(fixtures, "eval-run"),
    trainRun: join(fixtures, "train-run"),
    work: join(folder, "work"),
  };
}

interface Watched {
  findings: Finding[];
  /** Inputs that were read without an error. */
  read: number;
  /** Resident memory of the process. */
  peak_mb: number;
}

/** Runs the cases in a thread; one that hangs is ended, and the next goes on behind its case. */
async function watch(task: Omit<Task, "progress">): Promise<Watched> {
  const watched: Watched = { findings: [], read: 0, peak_mb: 0 };
  for (let { first } = task; first < task.last; ) {
    first = await watchOne({ ...task, first, progress: new SharedArrayBuffer(12) }, watched);
  }
  return watched;
}

/** @returns the first case that is still to be tried. */
async function watchOne(task: Task, watched: Watched): Promise<number> {
  const counts = new Int32Array(task.progress);
  const worker = new Worker(new URL("worker.js", import.meta.url), { workerData: task });
  let since = clocks();
  let before = -1;
  let isOverMemory = false;
  let names: readonly string[] = [];
  const find = (what: string): void => {
    watched.findings.push({
      reader: names[Atomics.load(counts, 2)] ?? "starting",
      case: Atomics.load(counts, 0),
      what,
    });
  };
  const next = await new Promise<number>((resolve) => {
    const timer = setInterval(() => {
      const now = Atomics.load(counts, 0);
      if (now !== before) [before, since] = [now, clocks()];
      const memory_mb = Math.round(process.memoryUsage.rss() / 2 ** 20);
      watched.peak_mb = Math.max(watched.peak_mb, memory_mb);
      if (memory_mb > MOST_MEMORY_MB && !isOverMemory) {
        isOverMemory = true;
        find(`memory: ${memory_mb} MB, more than ${MOST_MEMORY_MB}`);
      }
      const [computed, waited] = [clocks().cpu_ms - since.cpu_ms, clocks().wall_ms - since.wall_ms];
      if ((computed > LONGEST_CASE_MS || waited > LONGEST_WAIT_MS) && now > 0) {
        find(`hang: not done after ${Math.round(waited / 1000)} s, ${Math.round(computed / 1000)} s of them computing`);
        clearInterval(timer); // Ending the thread takes a while, and would be found again.
        void worker.terminate();
        resolve(now + 1);
      }
    }, LOOK_EVERY_MS);
    worker.on("message", (said: Finding | Names) => {
      if ("names" in said) names = said.names;
      else watched.findings.push(said);
    });
    worker.on("error", (error: Error) => {
      find(`thread ended: ${error.stack ?? error.message}`);
      resolve(Atomics.load(counts, 0) + 1);
    });
    worker.on("exit", () => resolve(Atomics.load(counts, 0)));
    worker.on("exit", () => clearInterval(timer));
  });
  watched.read += Atomics.load(counts, 1);
  return next;
}

/** This process's: its only other work is to look. */
function clocks(): { cpu_ms: number; wall_ms: number } {
  const { user, system } = process.cpuUsage();
  return { cpu_ms: (user + system) / 1000, wall_ms: performance.now() };
}

process.exitCode = await tryMutations(process.argv.slice(2));
