import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Requirement } from "./requirements.ts";

/** Which of torch's builds an environment is for. */
export type Device = "cpu" | "gpu";

/** 12 of 64 hex digits: no two sets of versions a user will ever have meet, and the path stays short. */
const KEY_LENGTH = 12;

/** Where the environment of these packages and this device is, so that other versions never touch it. */
export function environmentFolder(cache: string, requirements: readonly Requirement[], device: Device): string {
  const pinned = requirements.map(({ name, version }) => `${name}==${version}\n`).sort();
  const key = createHash("sha256").update(device).update("\n").update(pinned.join("")).digest("hex");
  return join(cache, `${device}-${key.slice(0, KEY_LENGTH)}`);
}

/** The Python inside of a virtual environment. */
export function environmentPython(folder: string, platform: NodeJS.Platform = process.platform): string {
  return platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}
