import { FUNCTION, fields, type Kind, listOf, NUMBER, optional, orNull, TEXT, TEXTS } from "@vsi/dataset/internal";
import { ARGUMENTS, FLAGS, tableOf } from "./flag.ts";

// What commands and programs must be where plain JavaScript gives them; their flags are in flag.ts.

const FORMATS: Kind = listOf(fields({ heading: TEXT, rows: listOf(TEXTS, "a list of pairs") }), "a list of formats");
const EXAMPLES: Kind = listOf(TEXTS, "a list of examples");

/** A command as defineCommand takes it. */
export const DEFINITION: Kind = fields({
  about: TEXT,
  arguments: optional(ARGUMENTS),
  flags: FLAGS,
  formats: optional(FORMATS),
  examples: optional(EXAMPLES),
});

/** A command as defineCommand gives it. */
export const COMMAND: Kind = fields({
  about: TEXT,
  arguments: ARGUMENTS,
  flags: FLAGS,
  formats: FORMATS,
  examples: EXAMPLES,
});

const RUNNABLE: Kind = fields({ command: COMMAND, start: FUNCTION });

export const PROGRAM: Kind = fields({
  ...{ name: TEXT, about: TEXT, version: FUNCTION, exitCodes: TEXT, errors: FUNCTION, afterInterruption: TEXT },
  main: optional(RUNNABLE),
  commands: tableOf(RUNNABLE, "a table of commands by name"),
  endsWithin: optional(orNull(NUMBER)),
});
