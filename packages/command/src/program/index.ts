// What a program's table of flags and its --help need: light, so that help is quick. The rest is in index.ts.

export { UsageError } from "../errors.ts";
export {
  type Argument,
  type Arguments,
  COMMON_FLAGS,
  type Command,
  defaultsOf,
  defineCommand,
  defineFlags,
  type Flag,
  type Flags,
  type FlagValues,
  type Format,
  lazily,
  type RecordValues,
  type RunnableCommand,
  recordOf,
  SPLIT_WORDS,
  typedName,
  type Values,
  wordsOf,
} from "./define.ts";
export { type HelpPage, helpText, terminalColumns, wrapped } from "./help.ts";
export { checkNeededOptions, flagKinds } from "./optionKinds.ts";
export { helpPage, type Program, packageVersion, runProgram, runWords } from "./program.ts";
export { readValues } from "./readValues.ts";
export { configSchemas, flagSchemas } from "./schema.ts";
export { didYouMean } from "./suggest.ts";
