import { BenchmarkError } from "./harness/benchmarkError.ts";
import { helpText } from "./harness/helpText.ts";
import { loadMeasurements } from "./harness/loadMeasurements.ts";
import { describeMachine } from "./harness/machine.ts";
import { markdownOf } from "./harness/markdown.ts";
import { readCommandLine } from "./harness/readCommandLine.ts";
import { withTemporaryFolder } from "./harness/withTemporaryFolder.ts";
import { writeResult } from "./harness/writeResult.ts";
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
  const parts = [`# Benchmarks\n\n${describeMachine()}.\n`];
  process.stdout.write(`${parts[0]}\n`);
  for (const name of names) {
    const say = (line: string): void => void process.stderr.write(`${name}: ${line}\n`);
    const { measure } = measurements.get(name)!;
    const tables = await withTemporaryFolder((folder) => measure({ folder, flags, say }));
    const markdown = tables.map(markdownOf).join("\n");
    process.stdout.write(`${markdown}\n`);
    parts.push(markdown);
  }
  if (!write) return;
  const file = await writeResult(parts.join("\n"), isSelection ? names : []);
  process.stdout.write(`Written to benchmarks/results/${file}\n`);
}
