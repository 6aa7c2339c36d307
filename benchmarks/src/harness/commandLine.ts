import { parseArgs } from "node:util";
import { BenchmarkError } from "./errors.ts";
import type { Measurement } from "./measurement.ts";
import { named } from "./named.ts";

interface CommandLine {
  /** The measurements to make: those named, or by default all that run by default. */
  names: string[];
  /** Whether some were named. */
  isSelection: boolean;
  write: boolean;
  help: boolean;
  /** Flags of the measurements, completed with their defaults. */
  flags: Record<string, number>;
}

/**
 * Reads `[NAME...] [--write] [--help]` and the measurements' own flags.
 * @throws BenchmarkError for an unknown name or a flag that is not a whole number of at least 1; parseArgs' errors.
 */
export function readCommandLine(words: readonly string[], measurements: ReadonlyMap<string, Measurement>): CommandLine {
  const known = Object.assign({}, ...[...measurements.values()].map(({ flags }) => flags)) as Measurement["flags"];
  const { positionals, values } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      ...Object.fromEntries(Object.keys(known).map((flag) => [flag, { type: "string" as const }])),
      write: { type: "boolean" as const, default: false },
      help: { type: "boolean" as const, default: false },
    },
  });
  const unknown = positionals.find((name) => !measurements.has(name));
  if (unknown !== undefined) {
    throw new BenchmarkError({
      place: "measurement",
      got: unknown,
      expected: `one of ${[...measurements.keys()].join(", ")}`,
      advice: "npm run bench -- --help says what each does.",
    });
  }
  const defaults = [...measurements.keys()].filter((name) => named(measurements, name).byDefault);
  const given = values as Record<string, string | boolean | undefined>;
  return {
    names: positionals.length > 0 ? positionals : defaults,
    isSelection: positionals.length > 0,
    write: given.write === true,
    help: given.help === true,
    flags: Object.fromEntries(
      Object.entries(known).map(([flag, { value }]) => [
        flag,
        wholeNumber(flag, given[flag] as string | undefined, value),
      ]),
    ),
  };
}

function wholeNumber(flag: string, given: string | undefined, fallback: number): number {
  if (given === undefined) return fallback;
  if (/^[1-9]\d*$/.test(given)) return Number(given);
  throw new BenchmarkError({
    place: `--${flag}`,
    got: given,
    expected: "a whole number of at least 1",
    advice: `Leave it out for ${fallback}.`,
  });
}

/** What `npm run bench -- --help` prints. */
export function helpText(measurements: ReadonlyMap<string, Measurement>): string {
  const lines = [...measurements].flatMap(([name, { summary, byDefault, flags }]) => [
    `  ${name.padEnd(12)}${summary}${byDefault ? "" : " (only when named)"}`,
    ...Object.entries(flags).map(
      ([flag, { value, help }]) => `${" ".repeat(14)}--${flag} N  ${help} (default ${value})`,
    ),
  ]);
  return `npm run bench -- [NAME...] [--write]

Compares speed and memory within one run and prints Markdown tables of ratios. Without a NAME, all but those marked.

${lines.join("\n")}

  --write     also writes the tables to benchmarks/results/
  --help      prints this

VSI_BENCH_BEFORE names the folder of another version's checkout, built (npm ci): appearance, memory, positions, scan,
startup, stream and workers measure it in turn with this one.
Temporary files go below TMPDIR and are deleted. Close other programs: what else runs widens the ranges.
Example: npm run bench -- positions scan
`;
}
