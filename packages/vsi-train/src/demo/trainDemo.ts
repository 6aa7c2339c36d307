import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Interruption, listenForSignals, SIGNAL_EXIT_CODES } from "@vsi/command";
import { textTable } from "@vsi/report";
import { findTrainerPython } from "../environment/python.ts";
import { formatDuration } from "../run/stepDisplay.ts";
import { DEMO_ENVIRONMENT, runCommand, serveModels } from "./commands.ts";
import { failedClaims, resultTable } from "./resultTable.ts";
import { DEMO_DEFAULTS, type DemoOptions, guessing, makeData } from "./train.ts";
import { comparisonPage, runFolders, type SeedResult, trainSeed } from "./trainSeed.ts";

/** `npm run demo:train`: sets the process's exit code, 1 when a command fails or a claim does not hold. */
export async function demo(): Promise<void> {
  const began = performance.now();
  const { signal, stopListening } = listenForSignals();
  try {
    const failures = failedClaims(await trainDemo(DEMO_DEFAULTS, signal));
    process.stdout.write(`\nDone in ${formatDuration((performance.now() - began) / 1000)}.\n`);
    for (const failure of failures) process.stderr.write(`demo:train: ${failure}\n`);
    process.exitCode = failures.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`demo:train: ${(error as Error).message}\n`);
    process.exitCode = error instanceof Interruption ? SIGNAL_EXIT_CODES[error.signal] : 1;
  } finally {
    stopListening();
  }
}

/**
 * The whole way by the project's own commands: sample rooms, dataset, tiny model, SFT, GRPO, evaluation of the served model
 * on rooms that no training saw, reports. Prints every command before its output, and a table at the end.
 */
async function trainDemo(options: DemoOptions, signal: AbortSignal): Promise<SeedResult[]> {
  const { folder, seeds } = options;
  const settings = Object.entries(DEMO_ENVIRONMENT).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(`Every command runs with ${settings.join(" ")}. What stands in ${folder} is deleted first.\n`);
  await rm(folder, { recursive: true, force: true });
  const python = await makeSurePython(signal);
  const data = await makeData(options, signal);
  const log = join(folder, "server.log");
  const server = await serveModels(python, log, signal);
  process.stdout.write(`\n$ ${server.command}   # prints to ${log}\n`);
  const results: SeedResult[] = [];
  try {
    for (const seed of seeds) results.push(await trainSeed(seed, data, server.baseUrl, options, signal));
  } finally {
    await server.stop();
  }
  const pages = await writeReports(options, signal);
  const { questions, share } = await guessing(data.questions);
  process.stdout.write(
    [
      "",
      `Right answers to ${questions} questions about ${questions} held-out rooms, in percent (one answer for all: ${(100 * share).toFixed(1)}).`,
      "The interval is of the gain: paired bootstrap over rooms, by vsi-eval compare.",
      "",
      textTable(resultTable(results)),
      "",
      "Reports:",
      ...pages.map((page) => `  ${page}`),
      "",
    ].join("\n"),
  );
  return results;
}

async function makeSurePython(signal: AbortSignal): Promise<string> {
  const found = await findTrainerPython();
  if ("python" in found) return found.python;
  process.stdout.write("\nThere is no Python environment for training yet, so it is made first (some minutes).\n");
  await runCommand("vsi-train", ["setup", "--cpu"], { signal });
  const made = await findTrainerPython();
  if ("python" in made) return made.python;
  throw new Error(`vsi-train setup --cpu ended well, yet there is no environment. Type ${made.missing}.`);
}

async function writeReports(options: DemoOptions, signal: AbortSignal): Promise<string[]> {
  const { folder, seeds } = options;
  const pages = { sft: join(folder, "sft.html"), grpo: join(folder, "grpo.html") };
  for (const method of ["sft", "grpo"] as const) {
    const runs = seeds.map((seed) => runFolders(options, seed)[method]);
    await runCommand("vsi-train", ["report", ...runs, "--out", pages[method]], { signal });
  }
  return [pages.sft, pages.grpo, ...seeds.map((seed) => comparisonPage(options, seed))];
}
