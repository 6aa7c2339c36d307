import { realpathSync } from "node:fs";
import { lstat, readdir, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { hashFile } from "@vsi/dataset/node";
import { UsageError } from "../errors.ts";

/** Everything that is not finished lives in this folder of the output folder; it is gone when the work is done. */
export const WORKING_FOLDER = ".vsi-build";

/** The lock's name in the folder that it keeps to one command. */
export const LOCK_FILE = ".vsi-lock";

/**
 * Whether a path from a file may be joined to a folder: POSIX, relative, and inside it. File lists from elsewhere can't
 * be trusted: "../thesis.tex" has been in one.
 */
export function isInnerPath(path: unknown): path is string {
  return (
    typeof path === "string" &&
    path !== "" &&
    !/[\\\0]|^[A-Za-z]:/.test(path) &&
    path.split("/").every((step) => step !== "" && step !== "." && step !== "..")
  );
}

/** A file as it was seen: its content, and what tells that it has not been written since. */
export interface KnownFile {
  sha256: string;
  /** Inode, size and times of change: hashing hundreds of gigabytes of frames once a build is enough. */
  signature: string;
}

/** What is at a path in a folder. */
export type Found =
  /** Nothing, and nothing keeps it from being written. */
  | { kind: "nothing" }
  /** A file of its own, reached by real folders only. */
  | ({ kind: "file" } & KnownFile)
  /** A link, folder or device, there or in place of a parent folder: `at` is the path in the way. */
  | { kind: "other"; at: string };

/**
 * Inspects a path in a folder without following links: a link's target is never ours.
 *
 * @param folder its real path.
 * @param path as isInnerPath accepts it.
 * @param known the file as it was seen before, if it was: it is not read again while its signature is the same.
 * @throws DatasetError as in fileError when a file can't be read.
 */
export async function findAt(folder: string, path: string, known?: KnownFile): Promise<Found> {
  const steps = path.split("/");
  for (let depth = 1; depth < steps.length; depth += 1) {
    const at = steps.slice(0, depth).join("/");
    const entry = await lstat(join(folder, at)).catch(ignoreMissing);
    if (entry === null) return { kind: "nothing" };
    if (!entry.isDirectory()) return { kind: "other", at };
  }
  const entry = await lstat(join(folder, path)).catch(ignoreMissing);
  if (entry === null) return { kind: "nothing" };
  if (!entry.isFile()) return { kind: "other", at: path };
  const signature = [entry.ino, entry.size, entry.mtimeMs, entry.ctimeMs].join(" ");
  if (known?.signature === signature) return { kind: "file", ...known };
  return { kind: "file", signature, sha256: await hashFile(join(folder, path)) };
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
  throw error;
}

/**
 * The real path of a folder that may not be there yet: links in what is there are followed.
 */
export async function realPathOf(path: string): Promise<string> {
  const whole = resolve(path);
  try {
    return await realpath(whole);
  } catch (error) {
    const parent = dirname(whole);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || parent === whole) throw error;
    return join(await realPathOf(parent), basename(whole));
  }
}

/**
 * The same at once, for comparing paths: what cannot be looked at counts as not there yet. Of thousands of paths, each by
 * promises takes ten times as long.
 */
export function realPathOfSync(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync.native(whole);
  } catch {
    const parent = dirname(whole);
    return parent === whole ? whole : join(realPathOfSync(parent), basename(whole));
  }
}

/** Whether two folders are the same, or one lies in the other, whatever links lead to them. */
export async function overlap(one: string, other: string): Promise<boolean> {
  const [first, second] = [`${await realPathOf(one)}${sep}`, `${await realPathOf(other)}${sep}`];
  return first.startsWith(second) || second.startsWith(first);
}

/**
 * What may lie in a folder that a dataset goes to for the first time: what git, the Hugging Face hub and a fresh disk
 * put there by themselves.
 */
const NOT_COUNTED = new Set([
  ".git",
  ".gitattributes",
  ".gitignore",
  ".cache",
  ".huggingface",
  "lost+found",
  ".DS_Store",
]);

/**
 * Whether a path may be one of our files: inside the folder, and not in what git, the hub or a working command keep
 * there, whatever a list of files says.
 */
export function isOurPlace(path: unknown): path is string {
  if (!isInnerPath(path)) return false;
  const [first = ""] = path.split("/");
  return !isOfGitOrHub(path) && first !== WORKING_FOLDER && !first.startsWith(LOCK_FILE);
}

/** Whether a path of a folder is, or lies in, what git, the hub or a fresh disk put there. */
export function isOfGitOrHub(path: string): boolean {
  return NOT_COUNTED.has(path.split("/")[0] ?? "");
}

/** The entries of a folder that make it somebody's; none when it is not there. */
export async function countedEntries(path: string): Promise<string[]> {
  const entries = await readdir(path).catch(ignoreMissing);
  return (entries ?? []).filter((name) => !NOT_COUNTED.has(name)).sort();
}

/** A file that is not ours is where one of ours must go. */
export function obstacleError(path: string, file: string): UsageError {
  return new UsageError(
    `--out ${path}: ${quoted(file)} is in the way: this command did not write it, or it was changed since. ` +
      "Move it away, or choose another --out; nothing was touched.",
  );
}

/** Names come from a folder that may be anybody's: they must not move a terminal's cursor or reverse its text. */
export function quoted(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    return `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`;
  });
}
