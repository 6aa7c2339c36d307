import {
  ANY,
  FUNCTION,
  fields,
  isRecord,
  type Kind,
  listOf,
  NUMBER,
  oneOf,
  onlyFields,
  optional,
  orNull,
  TEXT,
  TEXTS,
} from "@vsi/dataset/internal";

// What tables of flags, commands and programs must be where plain JavaScript gives them.

const FLAG_TYPES = ["boolean", "whole", "number", "text", "path", "list", "paths", "texts"];

/** What a flag may say besides its type and description, as in Flag. */
const FLAG_DETAILS = (
  "more group value defaultText write rare onRecord required needs insteadOf default from above to below choices " +
  "alsoRead notTaken mayBeEmpty parse"
).split(" ");

const FLAG: Kind = {
  ...onlyFields({ type: oneOf(FLAG_TYPES), describe: TEXT, ...anyOf(FLAG_DETAILS) }),
  words: "a flag with type and describe",
};

/** A table of flags. */
export const FLAGS: Kind = tableOf(FLAG, "a table of flags by name");

const ARGUMENT: Kind = {
  ...onlyFields({ describe: TEXT, ...anyOf(["type", "many", "optional", "check"]) }),
  words: "an argument with describe",
};
const ARGUMENTS: Kind = tableOf(ARGUMENT, "a table of arguments by name");
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

function anyOf(names: readonly string[]): Record<string, Kind> {
  return Object.fromEntries(names.map((name) => [name, ANY]));
}

/** An object each of whose values is of a kind. */
function tableOf(kind: Kind, words: string): Kind {
  return {
    words,
    fits: (value) => isRecord(value) && Object.values(value).every(kind.fits),
    unfit: (value) => {
      const [name, one] = Object.entries(isRecord(value) ? value : {}).find(([, one]) => !kind.fits(one)) ?? [];
      return name === undefined ? null : { name: `.${name}`, value: one, kind };
    },
  };
}
