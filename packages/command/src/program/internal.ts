/**
 * What our commands share about their flags and promise nobody: it may change with any version. As light as ./index.ts.
 *
 * @module
 */
export { SPLIT_WORDS, typedName } from "./define.ts";
export { type HelpPage, helpText, terminalColumns, wrapped } from "./help.ts";
export { checkNeededOptions, flagKinds } from "./optionKinds.ts";
export { helpPage, runWords } from "./program.ts";
export { readValues } from "./readValues.ts";
export { flagSchemas } from "./schema.ts";
export { didYouMean } from "./suggest.ts";
