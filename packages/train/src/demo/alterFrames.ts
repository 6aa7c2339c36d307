import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { seededNumbers } from "../data/seededNumbers.ts";

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
