import { argumentError, INTEGER, MAP, TEXT } from "./kinds.ts";

/** ScanNet's name of a list, as in scannetv2_train.txt, scannetv2_val.txt and scannetv2_test.txt. */
export type ScanNetSplit = "train" | "val" | "test";

/** The dataset folder's name of a split: data/<split>.jsonl. */
export type DatasetSplit = "train" | "validation" | "test";

/** Of the rooms on no list, the share that goes to validation; the others go to train. */
export const VALIDATION_SHARE = 0.1;

/**
 * What a table of rooms says of a scene (`vsi-build --room-tables`): fields of the scene's facts, each absent where no
 * table says it.
 */
export interface StatedRoom {
  /**
   * The physical room that the scene shows, in lower case, such as Apple's visit_id. Never of ScanNet's scans, whose
   * names say it.
   */
  physical_room?: string;
  /** The split of the room, as its dataset has it; "test" where a benchmark tests on one of the room's scenes. */
  room_split?: DatasetSplit;
}

/**
 * The split of a scan: its room's list, or, for a room on no list, what a table says of it, else a seeded hash of the
 * room (90 % train, 10 % validation; never test). Scans of one physical room always share a split, so that no room is
 * both trained on and validated with.
 *
 * @param scanId "scene0000_00".
 * @param splitsByRoom by physical room: "scene0000" to its list.
 * @param stated what a table of rooms says of the scan; its facts will do.
 *
 * @example
 * ```js
 * import { physicalRoomOf, splitOf } from "@vsi/dataset";
 *
 * const lists = new Map([["scene0000", "train"], ["scene0011", "val"]]);
 * console.log(physicalRoomOf("scene0011_01")); // scene0011
 * console.log(splitOf("scene0011_01", lists, 0)); // validation
 * ```
 */
export function splitOf(
  scanId: string,
  splitsByRoom: ReadonlyMap<string, ScanNetSplit>,
  seed: number,
  stated: StatedRoom = {},
): DatasetSplit {
  if (!(splitsByRoom instanceof Map)) throw argumentError("splitOf", "splitsByRoom", splitsByRoom, MAP.words);
  if (!Number.isSafeInteger(seed)) throw argumentError("splitOf", "seed", seed, INTEGER.words);
  const room = roomOfScene(scanId, stated);
  const listed = splitsByRoom.get(room);
  if (listed === undefined) {
    if (stated.room_split !== undefined) return stated.room_split;
    return seededShare(seed, room) < VALIDATION_SHARE ? "validation" : "train";
  }
  return listed === "val" ? "validation" : listed;
}

/** What decides the split of a scene that may be anyone's. */
export interface SplitLists {
  /** ScanNet's lists, by physical room. */
  splitsByRoom: ReadonlyMap<string, ScanNetSplit>;
  /** The scenes and physical rooms that a benchmark tests on, by name: `readTestRooms` of @vsi/geometry. */
  testRooms: ReadonlySet<string>;
}

/**
 * The split of a scene whose facts were published, or of a room of one's own: test where a benchmark tests on its room,
 * else as splitOf, but for the other videos of ARKitScenes that no table names, which go to train. Names decide,
 * whatever dataset a file says they are of: ScanNet's, ARKitScenes' and ScanNet++'s cannot be mistaken for each other,
 * and no spelling of a dataset's name lets a test room into train.
 *
 * @param stated what a table of rooms says of the scene; its facts will do.
 *
 * @example
 * ```js
 * import { splitOfAnyScene } from "@vsi/dataset";
 *
 * const lists = { splitsByRoom: new Map([["scene0025", "val"]]), testRooms: new Set(["scene0025", "09c1414f1b"]) };
 * console.log(splitOfAnyScene("09c1414f1b", lists, 0)); // test
 * console.log(splitOfAnyScene("scene0025_00", lists, 0)); // test
 * ```
 */
