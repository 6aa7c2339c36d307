import { stat } from "node:fs/promises";
import { DatasetError } from "@vsi/dataset";
import pLimit from "p-limit";
import sharp from "sharp";
import type { TrainingQuestion } from "./trainingSet.ts";

/**
 * 89,478,485 pixels: Pillow's Image.MAX_IMAGE_PIXELS (a quarter gigabyte of 24-bit pixels), from which it warns of a
 * decompression bomb; at twice as many it refuses in the middle of the run. --max-pixels is another thing: what images are shrunk to.
 */
export const LARGEST_FRAME_PIXELS = Math.floor((1024 * 1024 * 1024) / 4 / 3);

/** As many as libuv has threads for files: more would only wait there. */
const FILES_AT_A_TIME = 4;

/**
 * Checks that every frame is there, is an image, and is not too large. Each file is looked at once, and only its header
 * is read, however many questions show it.
 *
 * @throws DatasetError "frame-missing", "frame-unreadable" or "frame-too-large" with the line of the first question that shows such a frame.
 */
export async function checkFrames(questions: readonly TrainingQuestion[]): Promise<void> {
  const firstUse = new Map<string, TrainingQuestion>();
  for (const entry of questions) {
    for (const image of entry.images) if (!firstUse.has(image)) firstUse.set(image, entry);
  }
  const limit = pLimit(FILES_AT_A_TIME);
  const checks = [...firstUse].map(([image, entry]) => limit(() => findProblem(image, entry)));
  const problems = (await Promise.all(checks)).filter((problem) => problem !== null);
  const first = problems[0];
  if (first === undefined) return;
  const { code, image, entry, got, expected, advice } = first;
  const others = problems.length > 1 ? ` (and ${problems.length - 1} other frames)` : "";
  const place = `line ${entry.line}, /frames`;
  throw new DatasetError(code, { file: entry.file, place, got: `${got}: ${image}${others}`, expected, advice });
}

interface FrameProblem {
  code: "frame-missing" | "frame-unreadable" | "frame-too-large";
  image: string;
  entry: TrainingQuestion;
  got: string;
  expected: string;
  advice: string;
}

async function findProblem(image: string, entry: TrainingQuestion): Promise<FrameProblem | null> {
  const problem = (code: FrameProblem["code"], got: string, expected: string, advice: string): FrameProblem => {
    return { code, image, entry, got, expected, advice };
  };
  const isFile = await stat(image).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) {
    return problem(
      "frame-missing",
      "no file",
      "the frame",
      "Copy the dataset's frames folder whole, or build it again.",
    );
  }
  let size: { width: number; height: number };
  try {
    size = await sharp(image, { limitInputPixels: false }).metadata();
  } catch (error) {
    const got = `the error "${(error as Error).message}"`;
    return problem("frame-unreadable", got, "a JPEG or PNG image", "Was the copy cut? Compare it with SHA256SUMS.");
  }
  if (size.width * size.height <= LARGEST_FRAME_PIXELS) return null;
  const expected = `at most ${LARGEST_FRAME_PIXELS} pixels`;
  const advice = "Build the dataset with smaller frames: vsi-build --frame-size 640x480.";
  return problem("frame-too-large", `${size.width} x ${size.height} pixels`, expected, advice);
}
