/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { at } from "./at.ts";
export { MOST_LEVELS, nestsDeeper, shownJson } from "./json.ts";
export { checkOptionNames, closestName, editsBetween, type OptionNames } from "./optionNames.ts";
export { printable, printableLine } from "./printable.ts";
export { balancedSequence, placedAmong, seededNumbers } from "./random.ts";
export { median, quantile } from "./statistics.ts";
export { countOf, describeValue, isRecord, jsonExcerpt, ownValue } from "./values.ts";
