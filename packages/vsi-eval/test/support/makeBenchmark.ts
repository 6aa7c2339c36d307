import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { jsonLines, type NumberedRecord, vsiBenchRecords } from "./benchmarkRecords.ts";

/** Where the pieces of a made benchmark are. */
export interface MadeBenchmark {
  data: string;
  framesFolder: string;
  questions: NumberedRecord[];
}

/** A benchmark in VSI-Bench's form, ten questions a scene, with so many frames of each scene. */
export async function makeBenchmark(folder: string, scenes: number, frames: number): Promise<MadeBenchmark> {
  const framesFolder = join(folder, "frames");
  const questions = vsiBenchRecords(scenes);
  for (const scene of new Set(questions.map(({ scene_name }) => scene_name))) {
    await writeFrames(join(framesFolder, "scannet", scene), frames);
  }
  const data = join(folder, "test.jsonl");
  await writeFile(data, jsonLines(questions));
  return { data, framesFolder, questions };
}

/** Frames "1.jpg", "2.jpg", ... of one colour each, as wide as four thirds of their height. */
export async function writeFrames(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let frame = 1; frame <= count; frame++)
    await writeFile(join(folder, `${frame}.jpg`), await plainImage(112, 84, frame));
}

/** A JPEG whose grey tells which frame it is. */
export async function plainImage(width: number, height: number, shade: number): Promise<Buffer> {
  const grey = (shade * 16) % 256;
  const background = { r: grey, g: grey, b: grey };
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
}
