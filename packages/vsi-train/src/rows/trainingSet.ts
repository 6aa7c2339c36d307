import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DatasetError, type Question, type QuestionType, sampleEvenly } from "@vsi/dataset";
import { at, seededNumbers } from "@vsi/dataset/internal";
import { readJsonl } from "@vsi/dataset/node";
import { validateQuestion } from "@vsi/dataset/validate";
import pLimit from "p-limit";
import sharp from "sharp";

/** What to read of a dataset folder. */
export interface TrainingSetOptions {
  /** The dataset folder, as vsi-build writes it. */
  folder: string;
  /** data/<split>.jsonl; the test split is the benchmark's own rooms and is never trained on. */
  split: "train" | "validation";
  /** Only these; null for all. */
  types: readonly QuestionType[] | null;
  /** Maximum number of questions, drawn by the seed; null for all. */
  limit: number | null;
  /** Maximum number of frames per question. */
  frames: number;
  seed: number;
}

/** A question with the place it was read at and the frames it is shown with. */
export interface TrainingQuestion {
  question: Question;
  /** The JSONL file, as the user knows it, and the line, from 1. */
  file: string;
  line: number;
  /** Absolute paths. */
  images: string[];
}

/**
 * The questions to train on, in the file's order, each with its frames; all questions and frames are checked first, so
 * that nothing stops the run once the model is loaded.
 *
 * @throws DatasetError with file and line: not JSON, not a question, a control token in its text, of unknown type,
 * without frames, a frame that is missing, no image, or too large; and "dataset-empty" when nothing is left.
 */
export async function readTrainingSet(options: TrainingSetOptions): Promise<TrainingQuestion[]> {
  const path = join(options.folder, "data", `${options.split}.jsonl`);
  const file = path.replaceAll("\\", "/");
  const frames = resolve(options.folder, "frames");
  const questions: TrainingQuestion[] = [];
  const typesSeen = new Set<string>();
  for await (const { line, record } of readJsonl(path)) {
    validateQuestion(record, { file, place: `line ${line}` });
    typesSeen.add(record.question_type);
    if (options.types !== null && !options.types.includes(record.question_type)) continue;
    checkText(record, file, line);
    const chosen = checkNames(record.frames, record.scene_name, file, line);
    const images = sampleEvenly(chosen, options.frames).map((name) => join(frames, record.scene_name, name));
    questions.push({ question: record, file, line, images });
  }
  if (questions.length === 0) throw emptyError(file, options, typesSeen);
  const taken = takeSome(questions, options);
  await checkFrames(taken);
  return taken;
}

/**
 * Control tokens as the presets' models write them, <|image_pad|> or <|im_end|>: their tokenizers take them for such
 * wherever they stand. Other families' (<image>) the worker finds by the model's own tokenizer.
 */
const CONTROL_TOKEN = /<\|\w+\|>/;

function checkText(question: Question, file: string, line: number): void {
  const texts = {
    question: question.question,
    options: question.options?.join("\n"),
    ground_truth: question.ground_truth,
  };
  for (const [name, text] of Object.entries(texts)) {
    const found = CONTROL_TOKEN.exec(text ?? "")?.[0];
    if (found === undefined) continue;
    throw new DatasetError("question-special-token", {
      file,
      place: `line ${line}, /${name}`,
      got: `the text ${found}`,
      expected: "words: a model's tokenizer reads this as a control token, such as the place of an image",
      advice: "Correct the line, or the label of the object that it comes from.",
    });
  }
}

/** A frame's name is a file of the scan's own folder: a downloaded dataset must not point to other files. */
export const FRAME_NAME = /^[^/\\]*[^/\\.][^/\\]*$/;

function checkNames(names: readonly string[], scene: string, file: string, line: number): readonly string[] {
  const fail = (code: string, place: string, got: string, expected: string, advice: string): never => {
    throw new DatasetError(code, { file, place: `line ${line}, ${place}`, got, expected, advice });
  };
  if (names.length === 0) {
    const advice = "Build the dataset from scans with a stream: vsi-build --frames 16.";
    fail(
      "question-without-frames",
      "/frames",
      "an empty list",
      "at least one frame: the model is trained on images",
      advice,
    );
  }
  const wrong = [scene, ...names].find((name) => !FRAME_NAME.test(name));
  if (wrong !== undefined) {
    const expected = "a name without folders";
    fail("frame-name", "/frames", JSON.stringify(wrong), expected, "Build the dataset again, or correct the line.");
  }
  return names;
}

/** A sample that depends on the seed and the ids alone, in the file's order: the first N would be a few rooms'. */
export function takeSome(
  questions: TrainingQuestion[],
  { limit, seed }: Pick<TrainingSetOptions, "limit" | "seed">,
): TrainingQuestion[] {
  if (limit === null || questions.length <= limit) return questions;
  const byShare = questions.map((entry, index) => {
    return { entry, index, share: at(seededNumbers(seed, entry.question.id), 0) };
  });
  byShare.sort((one, other) => one.share - other.share);
  const taken = byShare.slice(0, limit).sort((one, other) => one.index - other.index);
  return taken.map(({ entry }) => entry);
}

/** Nothing is left to train on. */
export function emptyError(
  file: string,
  { types }: Pick<TrainingSetOptions, "types">,
  seen: ReadonlySet<string>,
): DatasetError {
  const isFiltered = seen.size > 0;
  return new DatasetError("dataset-empty", {
    file,
    place: "file",
    got: isFiltered ? `no questions of type ${types?.join(", ")}, only ${[...seen].sort().join(", ")}` : "no questions",
    expected: "at least one question to train on",
    advice: isFiltered ? "Change --types." : "Build more scans, or choose another --split.",
  });
}

/**
 * 89,478,485 pixels: Pillow's Image.MAX_IMAGE_PIXELS (a quarter gigabyte of 24-bit pixels), from which it warns of a
 * decompression bomb; at twice as many it refuses in the middle of the run. --max-pixels is different: the size that
 * images are shrunk to.
 */
export const LARGEST_FRAME_PIXELS = Math.floor((1024 * 1024 * 1024) / 4 / 3);

/** As many as libuv has file threads: more would only wait. */
const FILES_AT_A_TIME = 4;

/**
 * Checks that every frame is there, is not too large by its header, and decodes to its end: Pillow refuses a cut image
 * in the middle of the run. Each file is decoded once, however many questions show it.
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
      "Copy the dataset's whole frames folder, or build it again.",
    );
  }
  let size: { width: number; height: number };
  try {
    size = await sharp(image, { limitInputPixels: false }).metadata();
    if (size.width * size.height <= LARGEST_FRAME_PIXELS) {
      // The whole image: a shrinking decoder passes over damage. Warnings too: libjpeg only warns of corrupt data.
      await sharp(image, { failOn: "warning", limitInputPixels: LARGEST_FRAME_PIXELS }).raw().toBuffer();
    }
  } catch (error) {
    const got = `the error "${(error as Error).message}"`;
    return problem(
      "frame-unreadable",
      got,
      "a whole JPEG or PNG image",
      "Was it truncated while copying? Compare it with SHA256SUMS.",
    );
  }
  if (size.width * size.height <= LARGEST_FRAME_PIXELS) return null;
  const expected = `at most ${LARGEST_FRAME_PIXELS} pixels`;
  const advice = "Build the dataset with smaller frames: vsi-build --frame-size 640x480.";
  return problem("frame-too-large", `${size.width} x ${size.height} pixels`, expected, advice);
}
