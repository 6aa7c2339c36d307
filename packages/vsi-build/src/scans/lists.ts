import { readFile } from "node:fs/promises";
import { UsageError } from "@vsi/command";
import { isRecord } from "@vsi/dataset/internal";
import { systemErrorInWords } from "@vsi/dataset/internal/node";
import { readSceneTable, SCENE_FIELDS, type SceneRow } from "./sceneTable.ts";

/**
 * A scan ("scene0000_00"), a physical room ("scene0000") or a scene of another dataset. A file's name has a dot or a
 * slash.
 */
export const SCENE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/**
 * A scene as lists of videos and records name it: `scannet/scene0000_00`, `arkitscenes/42444949.mp4`,
 * `32_frame/scene0000_00.mp4`.
 */
const SCENE_PATH = /^(?:[A-Za-z0-9._+-]+\/)*([A-Za-z0-9][A-Za-z0-9_-]*)(?:\.(?:mp4|mkv|mov|avi|webm))?$/i;

/** The file's name at the end of a video's path, whatever its folders are called. */
const VIDEO_NAME = /[^\\/]+\.(?:mp4|mkv|mov|avi|webm)$/i;

/** The scene that a name or a path of a video means; null for anything else. */
export function sceneOf(name: string): string | null {
  return SCENE_PATH.exec(name.replaceAll("\\", "/"))?.[1] ?? null;
}

/**
 * The text of a file that a person or a shell wrote: UTF-8, or UTF-16 where its first bytes say so, as PowerShell's `>`
 * writes it. Without the mark itself.
 */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readFile(path);
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/**
 * Reads the values of --exclude: names of scans and rooms, `dataset/scene`, names of videos, or files of these: one per
 * line (`#` starts a comment), published scene facts in any of their forms, or a benchmark's JSON lines or table, whose
 * scenes are left out. Of a table with a column `fold`, such as Apple's 3dod_train_val_splits.csv, those outside of its
 * training fold are; one with `visit_id` also leaves out the other videos of each room.
 *
 * @throws UsageError naming the value, or the file and line, that is none of these.
 */
export async function readExcludeList(values: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  const roomOf: RoomOfName = new Map();
  for (const value of values) {
    // A name takes precedence over a file called so; a path of a video does not, as lists have folders and dots, too.
    if (SCENE_NAME.test(value)) names.push(value);
    else names.push(...(await readNames(value, roomOf)));
  }
  const visits = new Set(names.flatMap((name) => roomOf.get(name.toLowerCase())?.room ?? []));
  const sameRooms = [...roomOf.values()].flatMap(({ name, room }) => (visits.has(room) ? [name] : []));
  return [...new Set([...names, ...sameRooms])].sort();
}

/** The rooms of tables' videos, in lower case, by the videos' names in lower case: names are the same in any case. */
type RoomOfName = Map<string, { name: string; room: string }>;

/** @param roomOf gets the rooms of a table's videos. */
async function readNames(path: string, roomOf: RoomOfName): Promise<string[]> {
  const video = sceneOf(VIDEO_NAME.exec(path)?.[0] ?? "");
  if (video !== null) return [video];
  let text: string;
  try {
    text = await readTextFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const scene = sceneOf(path);
    if (code === "ENOENT" && scene !== null && path.includes("/") && !path.startsWith(".")) return [scene];
    throw new UsageError(
      `--exclude ${path}: got ${systemErrorInWords(error)}, expected a scan or room (scene0000_00, scene0000, scannet/scene0000_00), or a file of them.`,
    );
  }
  const names = namesIn(path, text.trimStart(), roomOf);
  if (names.length > 0) return names;
  throw new UsageError(`--exclude ${path}: holds no names; write one per line, such as scene0000_00.`);
}

function namesIn(path: string, text: string, roomOf: RoomOfName): string[] {
  if (!/^[{[]/.test(text)) {
    const rows = readSceneTable(text);
    if (rows !== null) return namesOfTable(path, rows, roomOf);
    const where = `--exclude ${path}`;
    return namesOfLines(text, { where, expected: "a name", read: sceneOf }).map(({ name }) => name);
  }
  const json = parseWhole(text);
  if (json !== undefined) return namesOfJson(path, json);
  return text
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === "" ? [] : [sceneOfRecord(parseLine(path, line, index), path, index)]));
}

