import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { UsageError } from "@vsi/command";
import { type DatasetSplit, isTestRoom, physicalRoomOf, type SplitLists, type StatedRoom } from "@vsi/dataset";
import { countOf, isRecord } from "@vsi/dataset/internal";
import { systemErrorInWords } from "@vsi/dataset/internal/node";
import { namesOfLines, readTextFile, sceneOf } from "./lists.ts";
import { readSceneTable, type SceneRow, sceneRowOf } from "./sceneTable.ts";

/** What the tables of --room-tables say, together. */
export interface RoomTables {
  /** What they say of a scene, whatever the case of its name; null for a scene of which they say nothing. */
  statedOf(sceneName: string): StatedRoom | null;
  /** The physical room of a name, in lower case: that of a scene on the tables, else as the name itself says. */
  roomOf(name: string): string;
}

const EXPECTED =
  "a table with the columns scene, room and split (or Apple's video_id, visit_id and fold), JSON lines of these, or a list whose file's name says the split, such as nvs_sem_train.txt";

/**
 * Reads the values of --room-tables: Apple's 3dod_train_val_splits.csv or metadata.csv, ScanNet++'s lists or the folder
 * of them, or tables of one's own; which of these, its shape tells. They may each say a part: one the room, another the
 * split. A room has one split, so that what is said of a scene holds for all scenes of its room; where a benchmark tests
 * on one of them, all are test, whatever a table says.
 *
 * @throws UsageError naming file and line of what cannot be read, says two things of a scene or room, or contradicts
 * ScanNet's own lists.
 */
export async function readRoomTables(paths: readonly string[], lists: SplitLists): Promise<RoomTables> {
  const tables: TableRow[][] = [];
  for (const path of paths) for (const file of await filesAt(path)) tables.push(await readRows(file));
  const rows = tables.flat();
  const rooms = roomsByScene(rows);
  const roomOf = (name: string): string => rooms.get(name.toLowerCase()) ?? physicalRoomOf(name.toLowerCase());
  const splits = splitsByRoom(rows, roomOf, lists);
  const stated = new Set(rows.filter(({ room, split }) => room ?? split).map(({ scene }) => roomOf(scene)));
  return {
    roomOf,
    statedOf(sceneName) {
      const room = roomOf(sceneName);
      // ScanNet's own lists say all there is to say of its rooms.
      if (!stated.has(room) || isListed(sceneName, lists)) return null;
      const split = splits.get(room);
      return {
        ...(isOfScanNet(sceneName) || (room === sceneName && !rooms.has(room)) ? {} : { physical_room: room }),
        ...(split === undefined ? {} : { room_split: split }),
      };
    },
  };
}

/** A warning of the scenes whose split neither a table nor a list decides; none where there are none. */
export function scenesOnNoTable(
  scans: readonly { scanId: string; split: DatasetSplit }[],
  { statedOf }: RoomTables,
  lists: SplitLists,
): string[] {
  const others = scans.filter(
    ({ scanId, split }) => split !== "test" && statedOf(scanId) === null && !isListed(scanId, lists),
  );
  return others
    .slice(0, 1)
    .map(
      ({ scanId }) =>
        `--room-tables: ${countOf(others.length, "scene")}, such as ${scanId}, ${others.length === 1 ? "is" : "are"} on none of the tables: their names alone decide, as without the flag. Add them to a table, or leave them out with --exclude.`,
    );
}

/** What a row says, with the names in lower case. */
interface TableRow {
  /** The file and line, for errors. */
  place: string;
  scene: string;
  room: string | null;
  split: DatasetSplit | null;
}

/** Whether a name is of ScanNet's form, which says the room. */
function isOfScanNet(sceneName: string): boolean {
  const name = sceneName.toLowerCase();
  return physicalRoomOf(name) !== name;
}

function isListed(sceneName: string, { splitsByRoom }: SplitLists): boolean {
  return isOfScanNet(sceneName) && splitsByRoom.has(physicalRoomOf(sceneName.toLowerCase()));
}

/** Of a folder, the lists whose names say a split, and the tables. */
async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /^[^.].*\.(?:csv|tsv|jsonl)$/i.test(name) || isSplitList(name));
  if (names.length > 0) return names.sort().map((name) => join(path, name));
  throw new UsageError(
    `--room-tables ${path}: got a folder without tables or lists, expected ScanNet++'s splits folder, with nvs_sem_train.txt. Give the folder itself, or the files.`,
  );
}

function isSplitList(name: string): boolean {
  return /^[^.].*\.txt$/i.test(name) && splitOfName(name) !== null;
}

/** The one split that a file's name speaks of: "nvs_sem_train.txt". */
function splitOfName(path: string): DatasetSplit | null {
  const words = basename(path)
    .split(/[^A-Za-z]+/)
    .flatMap((word) => SPLIT_OF_WORD.get(word.toLowerCase()) ?? []);
  return new Set(words).size === 1 ? (words[0] ?? null) : null;
}

/** As datasets write their splits. */
const SPLIT_OF_WORD: ReadonlyMap<string, DatasetSplit> = new Map([
  ["train", "train"],
  ["training", "train"],
  ["val", "validation"],
  ["validation", "validation"],
  ["test", "test"],
  ["testing", "test"],
]);

