import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { normalForm } from "./normalForm.ts";

/** The SHA-256 of every file's normal form by its path in the output, sorted by path. */
export type Sums = Record<string, string>;

/**
 * Files of one group that are not as recorded. A group is a top folder of the output ("scenes/"), or a file beside
 * them.
 */
export interface Difference {
  group: string;
  /** Paths, sorted. */
  changed: string[];
  missing: string[];
  added: string[];
}

/** Files of text in which a command may name its folders absolutely: an export's frames, a report's dataset. */
const NAMES_FOLDERS = /\.(jsonl?|txt)$/;

/**
 * Sums of all files below `folder`. `work`, an absolute path that differs from run to run, is taken for "." in text.
 */
export async function sumsOf(folder: string, work: string): Promise<Sums> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sums: Sums = {};
  for (const file of files) {
    const path = relative(folder, file).replaceAll("\\", "/");
    const bytes = await readFile(file);
    const here = NAMES_FOLDERS.test(path) && bytes.includes(work);
    const placeless = here ? Buffer.from(bytes.toString().replaceAll(work, ".")) : bytes;
    sums[path] = createHash("sha256").update(normalForm(path, placeless)).digest("hex");
  }
  return Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What differs, by group; empty when all is as expected. */
export function differences(expected: Sums, found: Sums): Difference[] {
  const groups = new Map<string, Difference>();
  const paths = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  for (const path of paths.filter((path) => expected[path] !== found[path])) {
    const group = path.includes("/") ? path.slice(0, path.indexOf("/") + 1) : path;
    const difference = groups.get(group) ?? { group, changed: [], missing: [], added: [] };
    groups.set(group, difference);
    if (found[path] === undefined) {
      difference.missing.push(path);
    } else if (expected[path] === undefined) {
      difference.added.push(path);
    } else {
      difference.changed.push(path);
    }
  }
  return [...groups.values()];
}

/** "scenes/: 2 changed (scenes/a.json, scenes/b.json), 1 missing (scenes/c.json)" */
export function differenceText({ group, changed, missing, added }: Difference): string {
  const parts = Object.entries({ changed, missing, added }).filter(([, paths]) => paths.length > 0);
  return `${group}: ${parts.map(([how, paths]) => `${paths.length} ${how} (${someOf(paths)})`).join(", ")}`;
}

const NAMED_PATHS = 3;

function someOf(paths: readonly string[]): string {
  const more = paths.length > NAMED_PATHS ? [`${paths.length - NAMED_PATHS} more`] : [];
  return [...paths.slice(0, NAMED_PATHS), ...more].join(", ");
}
