import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import type { Compared } from "./compared.ts";
import type { AimedRatio } from "./ratio.ts";

/** A whole number that a measurement lets the command line choose, as `--<name> N`. */
interface MeasurementFlag {
  value: number;
  help: string;
}

/** What a measurement gets to work with. */
interface MeasurementRun {
  /** An empty folder that is deleted afterwards. */
  folder: string;
  /** The measurement's flags, with what the command line says. */
  flags: Readonly<Record<string, number>>;
  /** Tells the terminal what takes so long. */
  say: (line: string) => void;
}

/** A Markdown table with its title above and its aims and notes below. */
export interface ResultTable {
  title: string;
  columns: string[];
  rows: string[][];
  /** Printed here, and once more in the table of all aims at the end. */
  aims?: AimedRatio[];
  /** Printed at the end, in the table of all that VSI_BENCH_BEFORE's version did too. */
  compared?: Compared[];
  notes: string[];
}

/**
 * What each file of `benchmarks/src` beside run.ts exports as `measurement`: to add one, add a file.
 * The file's name is the name on the command line.
 */
export interface Measurement {
  /** One line for `--help`. */
  summary: string;
  /** Whether it runs when no name is given. */
  byDefault: boolean;
  flags: Readonly<Record<string, MeasurementFlag>>;
  /** @throws BenchmarkError when it cannot be made here. */
  measure: (run: MeasurementRun) => Promise<ResultTable[]>;
}

/** Not a measurement: the command itself. */
const COMMAND_FILE = "run.ts";

/**
 * Every measurement by its name, in alphabetical order. The sources say which there are: compiled files of sources that
 * are gone stay in dist.
 */
export async function loadMeasurements(): Promise<Map<string, Measurement>> {
  const sources = await readdir(new URL("../../src/", import.meta.url));
  const names = sources
    .filter((file) => file.endsWith(".ts") && file !== COMMAND_FILE)
    .map((file) => basename(file, ".ts"));
  const measurements = new Map<string, Measurement>();
  for (const name of names.sort()) {
    const module = (await import(new URL(`../${name}.js`, import.meta.url).href)) as { measurement: Measurement };
    measurements.set(name, module.measurement);
  }
  return measurements;
}
