import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type CacheSystem, cacheFolder, thisSystem } from "../environment/environmentFolder.ts";
import { isHubName } from "../settings/trainOptions.ts";
import type { Finding } from "./finding.ts";

/** A model, by local folder or hub name: complete, in the hub's cache, or to be downloaded. */
export async function checkModel(model: string, env: NodeJS.ProcessEnv = process.env): Promise<Finding> {
  if (await isFolder(model)) return judgeFolder(model, "copy or download the missing files");
  if (!isHubName(model)) {
    return {
      what: "model",
      state: "missing",
      found: `no folder ${model}`,
      advice: "give an existing folder, or a hub name such as Qwen/Qwen2-VL-2B-Instruct",
    };
  }
  const snapshots = join(hubModelFolder(hubCache({ ...thisSystem(), env }), model), "snapshots");
  for (const revision of await readdir(snapshots).catch(() => [])) {
    const finding = await judgeFolder(join(snapshots, revision), "the rest is downloaded when training starts");
    if (finding.state === "fine") return finding;
  }
  const isOffline = ["1", "true", "yes", "on"].includes((env.HF_HUB_OFFLINE ?? "").toLowerCase());
  return isOffline
    ? {
        what: "model",
        state: "missing",
        found: `${model} is not complete on this machine, and HF_HUB_OFFLINE prevents downloading it`,
        advice: "unset HF_HUB_OFFLINE, or give a local folder",
      }
    : {
        what: "model",
        state: "note",
        found: `${model} is not complete on this machine`,
        advice: "it is downloaded when training starts",
      };
}

async function judgeFolder(folder: string, advice: string): Promise<Finding> {
  const missing = await missingModelFiles(folder);
  if (missing.length === 0) return { what: "model", state: "fine", found: `complete (${folder})`, advice: null };
  return { what: "model", state: "missing", found: `${folder} lacks ${missing.join(", ")}`, advice };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Where huggingface_hub keeps what it downloaded: HF_HUB_CACHE, else HF_HOME/hub, else huggingface/hub in
 * XDG_CACHE_HOME or ~/.cache (its documentation, "Environment variables"; ~/.cache on every system).
 */
export function hubCache(system: CacheSystem = thisSystem()): string {
  const { env } = system;
  if (env.HF_HUB_CACHE) return env.HF_HUB_CACHE;
  if (env.HF_HOME) return join(env.HF_HOME, "hub");
  return join(cacheFolder("huggingface", { ...system, platform: "linux" }), "hub");
}

/** The folder of a model there. @param name such as "Qwen/Qwen2-VL-2B-Instruct". */
export function hubModelFolder(cache: string, name: string): string {
  return join(cache, `models--${name.replaceAll("/", "--")}`);
}

/** What a vision-language model's folder needs; one file of each row is enough. */
const NEEDED: readonly (readonly string[])[] = [
  ["config.json"],
  ["preprocessor_config.json", "processor_config.json"],
  ["tokenizer.json", "vocab.json", "tokenizer.model"],
];

/** The indexes of a model whose weights are split into several files. */
const WEIGHT_LISTS = ["model.safetensors.index.json", "pytorch_model.bin.index.json"];

/**
 * The files missing from a model's folder as transformers saves it; empty when complete. An adapter's folder is not a
 * model: it lacks the weights.
 * @throws the file system's error when the folder cannot be read.
 */
async function missingModelFiles(folder: string): Promise<string[]> {
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
