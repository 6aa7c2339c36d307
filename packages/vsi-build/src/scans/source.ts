import { type DatasetSplit, physicalRoomOf, type Reject, type StatedRoom } from "@vsi/dataset";
import { statedRoomOf } from "@vsi/dataset/internal";
import type { SceneFacts } from "@vsi/geometry";
import type { ScanFolder } from "@vsi/geometry/node";
import type { SplitChoice } from "@vsi/publish";

/** Where the scans are, and which of them to read. */
export interface SourceOptions {
  /** The raw ScanNet folder; null when `metaInfo` is given. */
  scannet: string | null;
  /** Files of published scene facts, or folders of them; null when `scannet` is given. */
  metaInfo: readonly string[] | null;
  /** Whether a folder of any safe name that holds a mesh is a scan: rooms of one's own. */
  anyName: boolean;
  split: SplitChoice;
  /** Scan ids to keep, or null for every scan that is found. */
  scenes: readonly string[] | null;
  /** Scans and physical rooms to leave out, by name. */
  exclude: readonly string[];
  /** Files, or folders of them, that say which physical room a scene shows, and the split that its dataset gives it. */
  roomTables: readonly string[];
  /** Decides the split of rooms that are on no list. */
  seed: number;
}

/** Everything a build will look at, before anything is read in full. */
export interface BuildSource {
  /** Ordered by scan id. */
  scans: SelectedScan[];
  /** The splits the dataset gets a file for, filled or not. */
  splits: readonly DatasetSplit[];
  /** What the source leaves in doubt, one sentence each. */
  warnings: string[];
  /** Whether the scenes' facts were published without a mesh. */
  isPublished: boolean;
  /** ScanNet's test scans: they have no annotation, which is not a failure. */
  testScans: Reject[];
  /** Scans that --exclude names. */
  excluded: Reject[];
  /** Scenes that can't be used and never become a scan to read: each is a failure. */
  unusable: Reject[];
}

/**
 * What a worker makes questions from: a raw scan's folder, with what a table says of its room, or facts that were
 * published without a mesh, which say it themselves. Plain data.
 */
export type ScanInput =
  | { kind: "raw"; folder: ScanFolder; stated?: StatedRoom }
  | { kind: "published"; facts: SceneFacts };

/** One scan of a build, with the split its questions go to. */
export interface SelectedScan {
  scanId: string;
  split: DatasetSplit;
  input: ScanInput;
}

/** A scan with its split and what a table says of its room: what shards and the merge know of it. */
export type PlacedScan = Pick<SelectedScan, "scanId" | "split"> & StatedRoom;

export function placedScan({ scanId, split, input }: SelectedScan): PlacedScan {
  return { scanId, split, ...statedRoomOf(input.kind === "published" ? input.facts : (input.stated ?? {})) };
}

/** Facts with what a table says of the scene's room, beside its name. */
export function withStatedRoom(facts: SceneFacts, stated: StatedRoom = {}): SceneFacts {
  const { schema, dataset, scene_name, ...others } = facts;
  return { schema, dataset, scene_name, ...stated, ...others };
}

/** The record of a whole scan that was left out. */
export function scanReject(dataset: string, scanId: string, code: string, message: string): Reject {
  return {
    schema: "vsi-reject/1",
    dataset,
    scene_name: scanId,
    question_type: null,
    code,
    message,
    object_ids: [],
    value: null,
    limit: null,
    unit: null,
  };
}

/** Rooms made by @vsi/synth count from here; ScanNet's own end at scene0806. */
const FIRST_SAMPLE_ROOM = 9000;

/** The name of a split as --split has it. */
export function splitName(split: DatasetSplit): SplitChoice {
  return split === "validation" ? "val" : split;
}

/** The `dataset` field of a scan: "scannet", "vsi-synth" for the sample rooms, or "own" for a room of one's own. */
export function datasetOf(scanId: string): "scannet" | "vsi-synth" | "own" {
  if (physicalRoomOf(scanId) === scanId) return "own";
  const room = Number(physicalRoomOf(scanId).slice("scene".length));
  return room >= FIRST_SAMPLE_ROOM ? "vsi-synth" : "scannet";
}

/**
 * A test for scans that an exclude list names, itself or by its physical room: excluding a scan excludes the room's
 * other scans, since they show the same furniture. Names are the same in any case: an exclude list that misses one by
 * its spelling would let it into train.
 *
 * @param roomOf the physical room of a name, in lower case; RoomTables has it.
 */
export function excludedBy(
  names: readonly string[],
  roomOf = (name: string): string => physicalRoomOf(name.toLowerCase()),
): (scanId: string) => boolean {
  const rooms = new Set(names.map(roomOf));
  return (scanId) => rooms.has(roomOf(scanId));
}
