import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { UsageError } from "@vsi/command";
import { type DatasetSplit, isTestRoom, physicalRoomOf, type SplitLists, type StatedRoom } from "@vsi/dataset";
import { ARKIT_VIDEO, countOf, isRecord } from "@vsi/dataset/internal";
import { systemErrorInWords } from "@vsi/dataset/internal/node";
import { namesOfLines, readTextFile, sceneOf } from "./lists.ts";
import { readSceneTable, type SceneRow, sceneRowOf } from "./sceneTable.ts";

/** What the tables of --room-tables say, together. */
export interface RoomTables {
  /** What they say of a scene, whatever the case of its name; null for a scene of which they say nothing. */
  statedOf(sceneName: string): StatedRoom | null;
  /** The physical room of a name, in lower case: that of a scene on the tables, else as the name itself says. */
  roomOf(name: string): string;
  /** The rooms whose scenes the tables have in different splits, each with two of them: "41 in train, 42 in validation". */
  disputed: ReadonlyMap<string, string>;
}

const EXPECTED =
  "a table with the columns scene, room and split (or Apple's video_id, visit_id and fold), JSON lines of these, or a list whose file's name says the split, such as nvs_sem_train.txt";

/**
 * Reads the values of --room-tables: Apple's 3dod_train_val_splits.csv or metadata.csv, ScanNet++'s lists or the folder
 * of them, or tables of one's own; which of these, its shape tells. They may each say a part: one the room, another the
 * split. A room has one split, so that what is said of a scene holds for all scenes of its room. Apple's own table has a
 * room in both folds: of several splits a room gets the one furthest from training. Where a benchmark tests on one of its
 * scenes, all are test, whatever a table says.
 *
 * @throws UsageError naming file and line of what cannot be read, says two things of a scene, or contradicts ScanNet's
 * own lists.
 */
export async function readRoomTables(paths: readonly string[], lists: SplitLists): Promise<RoomTables> {
  const tables: TableRow[][] = [];
  for (const path of paths) for (const file of await filesAt(path)) tables.push(await readRows(file));
  const rows = tables.flat();
  const rooms = roomsByScene(rows, lists);
  const roomOf = (name: string): string => rooms.get(name.toLowerCase()) ?? physicalRoomOf(name.toLowerCase());
  const { splits, disputed } = splitsByRoom(rows, roomOf, lists);
  const stated = new Set(rows.filter(({ room, split }) => room ?? split).map(({ scene }) => roomOf(scene)));
  return {
    roomOf,
    disputed,
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

/**
 * Warnings of what the tables leave in doubt: scenes whose split neither a table nor a list decides, videos of
 * ARKitScenes whose room no table says, and rooms of several splits. One each; none where there are none.
 */
export function tableWarnings(
  scans: readonly { scanId: string; split: DatasetSplit }[],
  { statedOf, roomOf, disputed }: RoomTables,
  lists: SplitLists,
): string[] {
  const untested = scans.filter(({ split }) => split !== "test").map(({ scanId }) => scanId);
  const others = untested.filter((scanId) => statedOf(scanId) === null && !isListed(scanId, lists));
  const roomless = untested.filter((scanId) => {
    const stated = statedOf(scanId);
    return ARKIT_VIDEO.test(scanId) && stated !== null && stated.physical_room === undefined;
  });
  const rooms = [...new Set(scans.map(({ scanId }) => roomOf(scanId)))].filter((room) => disputed.has(room));
  const warning = (count: number, text: string): string[] => (count === 0 ? [] : [`--room-tables: ${text}`]);
  return [
    ...warning(
      others.length,
      `${countOf(others.length, "scene")}, such as ${others[0]}, ${others.length === 1 ? "is" : "are"} on none of the tables: their names alone decide, as without the flag. Add them to a table, or leave them out with --exclude.`,
    ),
    ...warning(
      roomless.length,
      `${countOf(roomless.length, "video")} of ARKitScenes, such as ${roomless[0]}, ${roomless.length === 1 ? "has" : "have"} no room on the tables (visit_id), but may show one of another split. Before training, give a table that says it, or leave ${roomless.length === 1 ? "the video" : "these videos"} out with --exclude.`,
    ),
    ...warning(
      rooms.length,
      `${countOf(rooms.length, "room")}, such as ${rooms[0]} (${disputed.get(rooms[0] ?? "")}), ${rooms.length === 1 ? "has" : "have"} scenes in different splits: all go to the one furthest from training. If this is not meant, correct the table.`,
    ),
  ];
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
  const list = parseList(text);
  if (list !== null) return list.map((record, index) => rowOfRecord(path, `record ${index + 1}`, record));
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
    return [rowOfRecord(path, place, record)];
  });
}

