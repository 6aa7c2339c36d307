import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DatasetError, type Evidence, isQuestionType, type Question, sampleEvenly } from "@vsi/dataset";
import { describeValue, isRecord } from "@vsi/dataset/internal";
import { readJsonl } from "@vsi/dataset/node";
import {
  checkFrames,
  emptyError,
  FRAME_NAME,
  type TrainingQuestion,
  type TrainingSetOptions,
  takeSome,
} from "./trainingSet.ts";

/** What to read of a JSONL in VSI-Bench's form. */
export interface BenchmarkSetOptions extends Omit<TrainingSetOptions, "folder" | "split"> {
  /** One object a line: id, dataset, scene_name, question_type, question, ground_truth, and options or none. */
  file: string;
  /** Frames: FOLDER/<dataset>/<scene_name>/ or FOLDER/<scene_name>/, jpg or png. */
  framesDir: string;
}

/** Such a file says what the answer is, not what was measured. */
const NOTHING_MEASURED: Evidence = { object_ids: [], value: null, unit: null, margin: null, route: null, frames: null };

/**
 * The questions of somebody else's dataset, each with its scene's frames, checked as those of ours are.
 *
 * @throws DatasetError with file and line: not JSON, a field that does not fit ("question-form"), a scene without frames
 * ("frame-missing"), and as in checkFrames; "dataset-empty" when nothing is left.
 */
export async function readBenchmarkSet(options: BenchmarkSetOptions): Promise<TrainingQuestion[]> {
  const { types, frames } = options;
  const file = options.file.replaceAll("\\", "/");
  const scenes = new Map<string, Promise<string[]>>();
  const questions: TrainingQuestion[] = [];
  const typesSeen = new Set<string>();
  for await (const { line, record } of readJsonl(options.file)) {
    const question = readRecord(record, file, line);
    typesSeen.add(question.question_type);
    if (types !== null && !types.includes(question.question_type)) continue;
    const key = `${question.dataset}\n${question.scene_name}`;
    const found = scenes.get(key) ?? sceneFrames(question, options.framesDir, { file, line });
    scenes.set(key, found);
    questions.push({ question, file, line, images: sampleEvenly(await found, frames) });
  }
  if (questions.length === 0) throw emptyError(file, options, typesSeen);
  const taken = takeSome(questions, options);
  await checkFrames(taken);
  return taken;
}

/** "A. left": the letter, and the text behind it. */
const LETTERED = /^([A-Z])\. (.+)$/s;

function readRecord(record: unknown, file: string, line: number): Question {
  const fields: Readonly<Record<string, unknown>> = isRecord(record) ? (record as Record<string, unknown>) : {};
  const fail = (field: string, expected: string): never => {
    throw new DatasetError("question-form", {
      file,
      place: `line ${line}, /${field}`,
      got: describeValue(fields[field]),
      expected,
      advice: "Give a JSONL in VSI-Bench's form, or a dataset folder of vsi-build.",
    });
  };
  const text = (field: string): string => {
    const value = fields[field];
    return typeof value === "string" && value.trim() !== "" ? value : fail(field, "a text");
  };
  const name = (field: string): string => {
    const value = text(field);
    return FRAME_NAME.test(value) ? value : fail(field, "a name without folders");
  };
  const { id } = fields;
  if (typeof id !== "string" && !Number.isSafeInteger(id)) fail("id", "a text or a whole number");
  const type = text("question_type");
  if (!isQuestionType(type)) return fail("question_type", "a question type of VSI-Bench");
  const truth = typeof fields.ground_truth === "number" ? String(fields.ground_truth) : text("ground_truth");
  const options = fields.options ?? null;
  const common = {
    schema: "vsi-question/1",
    id: String(id),
    dataset: name("dataset"),
    scene_name: name("scene_name"),
    question_type: type,
    question: text("question"),
    protocol: "vsi-bench",
    frames: [],
    evidence: NOTHING_MEASURED,
  } as const;
  if (options === null) return { ...common, frames: [], ground_truth: truth, options: null, mc_answer: null };
  if (!Array.isArray(options)) return fail("options", "a list of options, or null");
  const texts = new Map<string, string>();
  for (const option of options) {
    const [, letter, words] = LETTERED.exec(String(option)) ?? [];
    if (letter === undefined || words === undefined) return fail("options", 'options such as "A. left"');
    texts.set(letter, words);
  }
  // Rows hold the word, as ours do; VSI-Bench writes the letter.
  const word = texts.get(truth) ?? fail("ground_truth", `one of the letters ${[...texts.keys()].join(", ")}`);
  return { ...common, frames: [], ground_truth: word, options: options.map(String), mc_answer: truth };
}

const IMAGE = /\.(jpe?g|png)$/i;

/** "frame2" before "frame10". */
const NATURAL_ORDER = new Intl.Collator("en", { numeric: true });

async function sceneFrames(
  { dataset, scene_name }: Question,
  root: string,
  { file, line }: { file: string; line: number },
): Promise<string[]> {
  const folders = [join(root, dataset, scene_name), join(root, scene_name)];
  for (const folder of folders) {
    const names = (await readdir(folder).catch((): string[] => [])).filter((name) => IMAGE.test(name));
    if (names.length > 0) return names.sort(NATURAL_ORDER.compare).map((name) => resolve(folder, name));
  }
  throw new DatasetError("frame-missing", {
    file,
    place: `line ${line}, /scene_name`,
    got: `no .jpg or .png in ${folders.join(" or ")}`,
    expected: "the scene's frames",
    advice: "Correct --frames-dir, or leave the scene's questions out.",
  });
}
