import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { checkFrames, LARGEST_FRAME_PIXELS } from "../../src/data/checkFrames.ts";
import { makeQuestion } from "../support/question.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { writeDataset } from "../support/writeDataset.ts";

const root = temporaryFolder();

test("the limit is Pillow's own", () => {
  // PIL/Image.py: MAX_IMAGE_PIXELS = int(1024 * 1024 * 1024 // 4 // 3)
  expect(LARGEST_FRAME_PIXELS).toBe(89_478_485);
});

test("a frame that many questions show is named with the first of them", async () => {
  const folder = await writeDataset(root, { train: [makeQuestion()] });
  const there = join(folder, "frames", "scene9000_00", "000000.jpg");
  const missing = join(folder, "frames", "scene9000_00", "missing.jpg");
  const entry = (line: number, images: string[]) => ({ question: makeQuestion(), file: "train.jsonl", line, images });
  await checkFrames([entry(1, [there]), entry(2, [there, there])]);
  await expect(checkFrames([entry(1, [there]), entry(7, [missing]), entry(8, [missing])])).rejects.toThrow(
    `train.jsonl: line 7, /frames: got no file: ${missing}, expected the frame.`,
  );
  await checkFrames([]);
});
