import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { type DatasetSplit, type Manifest, validateManifest } from "@vsi/dataset";

/** Splits in the order of every table. */
const SPLITS: readonly DatasetSplit[] = ["train", "validation", "test"];

/**
 * The manifest of a dataset folder.
 * @throws UsageError when the folder is no dataset, DatasetError when its manifest breaks the schema.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, "manifest.json");
  const refuse = (got: string): never => {
    throw new UsageError(
      `${folder}: got ${got}, expected a dataset folder with its manifest.json. Give the --out of a build.`,
    );
  };
  const text = await readFile(file, "utf8").catch(() => refuse("no manifest.json that can be read"));
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    refuse(`a manifest.json with the error "${(error as Error).message}"`);
  }
  validateManifest(manifest, { file });
  return manifest;
}

/**
 * The splits to look at: those asked for, else all that the dataset has.
 * @throws UsageError for a split that the dataset has not.
 */
export function chooseSplits(manifest: Manifest, asked: readonly DatasetSplit[]): DatasetSplit[] {
  const there = SPLITS.filter((split) => manifest.counts.questions[split] !== undefined);
  const missing = asked.find((split) => !there.includes(split));
  if (missing !== undefined) {
    throw new UsageError(`--split ${missing}: the dataset has ${there.join(" and ")}. Name one of these.`);
  }
  return asked.length === 0 ? there : there.filter((split) => asked.includes(split));
}
