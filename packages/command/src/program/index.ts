// What a program's table of flags and its --help need: light, so that help is quick. The rest is in index.ts.

export { UsageError } from "../errors.ts";
export {
  COMMON_FLAGS,
  type Command,
  defaultsOf,
  defineCommand,
  defineFlags,
  type FlagValues,
  type Format,
  lazily,
  type RecordValues,
  type RunnableCommand,
  recordOf,
  type Values,
  wordsOf,
} from "./define.ts";
export type { Argument, Arguments, Flag, Flags } from "./flag.ts";
export { type Program, packageVersion, runProgram } from "./program.ts";
export { configSchemas } from "./schema.ts";
