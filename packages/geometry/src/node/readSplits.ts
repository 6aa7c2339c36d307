import { GeometryError } from "../geometryError.ts";
import { readManifest } from "./readManifest.ts";

/** ScanNet's official lists. */
export type ScanNetSplit = "train" | "val" | "test";

const splits: readonly string[] = ["train", "val", "test"] satisfies ScanNetSplit[];

/**
 * Reads ScanNet's official splits from splits.csv of @vsi/scannet-manifests, by physical room ("scene0000"): all scans of a
 * room are on one list.
 *
 * @throws GeometryError "splits-bad-row", and those of `readTable`.
 */
export async function readSplits(): Promise<Map<string, ScanNetSplit>> {
  return splitsFrom(await readManifest("splits.csv", ["room", "split"]));
}

/**
 * The splits of a table's rows [room, split].
 *
 * @throws GeometryError "splits-bad-row".
 */
export function splitsFrom(rows: readonly (readonly string[])[]): Map<string, ScanNetSplit> {
  const splitByRoom = new Map<string, ScanNetSplit>();
  for (const [room, split] of rows) {
    if (!/^scene\d{4}$/.test(room) || !splits.includes(split) || splitByRoom.has(room)) {
      throw new GeometryError("splits-bad-row", {
        file: "@vsi/scannet-manifests/splits.csv",
        place: `row of ${JSON.stringify(room)}`,
        got: JSON.stringify([room, split]),
        expected: `every room once, such as "scene0000", with one of ${splits.join(", ")}`,
        advice: "Correct the row.",
      });
    }
    splitByRoom.set(room, split as ScanNetSplit);
  }
  return splitByRoom;
}
