import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Question } from "@vsi/dataset";
import sharp from "sharp";

/** Writes a dataset folder with these questions and a small JPEG for each frame that they name. */
export async function writeDataset(
  folder: string,
  splits: Readonly<Record<string, readonly Question[]>>,
): Promise<string> {
  await mkdir(join(folder, "data"), { recursive: true });
  const jpeg = await sharp({ create: { width: 56, height: 56, channels: 3, background: "#8a6" } })
    .jpeg()
    .toBuffer();
  for (const [split, questions] of Object.entries(splits)) {
    const lines = questions.map((question) => `${JSON.stringify(question)}\n`);
    await writeFile(join(folder, "data", `${split}.jsonl`), lines.join(""));
    for (const { scene_name, frames } of questions) {
      await mkdir(join(folder, "frames", scene_name), { recursive: true });
      for (const frame of frames) await writeFile(join(folder, "frames", scene_name, frame), jpeg);
    }
  }
  return folder;
}
