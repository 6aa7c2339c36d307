import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkReadable, UsageError } from "@vsi/command";
import { describeNoDataset } from "@vsi/command/internal";
import { DatasetError, type Question } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { readJsonl } from "@vsi/dataset/node";
import { validateManifest, validateQuestion } from "@vsi/dataset/validate";
import type { Finding } from "./finding.ts";

/** The file whose questions are trained on. */
const TRAIN_FILE = "data/train.jsonl";

/**
 * A quick check of a dataset folder: its manifest, its training questions, and each scan's first frame. Training itself
 * checks every frame.
 */
export async function checkDataset(folder: string): Promise<Finding[]> {
  try {
    await checkReadable(folder);
    const found = await describeNoDataset(folder);
    if (found !== null) {
      return [
        {
          what: "dataset",
          state: "missing",
          found: `${folder}: got ${found.got}, expected a dataset folder`,
          advice: `correct --data: ${found.advice}`,
        },
      ];
    }
    return [await checkManifest(folder), ...(await checkQuestions(folder))];
  } catch (error) {
    if (error instanceof UsageError) {
      return [{ what: "dataset", state: "missing", found: error.message, advice: "finish it first" }];
    }
    if (!(error instanceof DatasetError)) throw error;
    return [
      {
        what: "dataset",
        state: "missing",
        found: error.message,
        advice: "build one with vsi-build, or correct --data",
      },
    ];
  }
}

async function checkManifest(folder: string): Promise<Finding> {
  const path = join(folder, "manifest.json");
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileError(error, path, "a dataset's manifest");
  });
  const manifest = parseManifest(text, path);
  validateManifest(manifest, { file: path });
  return { what: "dataset", state: "fine", found: `${manifest.name}, protocol ${manifest.protocol}`, advice: null };
}

function parseManifest(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DatasetError("manifest-syntax", {
      file,
      place: "text",
      got: (error as Error).message,
      expected: "JSON",
      advice: "Was the file truncated or edited? Compare it with SHA256SUMS.",
    });
  }
}

async function checkQuestions(folder: string): Promise<Finding[]> {
  const path = join(folder, TRAIN_FILE);
  let count = 0;
  let withoutFrames = 0;
  const firstFrames = new Map<string, string>();
  for await (const { line, record } of readJsonl(path)) {
    validateQuestion(record, { file: path, place: `line ${line}` });
    count += 1;
    const frame = (record as Question).frames[0];
    if (frame === undefined) withoutFrames += 1;
    else firstFrames.set((record as Question).scene_name, frame);
  }
  const questions: Finding = {
    what: "questions",
    state: count > 0 ? "fine" : "missing",
    found: `${count.toLocaleString("en-US")} to train on`,
    advice: count > 0 ? null : `${TRAIN_FILE} is empty: build the dataset from scans of the train split`,
  };
  return [questions, await checkFrames(folder, firstFrames, withoutFrames)];
}

async function checkFrames(
  folder: string,
  firstFrames: ReadonlyMap<string, string>,
  withoutFrames: number,
): Promise<Finding> {
  const advice = "build the dataset with --frames, or copy its frames folder here";
  const missing: string[] = [];
  for (const [scene, frame] of firstFrames) {
    const path = join("frames", scene, frame);
    await access(join(folder, path)).catch(() => missing.push(path));
  }
  if (missing.length > 0) {
    const found = `no frames for ${missing.length} of ${countOf(firstFrames.size, "scan")}: ${missing[0]} is missing`;
    return { what: "frames", state: "missing", found, advice };
  }
  if (withoutFrames > 0) {
    return { what: "frames", state: "missing", found: `${countOf(withoutFrames, "question")} without frames`, advice };
  }
  return { what: "frames", state: "fine", found: `there for ${countOf(firstFrames.size, "scan")}`, advice: null };
}
