import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import type { Measurement } from "./measurement.ts";

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
