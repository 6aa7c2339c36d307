import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

/** Images that a browser shows, by the end of their name. */
const IMAGE_TYPES: Readonly<Record<string, string>> = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png" };

/** An image of a dataset folder, open. */
export interface FrameFile {
  handle: FileHandle;
  size: number;
  type: string;
  /** Another one where the file is written anew. */
  etag: string;
}

/** A name that is one step of a path, nothing else. */
export function isPlainName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\\\0]/.test(name);
}

/**
 * Opens `frames/<scene>/<name>` of a dataset folder; null where there is no such image in it. A link that leads out of
 * the folder is none: a downloaded dataset could point to any file of whoever looks at it, and an export would publish
 * that file.
 */
export async function openFrame(folder: string, scene: string, name: string): Promise<FrameFile | null> {
  const type = IMAGE_TYPES[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ""];
  if (type === undefined || !isPlainName(scene) || !isPlainName(name)) return null;
  const [inside, path] = await Promise.all([
    realpath(folder).catch(() => null),
    realpath(join(folder, "frames", scene, name)).catch(() => null),
  ]);
  if (inside === null || path === null || !path.startsWith(`${inside}${sep}frames${sep}`)) return null;
  // No link may have come since, and a pipe would never open.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags).catch(() => null);
  if (handle === null) return null;
  const found = await handle.stat();
  if (!found.isFile()) {
    await handle.close();
    return null;
  }
  return { handle, size: found.size, type, etag: `"${found.ino}-${found.size}-${found.mtimeMs}"` };
}
