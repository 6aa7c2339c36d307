import { captureOutput } from "../process/captureOutput.ts";

/** The state of the repository that a run was started in. */
export interface GitState {
  /** 40 hex digits. */
  commit: string;
  /** Whether files differ from it; untracked ones count. */
  changed: boolean;
}

/** Asks git about a folder; null outside of a repository, before its first commit, or without git. */
export async function gitState(folder: string): Promise<GitState | null> {
  const commit = await captureOutput(["git", "rev-parse", "HEAD"], { cwd: folder });
  if (commit.exitCode !== 0) return null;
  const status = await captureOutput(["git", "status", "--porcelain"], { cwd: folder });
  return { commit: commit.stdout.trim(), changed: status.stdout !== "" };
}
