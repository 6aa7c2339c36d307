import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../commands.ts";
import type { DemoOptions } from "./options.ts";

/** Where the demo's data is. */
export interface DemoData {
  /** Dataset folder to train on. */
  train: string;
  /** JSONL of the held-out rooms' questions. */
  questions: string;
  /** The folder of their frames. */
  frames: string;
}

/** The number of the first sample room that there is. */
const FIRST_ROOM = 9000;

/** Rooms to train on and rooms to hold out, filmed, with one counting question each. */
export async function makeData(
  options: Pick<DemoOptions, "folder" | "rooms" | "heldOutRooms">,
  signal: AbortSignal,
): Promise<DemoData> {
  const { folder, rooms, heldOutRooms } = options;
  const train = await makeDataset(join(folder, "data"), { first: FIRST_ROOM, rooms }, signal);
  const held = await makeDataset(join(folder, "held-out"), { first: FIRST_ROOM + rooms, rooms: heldOutRooms }, signal);
  const questions = join(folder, "held-out.jsonl");
  process.stdout.write(`\n$ cat ${held}/data/*.jsonl > ${questions}\n`);
  // vsi-build splits by room; here no room of the folder is trained on, so both parts are held out.
  const parts = ["train", "validation"].map((split) => readFile(join(held, "data", `${split}.jsonl`)));
  await writeFile(questions, Buffer.concat(await Promise.all(parts)));
  return { train, questions, frames: join(held, "frames") };
}

async function makeDataset(out: string, range: { first: number; rooms: number }, signal: AbortSignal): Promise<string> {
  const raw = `${out}-raw`;
  const which = ["--first-room", String(range.first), "--rooms", String(range.rooms)];
  // One small frame shows the whole row of blocks; few vertices are enough for blocks.
  const plain = ["--style", "plain", "--frames", "1", "--vertices", "5000"];
  await runCommand("vsi-build", ["samples", raw, ...plain, ...which], { signal });
  const frames = ["--frames", "1", "--frame-size", "56x56"];
  // Plain rooms have each number equally often by construction; balancing would take some of them away.
  const asked = ["--types", "object_counting", "--no-balance"];
  await runCommand("vsi-build", ["--scannet", raw, "--out", out, ...frames, ...asked], { signal });
  return out;
}

/**
 * Counts a JSONL file's questions and how many of them the most frequent answer is right for: all that guessing can
 * earn.
 */
export async function guessing(path: string): Promise<{ questions: number; share: number }> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  const counts = new Map<string, number>();
  for (const line of lines) {
    const { ground_truth } = JSON.parse(line) as { ground_truth: string };
    counts.set(ground_truth, (counts.get(ground_truth) ?? 0) + 1);
  }
  return { questions: lines.length, share: Math.max(...counts.values()) / lines.length };
}
