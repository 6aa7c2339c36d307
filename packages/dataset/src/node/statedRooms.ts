import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest } from "../records.ts";
import { type DatasetSplit, isStated, type StatedRoom, statedRoomOf } from "../splits.ts";
import { isRecord } from "../values.ts";
import { readRegularFile } from "./files.ts";

/**
 * What the scenes of a dataset folder say of their physical rooms, by scene name: only those that a table of rooms named.
 * Scenes are read only where the manifest says that there are any. A damaged one says nothing: verify reports it.
 */
export async function readStatedRooms(
  folder: string,
  { inputs }: Pick<Manifest, "inputs">,
): Promise<Map<string, StatedRoom>> {
  const stated = new Map<string, StatedRoom>();
  if (inputs.scenes_on_room_tables === undefined) return stated;
  const names = (await readdir(join(folder, "scenes")).catch(() => [])).filter((name) => /^[^.].*\.json$/.test(name));
  for (const name of names) {
    const room = await readStatedRoom(join(folder, "scenes", name)).catch(() => ({}));
    if (isStated(room)) stated.set(name.slice(0, -".json".length), room);
  }
  return stated;
}

const SPLITS: readonly unknown[] = ["train", "validation", "test"] satisfies DatasetSplit[];

async function readStatedRoom(path: string): Promise<StatedRoom> {
  const facts: unknown = JSON.parse(await readRegularFile(path, path, "the facts of a scene"));
  if (!isRecord(facts)) return {};
  const { physical_room, room_split } = facts;
  return statedRoomOf({
    ...(typeof physical_room === "string" ? { physical_room } : {}),
    ...(SPLITS.includes(room_split) ? { room_split: room_split as DatasetSplit } : {}),
  });
}
