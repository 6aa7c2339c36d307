import type { Random } from "./random.ts";

/** A reader of something that users give, and how it is tried. */
export interface Reader {
  name: string;
  /** Its share of the cases; what works in memory takes many, what needs a folder for each case few. */
  share: number;
  /** Reads one mutated input. Whatever it throws must be a VsiError. */
  run(random: Random): unknown;
}

/** Where good inputs are. */
export interface Inputs {
  repository: string;
  /** A raw ScanNet folder with streams, of two rooms. */
  raw: string;
  /** A dataset of it with frames. */
  dataset: string;
  /** The runs of version 0.1: their forms are those of today. */
  evalRun: string;
  trainRun: string;
  /** A folder of this process's own. */
  work: string;
}
