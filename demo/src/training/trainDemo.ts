import { join } from "node:path";
import { formatDuration } from "@vsi/command";
import { textTable } from "@vsi/report";
import { runCommand, runUntilSignal } from "../commands.ts";
import { beginDemo } from "./beginDemo.ts";
import { guessing, makeData } from "./data.ts";
import { serveModels } from "./modelServer.ts";
import { DEMO_DEFAULTS, type DemoOptions } from "./options.ts";
import { failedClaims, resultTable } from "./resultTable.ts";
import { comparisonPage, runFolders, type SeedResult, trainSeed } from "./trainSeed.ts";

/** `npm run demo:train`: sets the process's exit code, 1 when a command fails or a claim does not hold. */
export async function demo(): Promise<void> {
  await runUntilSignal("demo:train", async (signal) => {
    const began = performance.now();
    const failures = failedClaims(await trainDemo(DEMO_DEFAULTS, signal));
    process.stdout.write(`\nDone in ${formatDuration((performance.now() - began) / 1000)}.\n`);
    for (const failure of failures) process.stderr.write(`demo:train: ${failure}\n`);
    return failures.length === 0 ? 0 : 1;
  });
}

/**
 * The whole way by the project's own commands: sample rooms, dataset, tiny model, SFT, GRPO, evaluation of the served
 * model on rooms that no training saw, reports. Prints every command before its output, and a table at the end.
 */
export async function trainDemo(options: DemoOptions, signal: AbortSignal): Promise<SeedResult[]> {
  const { folder, seeds } = options;
  const python = await beginDemo(folder, signal);
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

async function writeReports(options: DemoOptions, signal: AbortSignal): Promise<string[]> {
  const { folder, seeds } = options;
  const pages = { sft: join(folder, "sft.html"), grpo: join(folder, "grpo.html") };
  for (const method of ["sft", "grpo"] as const) {
    const runs = seeds.map((seed) => runFolders(options, seed)[method]);
    await runCommand("vsi-train", ["report", ...runs, "--out", pages[method]], { signal });
  }
  return [pages.sft, pages.grpo, ...seeds.map((seed) => comparisonPage(options, seed))];
}