/** A list of records, as pandas writes them where it is not asked for lines; null for anything else. */
function parseList(text: string): unknown[] | null {
  try {
    const json: unknown = JSON.parse(text);
    return Array.isArray(json) ? json : null;
  } catch {
    return null;
  }
}

function rowOfRecord(path: string, place: string, record: unknown): SceneRow {
  const row = isRecord(record) ? sceneRowOf(place, record) : null;
  if (row !== null && typeof row !== "string") return row;
  const got = row === null ? "no scene" : `a field ${JSON.stringify(row)} that is neither text nor a whole number`;
  throw new UsageError(
    `--room-tables ${path}: ${place}: got ${got}, expected a record with scene, room and split on each line.`,
  );
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

/** A room's name goes into the facts of its scenes. A quote at its start was never closed, and would make it another room. */
const ROOM_NAME = /^(?!")[^\p{C}]{1,100}$/u;

function rowOfTable(path: string, { place: line, scene, room, split }: SceneRow): TableRow {
  const place = `--room-tables ${path}: ${line}`;
  const got = (value: string): string => JSON.stringify(value.slice(0, 60));
  const name = sceneOf(scene.replace(/^\/+/, ""));
  if (name === null) throw new UsageError(`${place}: got ${got(scene)}, expected a scene's name or video.`);
  if (room !== null && !ROOM_NAME.test(room)) {
    throw new UsageError(
      `${place}: got the room ${got(room)}, expected a name of up to 100 characters on one line, and as many quotes closed as opened.`,
    );
  }
  const known = split === null ? null : SPLIT_OF_WORD.get(split.toLowerCase());
  if (known === undefined) {
    throw new UsageError(
      `${place}: got the split ${got(split ?? "")}, expected train, validation or test, or nothing.`,
    );
  }
  // A room may be named by a scan of it, and letters with accents are written in two ways.
  const named = room === null ? null : physicalRoomOf(room.normalize("NFC").toLowerCase());
  return { place, scene: name.toLowerCase(), room: named, split: known };
}

/** The room of each scene that a table gives one. @throws UsageError for a scene of two rooms. */
function roomsByScene(rows: readonly TableRow[], lists: SplitLists): Map<string, string> {
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
    const list = lists.splitsByRoom.get(room);
    if (list !== undefined && isTestRoom(scene, lists) && !isTestRoom(room, lists)) {
      throw new UsageError(
        `${place}: got the room ${room} for ${scene}, expected one that is not on ScanNet's ${list} list: VSI-Bench tests on ${scene}. Correct the table.`,
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

/** From training to what models are compared by. */
const FURTHEST_LAST: readonly DatasetSplit[] = ["train", "validation", "test"];

/** The split of each room that has one. @throws UsageError for a scene of two splits, or a split that is not ScanNet's own. */
function splitsByRoom(
  rows: readonly TableRow[],
  roomOf: RoomTables["roomOf"],
  lists: SplitLists,
): { splits: Map<string, DatasetSplit>; disputed: Map<string, string> } {
  const tested = new Set(
    rows
      .map(({ scene }) => ({ scene, room: roomOf(scene) }))
      .flatMap(({ scene, room }) => (isTestRoom(scene, lists) || isTestRoom(room, lists) ? [room] : [])),
  );
  const ofScene = new Map<string, TableRow>();
  const first = new Map<string, TableRow & { split: DatasetSplit }>();
  const disputed = new Map<string, string>();
  for (const row of rows) {
    const { place, scene, split } = row;
    if (split === null) continue;
    const room = roomOf(scene);
    const listed = lists.splitsByRoom.get(room);
    if (listed !== undefined && SPLIT_OF_WORD.get(listed) !== split && !(split === "test" && tested.has(room))) {
      throw new UsageError(
        `${place}: got ${scene} in ${split}, expected ${SPLIT_OF_WORD.get(listed)}: ${room} is on ScanNet's ${listed} list (scannetv2_${listed}.txt), which no table changes. Correct the table.`,
      );
    }
    // What is left to say of it, the lists say.
    if (listed !== undefined || tested.has(room)) continue;
    const same = ofScene.get(scene) ?? row;
    ofScene.set(scene, same);
    if (same.split !== split) {
      throw new UsageError(
        `${place}: got ${scene} in ${split}, expected ${same.split}, as in ${same.place.replace(/^--room-tables /, "")}: a room has one split. Correct one of the two.`,
      );
    }
    const other = first.get(room);
    if (other !== undefined && other.split !== split) {
      disputed.set(room, `${other.scene} in ${other.split}, ${scene} in ${split}`);
    }
    const isFurther = other === undefined || FURTHEST_LAST.indexOf(split) > FURTHEST_LAST.indexOf(other.split);
    if (isFurther) first.set(room, { ...row, split });
  }
  const splits = new Map<string, DatasetSplit>([...first].map(([room, { split }]) => [room, split]));
  for (const room of tested) splits.set(room, "test");
  return { splits, disputed };
}
