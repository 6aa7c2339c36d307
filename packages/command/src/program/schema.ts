import { checkArguments } from "@vsi/dataset/internal";
import { type Command, typedName } from "./define.ts";
import type { Flag, Flags } from "./flag.ts";
import { PROGRAM } from "./kinds.ts";
import type { Program } from "./program.ts";

/**
 * The schemas of a program's config files by file name: vsi-build.json, and vsi-build-verify.json for a sub-command.
 *
 * @example
 * ```js
 * import { configSchemas, defineCommand, lazily } from "@vsi/command/program";
 *
 * const hello = defineCommand({
 *   about: "Say hello",
 *   flags: { times: { type: "whole", from: 1, default: 1, describe: "Number of greetings" } },
 * });
 * const run = async () => 0;
 * const program = {
 *   ...{ name: "hello", about: "Say hello", version: async () => "1.0.0", exitCodes: "Exit codes: 0 done, 2 wrong usage." },
 *   ...{ errors: async () => ({ explained: [], usage: [] }), afterInterruption: "", endsWithin: null },
 *   ...{ main: lazily(hello, async () => ({ run })), commands: {} },
 * };
 * console.log(Object.keys(configSchemas(program)).join()); // hello.json
 * ```
 */
export function configSchemas(program: Program): Record<string, unknown> {
  checkArguments("configSchemas", { program: [program, PROGRAM] });
  const { name, main, commands } = program;
  const own = main === undefined ? [] : [[`${name}.json`, configSchema(main.command, name)]];
  const others = Object.entries(commands).map(([one, { command }]) => {
    return [`${name}-${one}.json`, configSchema(command, `${name} ${one}`)];
  });
  return Object.fromEntries([...own, ...others]);
}

/**
 * The JSON Schema (draft 2020-12) of what a command's `--config` file may hold, for editors that complete and check it.
 *
 * @param called the command as it is typed, such as "vsi-build verify".
 */
function configSchema(command: Command, called: string): Record<string, unknown> {
  const { config: _, ...flags } = command.flags;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `Flags of ${called}, for --config`,
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      ...flagSchemas(flags),
    },
  };
}

/** The schema of each flag's value, by its long name. */
export function flagSchemas(flags: Flags): Record<string, unknown> {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [typedName(name), flagSchema(flag)]));
}

function flagSchema(flag: Flag): Record<string, unknown> {
  const { describe: description, default: standard } = flag;
  const isPlain = ["string", "number", "boolean"].includes(typeof standard);
  return { description, ...valueSchema(flag), ...(isPlain ? { default: standard } : {}) };
}

function valueSchema(flag: Flag): Record<string, unknown> {
  switch (flag.type) {
    case "boolean":
      return { type: "boolean" };
    case "whole":
      return { type: "integer", minimum: flag.from, maximum: Number.MAX_SAFE_INTEGER };
    case "number": {
      const { from, above, to, below } = flag;
      const bounds = { minimum: from, exclusiveMinimum: above, maximum: to, exclusiveMaximum: below };
      return {
        type: "number",
        ...Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined)),
      };
    }
    case "list":
    case "paths": {
      const one =
        flag.choices === undefined ? { type: ["string", "number"], minLength: 1 } : { enum: [...flag.choices] };
      return {
        anyOf: [{ type: "array", items: one, minItems: 1 }, flag.choices === undefined ? one : { type: "string" }],
      };
    }
    case "texts": {
      const one = { type: "string", minLength: 1 };
      return { anyOf: [{ type: "array", items: one, minItems: 1 }, one] };
    }
    default: {
      if (flag.choices !== undefined) return { enum: [...flag.choices, ...Object.keys(flag.alsoRead ?? {})] };
      return flag.mayBeEmpty
        ? { anyOf: [{ type: ["string", "number"] }, { const: true }] }
        : { type: ["string", "number"], minLength: 1 };
    }
  }
}
