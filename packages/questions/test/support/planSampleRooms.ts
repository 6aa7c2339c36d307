import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Question, Reject } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import type { FloorPlanShape, SynthRoom } from "@vsi/synth";

/** A room as it was constructed, what was read from its files, and the routes made for it. */
export interface PlannedRoom {
  room: Pick<SynthRoom, "pieces" | "floorPlan"> & Pick<SynthRoom["truth"], "objects">;
  facts: SceneFacts;
  questions: Question[];
  rejects: Reject[];
  /** The routes under the rules of that name. */
  careful: Question[];
}

/** Sample rooms of a shape and their routes, one a seed, made by the built packages (`npm test` builds first). */
export async function* planSampleRooms(
  shape: FloorPlanShape,
  first: number,
  count: number,
): AsyncGenerator<PlannedRoom> {
  const script = fileURLToPath(new URL("./planSampleRooms.js", import.meta.url));
  const child = spawn(process.execPath, [script, shape, String(first), String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as PlannedRoom;
}
