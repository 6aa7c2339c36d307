import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { seededNumbers } from "../rows/wrongAnswers.ts";
import { runCommand } from "./commands.ts";

/** Counts a JSONL file's questions and how many of them the most frequent answer is right for: all that guessing can earn. */
export async function guessing(path: string): Promise<{ questions: number; share: number }> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  const counts = new Map<string, number>();
  for (const line of lines) {
    const { ground_truth } = JSON.parse(line) as { ground_truth: string };
    counts.set(ground_truth, (counts.get(ground_truth) ?? 0) + 1);
  }
  return { questions: lines.length, share: Math.max(...counts.values()) / lines.length };
}

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

/** Neither black nor white: the middle of what a picture's values can be. */
const GREY = { r: 128, g: 128, b: 128 };

/** Copies a dataset's frames folder (one folder a room) with every frame made grey all over, as large as it was. */
export async function blankFrames(from: string, to: string): Promise<void> {
  await eachFrame(from, to, async (room, name, target) => {
    const { width, height } = await sharp(join(from, room, name)).metadata();
    await sharp({ create: { width, height, channels: 3, background: GREY } }).toFile(target);
  });
}

/**
 * Copies a dataset's frames folder with the rooms' frames passed on in a ring, so that each room shows another's. The
 * ring's order is shuffled with a fixed seed: neighbouring sample rooms hold equally many blocks. All rooms have frames of
 * the same names, as sample rooms do.
 */
export async function swapFrames(from: string, to: string): Promise<void> {
  const places = (await readdir(from)).map((room) => ({ room, place: seededNumbers(0, room)[0]! }));
  const ring = places.sort((one, other) => one.place - other.place).map(({ room }) => room);
  const next = new Map(ring.map((room, index) => [room, ring[(index + 1) % ring.length]!]));
  await eachFrame(from, to, (room, name, target) => copyFile(join(from, next.get(room)!, name), target));
}

async function eachFrame(
  from: string,
  to: string,
  make: (room: string, name: string, target: string) => Promise<void>,
): Promise<void> {
  for (const room of await readdir(from)) {
    await mkdir(join(to, room), { recursive: true });
    for (const name of await readdir(join(from, room))) await make(room, name, join(to, room, name));
  }
}

/** How large the demo of training is. */
export interface DemoOptions {
  /** Everything goes below this folder, which is deleted first. */
  folder: string;
  /** Sample rooms to train on; vsi-build keeps a tenth of them for validation. */
  rooms: number;
  /** Other sample rooms, one question each, that no training sees. */
  heldOutRooms: number;
  /** One model is made, trained and evaluated for each. */
  seeds: readonly number[];
  sftSteps: number;
  grpoSteps: number;
}

/** `npm run demo:train`. */
export const DEMO_DEFAULTS: DemoOptions = {
  folder: "demo-output/train",
  // Plain rooms go through 18 pairs of kind and number in turn: both are multiples of it, so every answer is equally
  // frequent. Together they are fewer than the 1,000 sample rooms that there are.
  rooms: 738,
  heldOutRooms: 252,
  seeds: [0, 1, 2],
  // So many that the model has learnt to look but is often wrong: that is what GRPO is to better.
  sftSteps: 60,
  // Enough for the slowest seed, which still learns: 56 % right after 80 steps, 71 % after 120.
  grpoSteps: 100,
};

/** A JSON file that one of the project's commands wrote a moment ago, and whose shape is therefore known. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, "utf8")) as T;
}
