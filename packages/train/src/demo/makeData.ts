import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blankFrames, swapFrames } from "./alterFrames.ts";
import type { DemoOptions } from "./demoOptions.ts";
import { runCommand } from "./runCommand.ts";

/** Where the demo's data is. */
export interface DemoData {
  /** Dataset folder to train on. */
  train: string;
  /** JSONL of the held-out rooms' questions. */
  questions: string;
  /** Their frames as they are, grey all over, and those of another room. */
  frames: { shown: string; blanked: string; swapped: string };
}

/** The number of the first sample room that there is. */
const FIRST_ROOM = 9000;

/** Rooms to train on and rooms to hold out, filmed, with one counting question each. */
export async function makeData(options: DemoOptions, signal: AbortSignal): Promise<DemoData> {
  const { folder, rooms, heldOutRooms } = options;
  const train = await makeDataset(join(folder, "data"), { first: FIRST_ROOM, rooms }, signal);
  const held = await makeDataset(join(folder, "held-out"), { first: FIRST_ROOM + rooms, rooms: heldOutRooms }, signal);
  const questions = join(folder, "held-out.jsonl");
  process.stdout.write(`\n$ cat ${held}/data/*.jsonl > ${questions}\n`);
  // vsi-build splits by room; here no room of the folder is trained on, so both parts are held out.
  const parts = ["train", "validation"].map((split) => readFile(join(held, "data", `${split}.jsonl`)));
  await writeFile(questions, Buffer.concat(await Promise.all(parts)));
  const frames = {
    shown: join(held, "frames"),
    blanked: join(folder, "frames-blanked"),
    swapped: join(folder, "frames-swapped"),
  };
  await blankFrames(frames.shown, frames.blanked);
  await swapFrames(frames.shown, frames.swapped);
  process.stdout.write(`Held-out frames made grey in ${frames.blanked}, those of another room in ${frames.swapped}\n`);
  return { train, questions, frames };
}

async function makeDataset(out: string, range: { first: number; rooms: number }, signal: AbortSignal): Promise<string> {
  const raw = `${out}-raw`;
  const which = ["--first-room", String(range.first), "--rooms", String(range.rooms)];
  // One small frame shows the whole row of blocks; few vertices are enough for blocks.
  const plain = ["--style", "plain", "--frames", "1", "--vertices", "5000"];
  await runCommand("vsi-build", ["samples", raw, ...plain, ...which], { signal });
  const frames = ["--frames", "1", "--frame-size", "56x56"];
  await runCommand("vsi-build", ["--scannet", raw, "--out", out, ...frames, "--types", "object_counting"], { signal });
  return out;
}
