import { isDeepStrictEqual } from "node:util";
import { type Kind, listOf, oneOf, optionError } from "@vsi/dataset/internal";
import { isListType } from "./define.ts";
import type { Flag, Flags } from "./flag.ts";
import { fits, flagValue, isGiven, neededFlags, numberInWords } from "./readValues.ts";

/**
 * What the values of a command's flags must be where a library call gives them as options: the table says it once for
 * both. A flag that takes null in a command, being left out, takes it here.
 */
export function flagKinds<F extends Flags>(flags: F): { [Name in keyof F]: Kind } {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, kindOf(name, flag)])) as {
    [Name in keyof F]: Kind;
  };
}

function kindOf(name: string, flag: Flag): Kind {
  const { words, takes, unfit } = valueRule(name, flag);
  const standard = flag.default ?? null;
  const isOptional = flag.required !== true && standard === null && !(flag.type === "boolean" && flag.default !== null);
  return {
    words: isOptional ? `${words}, or null` : words,
    fits: (value) => (value === null ? isOptional : isDeepStrictEqual(value, standard) || takes(value)),
    ...(unfit === undefined ? {} : { unfit }),
  };
}

function valueRule(
  name: string,
  flag: Flag,
): { words: string; takes: (value: unknown) => boolean; unfit?: NonNullable<Kind["unfit"]> } {
  switch (flag.type) {
    case "boolean":
      return { words: "true or false", takes: (value) => typeof value === "boolean" };
    case "whole":
    case "number":
      return {
        words: numberInWords(flag).replace("one ", "a "),
        takes: (value) => typeof value === "number" && fits(flag, value),
      };
    default: {
      const isList = isListType(flag.type);
      return {
        words: wordsOf(name, flag, isList),
        ...(isList && flag.choices !== undefined ? { unfit: listOf(oneOf(flag.choices), "").unfit } : {}),
        takes: (value) => {
          try {
            return isDeepStrictEqual(flagValue(flag, written(flag, value, isList), name), value);
          } catch {
            // Whatever cannot be typed is no value of the flag, nor what `write` cannot read.
            return false;
          }
        },
      };
    }
  }
}

/** A value as it would be typed. */
function written(flag: Flag, value: unknown, isList: boolean): string | readonly string[] {
  if (flag.write !== undefined) return flag.write(value as never);
  if (isList ? Array.isArray(value) : typeof value === "string") return value as string | readonly string[];
  throw new TypeError("not what can be typed");
}

function wordsOf(name: string, flag: Extract<Flag, { parse?: unknown }>, isList: boolean): string {
  if (flag.choices !== undefined && !isList) {
    const values = flag.choices.map((choice) => flagValue(flag, choice, name));
    if (values.every((value) => typeof value === "string")) return `one of ${values.join(", ")}`;
  }
  if (flag.choices !== undefined) return `a list of some of ${flag.choices.join(", ")}`;
  // Who calls a function types no flag: not "what --frame-size WxH reads".
  if (flag.takes !== undefined) return flag.takes;
  return isList ? "a list of strings" : "a string";
}

/**
 * Refuses options that mean nothing without another, as readValues refuses such flags.
 *
 * @param options complete: every option, with the defaults of those that were not given.
 * @throws OptionsError "option-value".
 */
export function checkNeededOptions(flags: Flags, options: object, where: string): void {
  const values = options as Readonly<Record<string, unknown>>;
  for (const [name, flag] of Object.entries(flags)) {
    const needed = neededFlags(flag);
    if (needed.length === 0 || !Object.hasOwn(values, name) || needed.some((one) => isGiven(values[one]))) continue;
    const standard = flag.default ?? (flag.type === "boolean" ? false : null);
    if (isDeepStrictEqual(values[name] ?? null, standard)) continue;
    throw optionError(where, name, values[name], `${String(standard)} without ${needed.join(" or ")}`);
  }
}
