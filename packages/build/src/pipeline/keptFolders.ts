import { mkdir } from "node:fs/promises";
import { join } from "node:path";

/** Where finished scans are kept until all are done, below the working folder. Plain data, so that it travels to threads. */
export interface KeptFolders {
  /** One file a finished scan: questions, rejects, warnings. */
  resultsFolder: string;
  /** The scans' facts, byte for byte as they go into the dataset. */
  scenesFolder: string;
  /** Sampled frames, a folder a scan. */
  framesFolder: string;
  /** Videos, a file a scan. */
  videosFolder: string;
}

/** The folders below a working folder. */
export function keptFolders(working: string): KeptFolders {
  return {
    resultsFolder: join(working, "results"),
    scenesFolder: join(working, "scenes"),
    framesFolder: join(working, "frames"),
    videosFolder: join(working, "videos"),
  };
}

/** Makes the folders that every scan writes to. */
export async function makeKeptFolders(folders: KeptFolders): Promise<void> {
  await mkdir(folders.resultsFolder, { recursive: true });
  await mkdir(folders.scenesFolder, { recursive: true });
}
