import { createHash } from "node:crypto";
import { access, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { writeFileAtomically } from "@vsi/dataset/node";
import type { Requirement } from "./requirements.ts";

/** The build of torch that an environment holds. */
export type Device = "cpu" | "gpu";

/** 12 of 64 hex digits: enough to tell a user's environments apart while keeping the path short. */
const KEY_LENGTH = 12;

/** The folder of an environment; it depends on the versions and the device. */
export function environmentFolder(cache: string, requirements: readonly Requirement[], device: Device): string {
  const pinned = requirements.map(({ name, version }) => `${name}==${version}\n`).sort();
  const key = createHash("sha256").update(device).update("\n").update(pinned.join("")).digest("hex");
  return join(cache, `${device}-${key.slice(0, KEY_LENGTH)}`);
}

/** The Python of a virtual environment. */
export function environmentPython(folder: string, platform: NodeJS.Platform = process.platform): string {
  return platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

/** Written last: a folder without it is unfinished. */
export const FINISHED_MARKER_FILE = "vsi-train.json";

/** What setup records of an environment it finished. */
export interface FinishedMarker {
  schema: "vsi-train-environment/1";
  /** Version by name of the pinned packages as installed, and of Python. */
  versions: Record<string, string>;
  /** The sha256 of the worker's package as installed; absent when none is. */
  worker?: string;
  /** Size of all files. */
  bytes: number;
  /** How long making it took. */
  seconds: number;
}

/** Marks an environment as finished. @throws DatasetError as in fileError. */
export async function writeFinishedMarker(folder: string, marker: FinishedMarker): Promise<void> {
  await writeFileAtomically(join(folder, FINISHED_MARKER_FILE), `${JSON.stringify(marker, null, 2)}\n`);
}

/** The marker of a finished environment; null for one that is missing, half made, or whose Python was removed since. */
export async function readFinishedMarker(folder: string): Promise<FinishedMarker | null> {
  try {
    const marker = JSON.parse(await readFile(join(folder, FINISHED_MARKER_FILE), "utf8")) as FinishedMarker;
    // A virtual environment links to the system's Python, which an upgrade can remove.
    await access(environmentPython(folder));
    return marker.schema === "vsi-train-environment/1" ? marker : null;
  } catch {
    return null;
  }
}

/** What determines where a user's cache is. */
export interface CacheSystem {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  home: string;
}

/** This machine. */
export function thisSystem(): CacheSystem {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/**
 * The user's cache folder for a program: XDG_CACHE_HOME where it is set (the XDG Base Directory Specification: a
 * relative one is ignored), else ~/.cache, on macOS ~/Library/Caches, on Windows %LOCALAPPDATA%.
 */
export function cacheFolder(program: string, { platform, env, home }: CacheSystem = thisSystem()): string {
  const asked = env.XDG_CACHE_HOME;
  if (asked !== undefined && isAbsolute(asked)) return join(asked, program);
  if (platform === "darwin") return join(home, "Library", "Caches", program);
  if (platform === "win32") return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), program);
  return join(home, ".cache", program);
}
