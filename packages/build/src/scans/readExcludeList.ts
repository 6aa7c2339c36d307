import { readFile } from "node:fs/promises";
import { UsageError } from "@vsi/command";

/** A scan ("scene0000_00"), a physical room ("scene0000") or a scene of another dataset. A file's name has a dot or a slash. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/**
 * Reads the values of --exclude: names, files with one name a line (`#` starts a comment), or files of published scene facts
 * (a JSON object by scene name, as VSI-Bench has them for ScanNet, ARKitScenes and ScanNet++).
 *
 * @throws UsageError naming the value, or the file and line, that is none of these.
 */
export async function readExcludeList(values: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for (const value of values) {
    if (NAME.test(value)) names.push(value);
    else names.push(...(await readNames(value)));
  }
  return [...new Set(names)].sort();
}

async function readNames(path: string): Promise<string[]> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      `--exclude ${path}: neither a scan or room (scene0000_00, scene0000) nor a file that can be read (${cause.code}).`,
    );
  });
  const names = text.trimStart().startsWith("{") ? namesOfFacts(path, text) : namesOfLines(path, text);
  if (names.length > 0) return names;
  throw new UsageError(`--exclude ${path}: holds no name; write one a line, such as scene0000_00.`);
}

function namesOfFacts(path: string, text: string): string[] {
  try {
    return Object.keys(JSON.parse(text) as Record<string, unknown>);
  } catch (error) {
    throw new UsageError(
      `--exclude ${path}: got text that is not JSON (${(error as Error).message}), expected published scene facts or one name a line.`,
    );
  }
}

function namesOfLines(path: string, text: string): string[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const name = line.replace(/#.*/, "").trim();
    if (name === "" || NAME.test(name)) return name === "" ? [] : [name];
    throw new UsageError(
      `--exclude ${path}: line ${index + 1}: got ${JSON.stringify(name.slice(0, 60))}, expected a name such as scene0000_00.`,
    );
  });
}
