import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import sharp from "sharp";
import { blankFrames, guessing, swapFrames } from "../../src/training/data.ts";

const ROOT = temporaryFolder();
const SHOWN = join(ROOT, "shown");
const FRAME = "000000.jpg";

/** A room whose one frame has a red of its own on one half. */
async function writeRoom(number: number): Promise<string> {
  const room = `scene${9000 + number}_00`;
  await mkdir(join(SHOWN, room), { recursive: true });
  const half = { create: { width: 28, height: 42, channels: 3 as const, background: { r: 20 * number, g: 0, b: 0 } } };
  const whole = { create: { width: 56, height: 42, channels: 3 as const, background: "white" } };
  await sharp(whole)
    .composite([{ input: await sharp(half).png().toBuffer(), left: 0, top: 0 }])
    .jpeg()
    .toFile(join(SHOWN, room, FRAME));
  return room;
}

const rooms = await Promise.all(Array.from({ length: 12 }, (_, number) => writeRoom(number)));

test("blanked frames keep name and size and hold one colour, whatever was seen", async () => {
  const blanked = join(ROOT, "blanked");
  await blankFrames(SHOWN, blanked);
  expect((await readdir(blanked)).sort()).toEqual(rooms);
  const files = await Promise.all(rooms.map((room) => readFile(join(blanked, room, FRAME))));
  expect(new Set(files.map((bytes) => bytes.toString("base64"))).size).toBe(1);
  const { channels } = await sharp(files[0]!).stats();
  expect(channels.map(({ stdev }) => stdev)).toEqual([0, 0, 0]);
  expect(await sharp(files[0]!).metadata()).toMatchObject({ width: 56, height: 42 });
});

test("swapped frames are a rearrangement in which no room has its own, nor the next room's throughout", async () => {
  const swapped = join(ROOT, "swapped");
  await swapFrames(SHOWN, swapped);
  const bytesIn = (folder: string) =>
    Promise.all(rooms.map(async (room) => (await readFile(join(folder, room, FRAME))).toString("base64")));
  const [before, after] = [await bytesIn(SHOWN), await bytesIn(swapped)];
  expect(new Set(before).size).toBe(rooms.length);
  const givers = after.map((bytes) => before.indexOf(bytes));
  expect([...givers].sort((a, b) => a - b)).toEqual(rooms.map((_, index) => index));
  expect(givers.filter((giver, index) => giver === index)).toEqual([]);
  expect(givers.every((giver, index) => giver === (index + 1) % rooms.length)).toBe(false);
});

test("guessing earns what the most frequent answer is right for", async () => {
  const path = join(ROOT, "questions.jsonl");
  const answers = ["2", "7", "3", "7", "4", "7", "2", "5"];
  await writeFile(path, answers.map((ground_truth) => `${JSON.stringify({ ground_truth })}\n`).join(""));
  expect(await guessing(path)).toEqual({ questions: 8, share: 3 / 8 });
});
