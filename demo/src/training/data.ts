import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { runCommand } from "../commands.ts";
import type { DemoOptions } from "./options.ts";

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
  // Plain rooms have each number equally often by construction; balancing would take some of them away.
  const asked = ["--types", "object_counting", "--no-balance"];
  await runCommand("vsi-build", ["--scannet", raw, "--out", out, ...frames, ...asked], { signal });
  return out;
}

/** Neither black nor white: the middle of what a picture's values can be. */
const GREY = { r: 128, g: 128, b: 128 };

/** Copies a dataset's frames folder (one folder a room) with every frame made grey all over, as large as it was. */
export async function blankFrames(from: string, to: string): Promise<void> {
  for (const room of await readdir(from)) {
    await eachFrame(join(from, room), join(to, room), async (frame, target) => {
      const { width, height } = await sharp(frame).metadata();
      await sharp({ create: { width, height, channels: 3, background: GREY } }).toFile(target);
    });
  }
}

/**
 * Copies a dataset's frames folder with the rooms' frames passed on in a ring, so that each room shows another's. The
 * ring's order is that of the names' hashes: neighbouring sample rooms hold equally many blocks.
 */
export async function swapFrames(from: string, to: string): Promise<void> {
  const byHash = (await readdir(from)).map((room) => ({ room, hash: sha256(`0\n${room}`) }));
  const ring = byHash.sort((one, other) => (one.hash < other.hash ? -1 : 1)).map(({ room }) => room);
  for (const [index, room] of ring.entries()) {
    const next = ring[(index + 1) % ring.length] ?? room;
    await eachFrame(join(from, next), join(to, room), copyFile);
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function eachFrame(
  from: string,
  to: string,
  make: (frame: string, target: string) => Promise<unknown>,
): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) await make(join(from, name), join(to, name));
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
