import { join } from "node:path";
import { type CacheSystem, cacheFolder, thisSystem } from "../environment/cacheFolder.ts";

/**
 * Where huggingface_hub keeps what it downloaded: HF_HUB_CACHE, else HF_HOME/hub, else huggingface/hub in XDG_CACHE_HOME or
 * ~/.cache (its documentation, "Environment variables"; ~/.cache on every system).
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
