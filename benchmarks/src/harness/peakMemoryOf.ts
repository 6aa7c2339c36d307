import { fileURLToPath } from "node:url";
import { BenchmarkError } from "./benchmarkError.ts";
import { runMeasured } from "./runMeasured.ts";
/** One of the `contenders` that a module exports. */
export interface MemorySubject {
  /** The module's `import.meta.url`. */
  module: string;
  name: string;
  /** Given to the contender. */
  folder: string;
}

const processFile = fileURLToPath(new URL("./singleRunProcess.js", import.meta.url));

/**
 * Prepares a contender and runs it once, in a process of its own.
 * @returns peak resident memory of the process in bytes, with Node's own.
 * @throws BenchmarkError when it fails.
 */
export async function peakMemoryOf({ module, name, folder }: MemorySubject): Promise<number> {
  const { exitCode, complaint, peakMemory } = await runMeasured([processFile, module, name, folder]);
  if (exitCode === 0) return peakMemory;
  throw new BenchmarkError({
    place: name,
    got: `exit code ${exitCode}: ${complaint.trim()}`,
    expected: "a run to its end",
    advice: "Correct the contender.",
  });
}