export function splitOfAnyScene(
  sceneName: string,
  lists: SplitLists,
  seed: number,
  stated: StatedRoom = {},
): DatasetSplit {
  if (!Number.isSafeInteger(seed)) throw argumentError("splitOfAnyScene", "seed", seed, INTEGER.words);
  if (isTestRoom(sceneName, lists) || isTestRoom(roomOfScene(sceneName, stated), lists)) return "test";
  if (!(lists.splitsByRoom instanceof Map)) {
    throw argumentError("splitOfAnyScene", "lists", lists, "what readSplitLists gives");
  }
  if (partsOf(sceneName).some((part) => ARKIT_VIDEO.test(part)) && !isStated(stated)) return "train";
  const listed = partsOf(sceneName).find((part) => lists.splitsByRoom.has(part));
  // A hash takes the name as it is written: which rooms of one's own it sends where does not change.
  return splitOf(listed ?? sceneName, lists.splitsByRoom, seed, listed === undefined ? stated : {});
}

/**
 * The number of an ARKitScenes video. Several show one room (Apple's visit_id), and the name does not say which: a hash
 * of the name would put a room in train and in validation. All but the benchmark's go to train, so that none is in both,
 * unless a table says which room a video shows, or that a room of one's own is called so.
 */
export const ARKIT_VIDEO = /^4\d{7}$/;

/**
 * Whether a benchmark tests on a scene, or on another scan of its room, also where a name has something before or behind
 * the scene's ("scannet_scene0011_01").
 *
 * @example
 * ```js
 * import { isTestRoom } from "@vsi/dataset";
 *
 * const lists = { testRooms: new Set(["scene0011"]) };
 * console.log(isTestRoom("scene0011_01", lists), isTestRoom("scene0012_00", lists)); // true false
 * ```
 */
export function isTestRoom(sceneName: string, lists: Pick<SplitLists, "testRooms">): boolean {
  // For JavaScript callers, who may pass the room's list itself.
  const testRooms: unknown = lists?.testRooms;
  if (!(testRooms instanceof Set)) throw argumentError("isTestRoom", "lists", lists, "what readSplitLists gives");
  if (typeof sceneName !== "string") throw argumentError("isTestRoom", "sceneName", sceneName, TEXT.words);
  // The benchmarks' names are in lower case; some disks and people spell them otherwise.
  const name = sceneName.toLowerCase();
  return (
    testRooms.has(name) || testRooms.has(physicalRoomOf(name)) || partsOf(name).some((part) => testRooms.has(part))
  );
}

/** What a name is put together of: some put the dataset before the scene, as in "scannet_scene0025_00". */
function partsOf(name: string): string[] {
  return name.toLowerCase().split(/[_-]/);
}

/**
 * The physical room of a scan: ScanNet's "scene0000_01" is the second scan of room "scene0000". An id of another form
 * is a room of its own. Sample rooms go on with five digits after scene9999.
 *
 * @example
 * ```js
 * import { physicalRoomOf } from "@vsi/dataset";
 *
 * console.log(physicalRoomOf("scene0000_01")); // scene0000
 * ```
 */
export function physicalRoomOf(scanId: string): string {
  if (typeof scanId !== "string") throw argumentError("physicalRoomOf", "scanId", scanId, TEXT.words);
  return /^(scene(?:\d{4}|[1-9]\d{4}))_\d{2}$/.exec(scanId)?.[1] ?? scanId;
}

/** The physical room of a scene: as its name says of ScanNet's, else as a table does, else the scene itself. */
export function roomOfScene(sceneName: string, { physical_room }: StatedRoom): string {
  const named = physicalRoomOf(sceneName);
  return named === sceneName ? (physical_room ?? sceneName) : named;
}

/** Whether a table of rooms says anything of a scene. */
export function isStated({ physical_room, room_split }: StatedRoom): boolean {
  return physical_room !== undefined || room_split !== undefined;
}

/** What facts, or whatever else has these fields, say of a scene's room: nothing else of them. */
export function statedRoomOf({ physical_room, room_split }: StatedRoom): StatedRoom {
  return {
    ...(physical_room === undefined ? {} : { physical_room }),
    ...(room_split === undefined ? {} : { room_split }),
  };
}

/**
 * A number over 0 to under 1 from a seed and a name, evenly spread: FNV-1a (32 bit; Fowler, Noll, Vo) over the UTF-8
 * bytes of "<seed>\n<name>", then MurmurHash3's 32-bit finalizer (Appleby), because FNV-1a alone leaves the high
 * bits of names that differ in their last digits nearly alike.
 */
export function seededShare(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${seed}\n${name}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
