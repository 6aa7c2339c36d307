import type { FrameFile } from "./findFrames.ts";

/**
 * Frames that are encoded once and kept while the last `scenes` lists of frames are asked about: 32 frames of
 * 100,000 pixels are about 1 MB.
 *
 * @param encode from a path to a data URL.
 */
export function frameCache(
  scenes: number,
  encode: (path: string) => Promise<string>,
): (frames: readonly FrameFile[]) => Promise<string[]> {
  const kept = new Map<string, Promise<string[]>>();
  return (frames) => {
    const key = frames.map(({ path }) => path).join("\n");
    const known = kept.get(key) ?? Promise.all(frames.map(({ path }) => encode(path)));
    // Put in again, so that the oldest key is the one that was not asked for longest.
    kept.delete(key);
    kept.set(key, known);
    if (kept.size > scenes) kept.delete(kept.keys().next().value as string);
    return known;
  };
}
