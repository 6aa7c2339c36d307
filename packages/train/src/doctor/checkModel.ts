import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { thisSystem } from "../environment/cacheFolder.ts";
import { isHubName } from "../settings/isHubName.ts";
import type { Finding } from "./finding.ts";
import { hubCache, hubModelFolder } from "./hubCache.ts";
import { missingModelFiles } from "./missingModelFiles.ts";

/** A model by a local folder or a hub's name: complete, in the hub's cache, or to be downloaded. */
export async function checkModel(model: string, env: NodeJS.ProcessEnv = process.env): Promise<Finding> {
  if (await isFolder(model)) return judgeFolder(model, "copy or download the missing files");
  if (!isHubName(model)) {
    return {
      what: "model",
      state: "missing",
      found: `no folder ${model}`,
      advice: "give an existing folder, or a hub's name such as Qwen/Qwen2-VL-2B-Instruct",
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
        found: `${model} is not complete on this machine, and HF_HUB_OFFLINE forbids to download it`,
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
