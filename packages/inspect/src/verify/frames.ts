import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileError } from "@vsi/dataset/internal/node";
import { problemOf, type ReportProblem, TAKE_AGAIN } from "../folder/problem.ts";

/** As many as libuv has file threads: more would only wait. */
const FRAMES_AT_A_TIME = 4;

/** 89,478,485 pixels: Pillow's Image.MAX_IMAGE_PIXELS, from which trainers warn of a decompression bomb. */
const LARGEST_FRAME_PIXELS = Math.floor((1024 * 1024 * 1024) / 4 / 3);

/**
 * Decodes every frame of a dataset: a build copies a JPEG byte for byte and sees only whether its segments are whole,
 * and a checksum made of a damaged frame fits it.
 *
 * @param files POSIX paths of all files in the folder.
 */
export async function checkFrames(folder: string, files: readonly string[], report: ReportProblem): Promise<void> {
  const frames = files.filter((file) => /^frames\/[^/]+\/[^/]+\.jpg$/.test(file));
  // One batch after the other: problems come in the order of the files.
  for (let start = 0; start < frames.length; start += FRAMES_AT_A_TIME) {
    const batch = frames.slice(start, start + FRAMES_AT_A_TIME);
    const faults = await Promise.all(batch.map((file) => decodingFault(join(folder, file), file)));
    for (const [place, file] of batch.entries()) {
      const fault = faults[place];
      if (fault === undefined || fault === null) continue;
      if (typeof fault !== "string") {
        report(problemOf(fault, { file, line: null, id: null }));
        continue;
      }
      report({
        code: "frame-unreadable",
        file,
        line: null,
        id: null,
        got: `the error "${fault}"`,
        expected: "a whole JPEG",
        advice: TAKE_AGAIN,
      });
    }
  }
}

/** What decoding a frame fails with, or why it can't be read from disk; null for a good one. */
async function decodingFault(path: string, file: string): Promise<string | Error | null> {
  // Loaded only where there are frames: it takes a tenth of a second.
  const { default: sharp } = await import("sharp");
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return fileError(error, file, "a frame");
  }
  try {
    // The whole image: a shrinking decoder passes over damage. Warnings too: libjpeg only warns of corrupt data.
    await sharp(bytes, { failOn: "warning", limitInputPixels: LARGEST_FRAME_PIXELS }).raw().toBuffer();
    return null;
  } catch (error) {
    return (error as Error).message.replaceAll(/\s+/g, " ");
  }
}
