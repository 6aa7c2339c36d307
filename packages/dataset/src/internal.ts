/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { at } from "./at.ts";
export { MOST_LEVELS, nestsDeeper, shownJson } from "./json.ts";
export {
  ANY,
  argumentError,
  BYTES,
  between,
  checkArguments,
  describeGiven,
  FUNCTION,
  fields,
  INTEGER,
  isNumbers,
  type Kind,
  LIST,
  listOf,
  MAP,
  NUMBER,
  oneOf,
  onlyFields,
  optional,
  orNull,
  PATH,
  POINT,
  POSITIONS,
  RECORD,
  SIGNAL,
  SWITCH,
  TEXT,
  TEXTS,
  VALUES,
  WHOLE,
  wholeFrom,
} from "./kinds.ts";
export { checkOptions, checkRecord, closestName, editsBetween, type OptionKinds, optionError } from "./options.ts";
export type { Marks, PlanLine, PlanPoint } from "./plan.ts";
export { printable, printableLine } from "./printable.ts";
export { balancedSequence, placedAmong, seededNumbers } from "./random.ts";
export { frameNamesOf } from "./sceneFacts.ts";
export { sha256, sha256Hex } from "./sha256.ts";
export { ARKIT_VIDEO, isStated, roomOfScene, statedRoomOf } from "./splits.ts";
export { median, quantile } from "./statistics.ts";
export { countOf, describeValue, isRecord, jsonExcerpt, ownValue } from "./values.ts";
