import { constants } from "node:fs";
import { type FileHandle, lstat, open, realpath } from "node:fs/promises";
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

/** Why a frame is not sent, as a sentence goes on after its path. */
export const FRAME_REFUSALS = {
  missing: "is not in the dataset. Were frames left out of the download or the build?",
  outside:
    "is a link that leads out of the dataset's frames, and such links are not followed: a downloaded dataset could point to any file of yours. Copy what it leads to in its place (cp -rL), or download with --local-dir.",
  "no file": "is a folder, pipe or device, expected an image. Do not trust the folder; download the dataset again.",
} as const;

export type FrameRefusal = keyof typeof FRAME_REFUSALS;

/**
 * Opens `frames/<scene>/<name>` of a dataset folder, or says why not. A link that leads out of the folder is not followed:
 * a downloaded dataset could point to any file of whoever looks at it, and an export would publish that file.
 */
export async function openFrame(folder: string, scene: string, name: string): Promise<FrameFile | FrameRefusal> {
  const type = IMAGE_TYPES[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ""];
  if (type === undefined || !isPlainName(scene) || !isPlainName(name)) return "missing";
  const [inside, path] = await Promise.all([
    realpath(folder).catch(() => null),
    realpath(join(folder, "frames", scene, name)).catch(() => null),
  ]);
  if (inside === null) return "missing";
  // A link to what is not there, such as a disk that is not mounted, leads out as well.
  if (path === null) return (await isLinked(folder, scene, name)) ? "outside" : "missing";
  if (!path.startsWith(`${inside}${sep}frames${sep}`)) return "outside";
  // No link may have come since, and a pipe would never open.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags).catch(() => null);
  if (handle === null) return "missing";
  const found = await handle.stat();
  if (!found.isFile()) {
    await handle.close();
    return "no file";
  }
  return { handle, size: found.size, type, etag: `"${found.ino}-${found.size}-${found.mtimeMs}"` };
}

async function isLinked(folder: string, ...steps: readonly [scene: string, name: string]): Promise<boolean> {
  const paths = ["frames", `frames/${steps[0]}`, `frames/${steps.join("/")}`];
  const found = await Promise.all(paths.map((path) => lstat(join(folder, path)).catch(() => null)));
  return found.some((entry) => entry?.isSymbolicLink() ?? false);
}
