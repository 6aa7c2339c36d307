import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeVersion, versionBefore } from "./harness/before.ts";
import { helpText, readCommandLine } from "./harness/commandLine.ts";
import { BenchmarkError } from "./harness/errors.ts";
import { loadMeasurements, type ResultTable } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { aimsTable, comparedTable, describeMachine, markdownOf, writeResult } from "./harness/result.ts";

/** `npm run bench`: makes the measurements asked for, one after the other, and sets the process's exit code. */
export async function run(words: readonly string[] = process.argv.slice(2)): Promise<void> {
  try {
    await measureAll(words);
  } catch (error) {
    const isExplained =
      error instanceof BenchmarkError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
    const { message, stack } = error as Error;
    process.stderr.write(`bench: ${isExplained ? message : (stack ?? message)}\n`);
    process.exitCode = 1;
  }
}

async function measureAll(words: readonly string[]): Promise<void> {
  const measurements = await loadMeasurements();
  const { names, isSelection, flags, write, help } = readCommandLine(words, measurements);
  if (help) {
    process.stdout.write(helpText(measurements));
    return;
  }
  const before = versionBefore();
  const beside = before === null ? "" : `\nVSI_BENCH_BEFORE is version ${describeVersion(before)}.\n`;
  const parts = [`# Benchmarks\n\n${describeMachine()}.\n${beside}`];
  const made: ResultTable[] = [];
  process.stdout.write(`${parts[0]}\n`);
  for (const name of names) {
    const say = (line: string): void => void process.stderr.write(`${name}: ${line}\n`);
    const { measure } = named(measurements, name);
    const tables = await withTemporaryFolder((folder) => measure({ folder, flags, say }));
    const markdown = tables.map(markdownOf).join("\n");
    process.stdout.write(`${markdown}\n`);
    parts.push(markdown);
    made.push(...tables);
  }
  for (const table of [aimsTable(made), comparedTable(made)]) {
    if (table === null) continue;
    process.stdout.write(`${markdownOf(table)}\n`);
    parts.push(markdownOf(table));
  }
  if (!write) return;
  const file = await writeResult(parts.join("\n"), isSelection ? names : []);
  process.stdout.write(`Written to benchmarks/results/${file}\n`);
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Makes an empty folder, lets `work` have it, and deletes it whatever happens: it may hold many gigabytes. */
async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "vsi-bench-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const onSignal = (signal: NodeJS.Signals): void => {
    remove();
    // The listener is gone by now, so that this ends the process as the signal would have.
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, onSignal);
  try {
    return await work(folder);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    remove();
  }
}
