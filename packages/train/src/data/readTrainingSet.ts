import { join, resolve } from "node:path";
import { DatasetError, validateQuestion } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { checkFrames } from "./checkFrames.ts";
import { chooseFrames } from "./chooseFrames.ts";
import { seededNumbers } from "./seededNumbers.ts";
import type { TrainingQuestion, TrainingSetOptions } from "./trainingSet.ts";

/** A frame's name is a file of the scan's own folder: a dataset from elsewhere must not name others. */
const FRAME_NAME = /^[^/\\]*[^/\\.][^/\\]*$/;

/**
 * The questions to train on, in the file's order, each with its frames; every one and every frame is checked, so that
 * nothing stops the run after the model was loaded.
 *
 * @throws DatasetError with file and line: not JSON, not a question, of unknown type, without frames, a frame that is
 * missing, no image, or too large; and "dataset-empty" when nothing is left.
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
    const chosen = checkNames(record.frames, record.scene_name, file, line);
    const images = chooseFrames(chosen, options.frames).map((name) => join(frames, record.scene_name, name));
    questions.push({ question: record, file, line, images });
  }
  if (questions.length === 0) throw emptyError(file, options, typesSeen);
  const taken = takeSome(questions, options);
  await checkFrames(taken);
  return taken;
}

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
      "at least one frame: the models look at pictures",
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
function takeSome(questions: TrainingQuestion[], { limit, seed }: TrainingSetOptions): TrainingQuestion[] {
  if (limit === null || questions.length <= limit) return questions;
  const byShare = questions.map((entry, index) => ({ index, share: seededNumbers(seed, entry.question.id)[0]! }));
  byShare.sort((one, other) => one.share - other.share);
  const taken = byShare.slice(0, limit).sort((one, other) => one.index - other.index);
  return taken.map(({ index }) => questions[index]!);
}

function emptyError(file: string, { types }: TrainingSetOptions, seen: ReadonlySet<string>): DatasetError {
  const isFiltered = seen.size > 0;
  return new DatasetError("dataset-empty", {
    file,
    place: "the whole file",
    got: isFiltered ? `no question of type ${types?.join(", ")}, only ${[...seen].sort().join(", ")}` : "no question",
    expected: "at least one question to train on",
    advice: isFiltered ? "Change --types." : "Build more scans, or choose another --split.",
  });
}
