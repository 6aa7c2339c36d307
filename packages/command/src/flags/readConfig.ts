import { readFileSync } from "node:fs";
import { UsageError } from "../usageError.ts";

/**
 * Reads the file of --config: one JSON object, flags by their long name.
 * @throws UsageError naming the file and what it holds instead.
 */
export function readConfig(path: string): Record<string, unknown> {
  const refuse = (got: string): never => {
    throw new UsageError(`--config ${path}: got ${got}, expected a JSON object such as {"out": "./folder"}.`);
  };
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    refuse(`the error "${(error as Error).message}"`);
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) refuse("JSON of another kind");
  return config as Record<string, unknown>;
}
