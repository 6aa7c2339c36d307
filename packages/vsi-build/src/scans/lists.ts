import { readFile } from "node:fs/promises";
import { UsageError } from "@vsi/command";

/**
 * A scan ("scene0000_00"), a physical room ("scene0000") or a scene of another dataset. A file's name has a dot or a
 * slash.
 */
export const SCENE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/**
 * Reads the values of --exclude: names, files with one name per line (`#` starts a comment), or files of published
 * scene facts (a JSON object by scene name, as VSI-Bench has them for ScanNet, ARKitScenes and ScanNet++).
 *
 * @throws UsageError naming the value, or the file and line, that is none of these.
 */
export async function readExcludeList(values: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for (const value of values) {
    if (SCENE_NAME.test(value)) names.push(value);
    else names.push(...(await readNames(value)));
  }
  return [...new Set(names)].sort();
}

async function readNames(path: string): Promise<string[]> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      `--exclude ${path}: neither a scan or room (scene0000_00, scene0000) nor a readable file (${cause.code}).`,
    );
  });
  const names = text.trimStart().startsWith("{")
    ? namesOfFacts(path, text)
    : namesOfLines(text, SCENE_NAME, `--exclude ${path}`, "a name");
  if (names.length > 0) return names;
  throw new UsageError(`--exclude ${path}: holds no names; write one per line, such as scene0000_00.`);
}

function namesOfFacts(path: string, text: string): string[] {
  try {
    return Object.keys(JSON.parse(text) as Record<string, unknown>);
  } catch (error) {
    throw new UsageError(
      `--exclude ${path}: got text that is not JSON (${(error as Error).message}), expected published scene facts or one name per line.`,
    );
  }
}

/** ScanNet's scan ids, and those of sample rooms. */
const SCAN_ID = /^scene(?:\d{4}|[1-9]\d{4})_\d{2}$/;

/**
 * Reads the values of --scenes: scan ids, or files with one id per line (`#` starts a comment).
 *
 * @param pattern what an id looks like.
 * @throws UsageError naming the value, or the file and line, that is not a scan id.
 */
export async function readSceneList(values: readonly string[], pattern: RegExp = SCAN_ID): Promise<string[]> {
  const scanIds: string[] = [];
  for (const value of values) {
    if (pattern.test(value)) scanIds.push(value);
    else scanIds.push(...(await readSceneFile(value, pattern)));
  }
  return [...new Set(scanIds)];
}

async function readSceneFile(path: string, pattern: RegExp): Promise<string[]> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      `--scenes ${path}: neither a scan id (scene0000_00) nor a readable file (${cause.code}). Give comma-separated ids, or a file with one id per line.`,
    );
  });
  const scanIds = namesOfLines(text, pattern, path, "a scan id");
  if (scanIds.length === 0)
    throw new UsageError(`${path}: holds no scan ids; write one per line, such as scene0000_00.`);
  return scanIds;
}

/**
 * The names of a list, one per line; `#` starts a comment.
 *
 * @param where the list's name in errors.
 * @throws UsageError naming the first line that is no name of this pattern.
 */
function namesOfLines(text: string, pattern: RegExp, where: string, expected: string): string[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const name = line.replace(/#.*/, "").trim();
    if (name === "") return [];
    if (pattern.test(name)) return [name];
    throw new UsageError(
      `${where}: line ${index + 1}: got ${JSON.stringify(name.slice(0, 60))}, expected ${expected} such as scene0000_00.`,
    );
  });
}
