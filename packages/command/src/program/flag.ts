import { ANY, isRecord, type Kind, oneOf, onlyFields, TEXT } from "@vsi/dataset/internal";

// A row of a table of flags or arguments, as the compiler checks it, and below as plain JavaScript is checked.

/** Words without a flag, by name in the order in which they stand. */
export type Arguments = Readonly<Record<string, Argument>>;

/** One word without a flag, or with `many` all that are left. */
export interface Argument {
  describe: string;
  /** A path (the default) may begin with ~. */
  type?: "path" | "text";
  many?: true;
  optional?: true;
  /** Throws a UsageError for a word that cannot be meant, before what else is wrong or missing is said. */
  check?: (word: string) => void;
}

/** Flags by their name in code; what is typed is the same in kebab case: maxPixels is --max-pixels. */
export type Flags = Readonly<Record<string, Flag>>;

/** A row of the table. */
export type Flag = FlagText & FlagKind;

interface FlagText {
  /** One phrase without a full stop. */
  describe: string;
  /** What --help-all says besides. */
  more?: string;
  /** The heading it stands under in help. */
  group?: string;
  /** What stands for the value in help, such as FOLDER. */
  value?: string;
  /** The default in words, where it is no constant. */
  defaultText?: string;
  /** The inverse of `parse`: what one types for a value. A list is the flag several times. */
  write?: (value: never) => string | readonly string[];
  /** What the option of a library call must be, where it is what `parse` makes of the text. */
  takes?: string;
  /** Only --help-all shows it. */
  rare?: true;
  /** Whether the flag is a setting that is written into what the command makes. */
  onRecord?: true;
  required?: true;
  /** Another flag of the command, or several, without one of which this one means nothing; it is then refused. */
  needs?: string | readonly string[];
  /** One sentence about flags that the command does not have and this one is given instead: another program's own. */
  takesOthers?: string;
  /** Why no other flag could be extended instead; every flag that came after 0.2 says it. */
  insteadOf?: string;
}

/**
 * What values a flag takes. `parse` refuses by a UsageError "got ..., expected ..."; the flag's name, or the file and
 * line, is put before it. A flag without a default is null where it isn't given, a boolean false.
 */
type FlagKind =
  | { type: "boolean"; default?: boolean | null }
  | { type: "whole"; from: number; default?: number | null }
  | { type: "number"; from?: number; above?: number; to?: number; below?: number; default?: number | null }
  | {
      /** A path may begin with ~. */
      type: "text" | "path";
      choices?: readonly string[];
      /** Other words for a choice. */
      alsoRead?: Readonly<Record<string, string>>;
      /** Words that other commands take and this one does not, and why not. */
      notTaken?: Readonly<Record<string, string>>;
      /** The flag alone is the empty text. */
      mayBeEmpty?: true;
      parse?: (text: string) => unknown;
      default?: unknown;
    }
  | {
      /** Values with commas between, or the flag several times. */
      type: "list" | "paths";
      choices?: readonly string[];
      parse?: (values: readonly string[]) => unknown;
      default?: unknown;
    }
  | {
      /** The flag several times, one text each: commas belong to the text. */
      type: "texts";
      choices?: undefined;
      parse?: (values: readonly string[]) => unknown;
      default?: unknown;
    };

/** The fields of every kind of row. */
type FieldOf<Row> = Row extends unknown ? keyof Row : never;

const FLAG_TYPES = {
  boolean: true,
  whole: true,
  number: true,
  text: true,
  path: true,
  list: true,
  paths: true,
  texts: true,
} satisfies Record<Flag["type"], true>;

/** Values of ANY are checked where they are used. */
const FLAG_FIELDS = {
  type: oneOf(Object.keys(FLAG_TYPES)),
  describe: TEXT,
  more: ANY,
  group: ANY,
  value: ANY,
  defaultText: ANY,
  write: ANY,
  takes: ANY,
  rare: ANY,
  onRecord: ANY,
  required: ANY,
  needs: ANY,
  takesOthers: ANY,
  insteadOf: ANY,
  default: ANY,
  from: ANY,
  above: ANY,
  to: ANY,
  below: ANY,
  choices: ANY,
  alsoRead: ANY,
  notTaken: ANY,
  mayBeEmpty: ANY,
  parse: ANY,
} satisfies Record<FieldOf<Flag>, Kind>;

const FLAG: Kind = { ...onlyFields(FLAG_FIELDS), words: "a flag with type and describe" };

/** A table of flags. */
export const FLAGS: Kind = tableOf(FLAG, "a table of flags by name");

const ARGUMENT_FIELDS = {
  describe: TEXT,
  type: ANY,
  many: ANY,
  optional: ANY,
  check: ANY,
} satisfies Record<FieldOf<Argument>, Kind>;

/** A table of arguments. */
export const ARGUMENTS: Kind = tableOf(
  { ...onlyFields(ARGUMENT_FIELDS), words: "an argument with describe" },
  "a table of arguments by name",
);

/** An object each of whose values is of a kind. */
export function tableOf(kind: Kind, words: string): Kind {
  return {
    words,
    fits: (value) => isRecord(value) && Object.values(value).every(kind.fits),
    unfit: (value) => {
      const [name, one] = Object.entries(isRecord(value) ? value : {}).find(([, one]) => !kind.fits(one)) ?? [];
      return name === undefined ? null : { name: `.${name}`, value: one, kind };
    },
  };
}
