import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** What decides where a user's cache is. */
export interface CacheSystem {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  home: string;
}

/** The machine this runs on. */
export function thisSystem(): CacheSystem {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/**
 * The user's cache folder for a program: XDG_CACHE_HOME where it is set (the XDG Base Directory Specification: a relative one
 * is ignored), else ~/.cache, on macOS ~/Library/Caches, on Windows %LOCALAPPDATA%.
 */
export function cacheFolder(program: string, { platform, env, home }: CacheSystem = thisSystem()): string {
  const asked = env.XDG_CACHE_HOME;
  if (asked !== undefined && isAbsolute(asked)) return join(asked, program);
  if (platform === "darwin") return join(home, "Library", "Caches", program);
  if (platform === "win32") return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), program);
  return join(home, ".cache", program);
}