async function readRows(path: string): Promise<TableRow[]> {
  const text = await readTextFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const rows = /^\s*[{[]/.test(text) ? rowsOfRecords(path, text) : readSceneTable(text);
  if (rows === null) return rowsOfList(path, text);
  if (rows.length > 0 && rows.every(({ room, split }) => room === null && split === null)) {
    throw new UsageError(`--room-tables ${path}: got neither a room nor a split of any scene, expected ${EXPECTED}.`);
  }
  return rows.map((row) => rowOfTable(path, row));
}

function unreadable(path: string, cause: unknown): UsageError {
  return new UsageError(`--room-tables ${path}: got ${systemErrorInWords(cause)}, expected ${EXPECTED}.`);
}

function rowsOfRecords(path: string, text: string): SceneRow[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const place = `line ${index + 1}`;
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch (error) {
      throw new UsageError(
        `--room-tables ${path}: ${place}: got text that is not JSON (${(error as Error).message}), expected a record with scene, room and split on each line.`,
      );
    }
    const row = isRecord(record) ? sceneRowOf(place, record) : null;
    if (row !== null) return [row];
    throw new UsageError(
      `--room-tables ${path}: ${place}: got no scene, expected a record with scene, room and split on each line.`,
    );
  });
}

function rowsOfList(path: string, text: string): TableRow[] {
  const split = splitOfName(path);
  if (split === null) {
    throw new UsageError(
      `--room-tables ${path}: got a list whose file's name says no split, expected ${EXPECTED}. Rename it, or give it a row of column names.`,
    );
  }
  const where = `--room-tables ${path}`;
  return namesOfLines(text, { where, expected: "a scene", read: sceneOf }).map(({ name, line }) => ({
    place: `${where}: line ${line}`,
    scene: name.toLowerCase(),
    room: null,
    split,
  }));
}

/** A room's name goes into the facts of its scenes. */
const ROOM_NAME = /^[^\p{C}]{1,100}$/u;

function rowOfTable(path: string, { place: line, scene, room, split }: SceneRow): TableRow {
  const place = `--room-tables ${path}: ${line}`;
  const got = (value: string): string => JSON.stringify(value.slice(0, 60));
  const name = sceneOf(scene.replace(/^\/+/, ""));
  if (name === null) throw new UsageError(`${place}: got ${got(scene)}, expected a scene's name or video.`);
  if (room !== null && !ROOM_NAME.test(room)) {
    throw new UsageError(`${place}: got the room ${got(room)}, expected a name of up to 100 characters on one line.`);
  }
  const known = split === null ? null : SPLIT_OF_WORD.get(split.toLowerCase());
  if (known === undefined) {
    throw new UsageError(
      `${place}: got the split ${got(split ?? "")}, expected train, validation or test, or nothing.`,
    );
  }
  return { place, scene: name.toLowerCase(), room: room?.toLowerCase() ?? null, split: known };
}

/** The room of each scene that a table gives one. @throws UsageError for a scene of two rooms. */
function roomsByScene(rows: readonly TableRow[]): Map<string, string> {
  const first = new Map<string, TableRow & { room: string }>();
  for (const row of rows) {
    const { place, scene, room } = row;
    if (room === null) continue;
    const named = physicalRoomOf(scene);
    if (named !== scene && named !== room) {
      throw new UsageError(
        `${place}: got the room ${room} for ${scene}, expected ${named}, which ScanNet's own name says. Leave the room out.`,
      );
    }
    const other = first.get(scene);
    if (other !== undefined && other.room !== room) {
      throw new UsageError(
        `${place}: got the room ${room} for ${scene}, expected ${other.room}, as in ${other.place.replace(/^--room-tables /, "")}. Correct one of the two.`,
      );
    }
    if (named === scene) first.set(scene, { ...row, room });
  }
  return new Map([...first].map(([scene, { room }]) => [scene, room]));
}

/** The split of each room that has one. @throws UsageError for a room of two splits, or not of ScanNet's own. */
function splitsByRoom(
  rows: readonly TableRow[],
  roomOf: RoomTables["roomOf"],
  lists: SplitLists,
): Map<string, DatasetSplit> {
  const first = new Map<string, { place: string; split: DatasetSplit; scene: string }>();
  for (const { place, scene, split } of rows) {
    if (split === null) continue;
    const room = roomOf(scene);
    const listed = lists.splitsByRoom.get(room);
    const isTested = split === "test" && isTestRoom(room, lists);
    if (listed !== undefined && SPLIT_OF_WORD.get(listed) !== split && !isTested) {
      throw new UsageError(
        `${place}: got ${scene} in ${split}, expected ${SPLIT_OF_WORD.get(listed)}: ${room} is on ScanNet's ${listed} list (scannetv2_${listed}.txt), which no table changes. Correct the table.`,
      );
    }
    // What is left to say of it, the list says.
    if (listed !== undefined) continue;
    const other = first.get(room);
    if (other !== undefined && other.split !== split) {
      const shows = other.scene === scene ? scene : `${scene}, of room ${room},`;
      throw new UsageError(
        `${place}: got ${shows} in ${split}, expected ${other.split}, as ${other.scene === scene ? "" : `${other.scene} of the same room `}in ${other.place.replace(/^--room-tables /, "")}: a room has one split. Correct one of the two.`,
      );
    }
    first.set(room, other ?? { place, split, scene });
  }
  const splits = new Map([...first].map(([room, { split }]) => [room, split]));
  for (const { scene } of rows) {
    const room = roomOf(scene);
    if (isTestRoom(scene, lists) || isTestRoom(room, lists)) splits.set(room, "test");
  }
  return splits;
}
