import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What a vision-language model's folder needs; one file of each row is enough. */
const NEEDED: readonly (readonly string[])[] = [
  ["config.json"],
  ["preprocessor_config.json", "processor_config.json"],
  ["tokenizer.json", "vocab.json", "tokenizer.model"],
];

/** The lists of a model's weights that is cut into several files. */
const WEIGHT_LISTS = ["model.safetensors.index.json", "pytorch_model.bin.index.json"];

/**
 * The files that a model's folder lacks, as transformers saves it; none when it is complete.
 * An adapter's folder is no model: it lacks the weights.
 * @throws the file system's error when the folder cannot be read.
 */
export async function missingModelFiles(folder: string): Promise<string[]> {
  const files = new Set(await readdir(folder));
  const missing = NEEDED.filter((names) => !names.some((name) => files.has(name))).map((names) => names.join(" or "));
  const list = WEIGHT_LISTS.find((name) => files.has(name));
  if (list !== undefined) {
    const parts = await weightFiles(join(folder, list));
    if (parts === null) missing.push(`a readable ${list}`);
    else missing.push(...parts.filter((part) => !files.has(part)));
  } else if (!["model.safetensors", "pytorch_model.bin"].some((name) => files.has(name))) {
    missing.push("model.safetensors");
  }
  return missing;
}

async function weightFiles(list: string): Promise<string[] | null> {
  try {
    const { weight_map } = JSON.parse(await readFile(list, "utf8")) as { weight_map: Record<string, string> };
    return [...new Set(Object.values(weight_map))].sort();
  } catch {
    return null;
  }
}
