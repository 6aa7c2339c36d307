import type { Measurement } from "./measurement.ts";
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

Temporary files go below TMPDIR and are deleted. Close other programs: what else runs widens the ranges.
Example: npm run bench -- positions scan
`;
}