function namesOfTable(path: string, rows: readonly SceneRow[], roomOf: RoomOfName): string[] {
  const names: string[] = [];
  for (const { place, scene, room, isTraining } of rows) {
    const name = sceneOf(scene.replace(/^\/+/, ""));
    if (name === null) {
      throw new UsageError(
        `--exclude ${path}: ${place}: got ${JSON.stringify(scene.slice(0, 60))}, expected a scene's name or video.`,
      );
    }
    if (room !== null) roomOf.set(name.toLowerCase(), { name, room: room.toLowerCase() });
    if (!isTraining) names.push(name);
  }
  return names;
}

/** Undefined for what is not JSON as a whole, such as JSON lines. */
function parseWhole(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseLine(path: string, line: string, index: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new UsageError(
      `--exclude ${path}: line ${index + 1}: got text that is not JSON (${(error as Error).message}), expected published scene facts, a benchmark's JSON lines, or one name per line.`,
    );
  }
}

/** Scene facts by scene name, a list of names or of records, or a single record. */
function namesOfJson(path: string, json: unknown): string[] {
  if (Array.isArray(json)) {
    return json.map((item, index) => {
      const name = typeof item === "string" ? sceneOf(item) : null;
      return name ?? sceneOfRecord(item, path, index);
    });
  }
  const record = json as Record<string, unknown>;
  // Published facts are scenes by name; a single line of a benchmark has fields by name.
  const isFacts = Object.values(record).every(isRecord) && !SCENE_FIELDS.some((field) => Object.hasOwn(record, field));
  return isFacts ? Object.keys(record) : [sceneOfRecord(record, path, 0)];
}

function sceneOfRecord(record: unknown, path: string, index: number): string {
  const fields = isRecord(record) ? record : {};
  // ARKitScenes' names are numbers, and tools that write tables take them for such.
  const name = SCENE_FIELDS.map((field) => fields[field]).find(
    (value) => typeof value === "string" || Number.isSafeInteger(value),
  );
  const scene = name === undefined ? null : sceneOf(String(name).replace(/^\/+/, ""));
  if (scene !== null) return scene;
  throw new UsageError(
    `--exclude ${path}: record ${index + 1}: got ${name === undefined ? "no scene" : JSON.stringify(String(name).slice(0, 60))}, expected one of the fields ${SCENE_FIELDS.join(", ")} with a scene's name.`,
  );
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
  const text = await readTextFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      `--scenes ${path}: got ${systemErrorInWords(cause)}, expected a scan id (scene0000_00) or a file of them. Give comma-separated ids, or a file with one id per line; rooms of your own also need --any-name.`,
    );
  });
  const read = (name: string) => (pattern.test(name) ? name : null);
  const scanIds = namesOfLines(text, { where: path, expected: "a scan id", read }).map(({ name }) => name);
  if (scanIds.length === 0)
    throw new UsageError(`${path}: holds no scan ids; write one per line, such as scene0000_00.`);
  return scanIds;
}

/**
 * The names of a list, one per line, each with its line's number; `#` starts a comment.
 *
 * @throws UsageError naming the first line that is none.
 */
export function namesOfLines(text: string, { where, expected, read }: LineNames): { name: string; line: number }[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const name = line.replace(/#.*/, "").trim();
    if (name === "") return [];
    const scene = read(name);
    if (scene !== null) return [{ name: scene, line: index + 1 }];
    throw new UsageError(
      `${where}: line ${index + 1}: got ${JSON.stringify(name.slice(0, 60))}, expected ${expected} such as scene0000_00.`,
    );
  });
}

interface LineNames {
  /** The list's name in errors. */
  where: string;
  expected: string;
  /** The name that a line means; null for one that is none. */
  read: (line: string) => string | null;
}
