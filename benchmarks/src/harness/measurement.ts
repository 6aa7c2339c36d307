/** A whole number that a measurement lets the command line choose, as `--<name> N`. */
export interface MeasurementFlag {
  value: number;
  help: string;
}

/** What a measurement gets to work with. */
export interface MeasurementRun {
  /** An empty folder that is deleted afterwards. */
  folder: string;
  /** The measurement's flags, with what the command line says. */
  flags: Readonly<Record<string, number>>;
  /** Tells the terminal what takes so long. */
  say: (line: string) => void;
}

/** A Markdown table with its title above and its notes below. */
export interface ResultTable {
  title: string;
  columns: string[];
  rows: string[][];
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
