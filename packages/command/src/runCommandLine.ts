import yargs, { type Argv } from "yargs";
import { UsageError } from "./usageError.ts";

/** No wider than this, so that help stays readable on a wide terminal; without a terminal 100 columns. */
const WIDEST_HELP = 120;

/** A command as its package describes it. */
export interface CommandLine {
  /** What is typed, such as "vsi-build". */
  name: string;
  version: string;
  /**
   * Adds the sub-commands to yargs. Each handler hands its exit code to `exitWith`.
   */
  register: (commandLine: Argv, exitWith: (code: number) => void) => Argv;
  /** What stands below the options in --help: exit codes, where to read on. */
  epilogue: string;
}

/**
 * Reads the command line and does what it says; prints help and version itself.
 * @returns the exit code
 * @throws UsageError with what to type instead, and whatever the command throws.
 */
export async function runCommandLine(words: readonly string[], command: CommandLine): Promise<number> {
  let exitCode = 0;
  const commandLine = yargs(words).scriptName(command.name);
  await command
    .register(commandLine, (code) => {
      exitCode = code;
    })
    .epilogue(command.epilogue)
    .strict()
    .version(command.version)
    .help()
    .wrap(Math.min(WIDEST_HELP, process.stdout.columns || 100))
    .exitProcess(false)
    .parserConfiguration({ "camel-case-expansion": false })
    .fail((message, error) => {
      if (error !== undefined && error !== null && message === undefined) throw error;
      throw new UsageError(`${message ?? error.message}\n${command.name} --help lists every option.`);
    })
    .parseAsync();
  return exitCode;
}
