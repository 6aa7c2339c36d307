import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { findScans } from "@vsi/geometry/node";
import { BenchmarkError } from "./errors.ts";
import { pathsOf } from "./scanFiles.ts";
import { OutsideCost } from "./turns.ts";

/** What benchmarks/python/scan.py imports. */
export const NUMPY_MODULES = ["numpy", "scipy", "orjson"];

/** The Python that contenders run in: VSI_BENCH_PYTHON names one that has what they import; else python3 of the PATH. */
const PYTHON = process.env.VSI_BENCH_PYTHON ?? "python3";

/** Whether this Python has the modules: the versions of Python and of each, or null where one is missing. */
export function pythonWith(modules: readonly string[]): string | null {
  const script = `import sys, ${["json", ...modules].join(", ")}
print("Python", sys.version.split()[0], *(f"{name} {sys.modules[name].__version__}" for name in ${JSON.stringify(modules)}))`;
  const { status, stdout } = spawnSync(PYTHON, ["-c", script], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/** What to say where `pythonWith` finds none. */
export function missingPython(modules: readonly string[]): string {
  return `no Python with ${["", ...modules].join(" ").trim() || "its standard library"} here (VSI_BENCH_PYTHON names one): its row is left out`;
}

/**
 * Starts a program of benchmarks/python. @returns asks it one word and gives its answer, a line of JSON; it ends with
 * this process.
 */
export function startPython(program: string, argument: string): (word: string) => Promise<unknown> {
  const file = fileURLToPath(new URL(`../../python/${program}`, import.meta.url));
  // One thread: those of BLAS that wait would count as its CPU.
  const env = { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const child = spawn(PYTHON, [file, argument], { stdio: ["pipe", "pipe", "inherit"], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (word) => {
    child.stdin.write(`${word}\n`);
    const { done, value } = await lines.next();
    if (!done) return JSON.parse(value);
    throw new BenchmarkError({ place: program, got: "its end", expected: "a line", advice: "Its error stands above." });
  };
}

/** A contender that asks such a program one word a run; its answer's `cpu` is what it took. */
export async function pythonContender(program: string, argument: string, word: string): Promise<() => unknown> {
  const ask = startPython(program, argument);
  return async () => new OutsideCost((await ask(word)) as { cpu: number });
}

/**
 * Writes the list of a folder's scans that scan.py and metadata.py take: each with its files, and `out`, where its
 * result goes. @returns the list's path, below `folder`.
 */
export async function writeScanList(raw: string, folder: string): Promise<string> {
  const results = await mkdtemp(join(folder, "python-"));
  const scans = (await findScans(raw)).map((scan) => ({ ...pathsOf(scan), out: join(results, `${scan.scanId}.json`) }));
  const list = join(results, "scans.json");
  await writeFile(list, JSON.stringify(scans));
  return list;
}
