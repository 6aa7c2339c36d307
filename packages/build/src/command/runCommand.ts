import yargs from "yargs";
import { UsageError } from "../buildError.ts";
import { buildFlags, toBuildArguments } from "./buildFlags.ts";
import { runBuild } from "./runBuild.ts";
import { runSamples } from "./runSamples.ts";
import { samplesFlags } from "./samplesFlags.ts";

/** No wider than this, so that help stays readable on a wide terminal; without a terminal 100 columns. */
const WIDEST_HELP = 120;

/**
 * Reads the command line and does what it says; prints help and version itself.
 * @returns the exit code
 * @throws UsageError with what to type instead, and whatever the command throws.
 */
export async function runCommand(words: readonly string[], version: string): Promise<number> {
  let exitCode = 0;
  await yargs(words)
    .scriptName("vsi-build")
    .command(
      "$0",
      "Reads every ScanNet scan below a folder and writes a dataset of question-answer pairs with true geometry behind them.",
      buildFlags,
      async (flags) => {
        exitCode = await runBuild(await toBuildArguments(flags));
      },
    )
    .command(
      "samples <folder>",
      "Writes sample rooms in ScanNet's formats, to try everything without a licence",
      samplesFlags,
      async (flags) => {
        exitCode = await runSamples(flags);
      },
    )
    .epilogue(
      "Exit codes: 0 done, 1 a scan was skipped or the build had to stop, 2 wrong usage, 130 or 143 after a signal.",
    )
    .strict()
    .version(version)
    .help()
    .wrap(Math.min(WIDEST_HELP, process.stdout.columns || 100))
    .exitProcess(false)
    .parserConfiguration({ "camel-case-expansion": false })
    .fail((message, error) => {
      if (error !== undefined && error !== null && message === undefined) throw error;
      throw new UsageError(`${message ?? error.message}\nvsi-build --help lists every option.`);
    })
    .parseAsync();
  return exitCode;
}
