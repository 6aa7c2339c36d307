import { questionTypeRow } from "@vsi/dataset";
import { parsePythonLiteral } from "@vsi/scoring";
import { EvaluationError } from "./errors.ts";
import type { EvalQuestion } from "./evalQuestion.ts";
import { scoredAs } from "./foreignTypes.ts";
import { describeValue, type FileRecord } from "./records.ts";

/**
 * A question as a benchmark publishes it. VSI-Bench: whole numbers as ids, and with options the right one's letter as
 * ground_truth, which becomes its text here. VSTI-Bench: the text as ground_truth, the letter as mc_answer, and options
 * also for numbers, which are left aside. ReVSI: scene_id for scene_name, no dataset, num_frames. Table exports may
 * write a scene's digits as a number, a list of options as Python's text of it, and missing options as an empty list.
 * Unknown fields are ignored.
 *
 * @throws EvaluationError "question-field", "question-options" or "question-truth" with the place and the field.
 */
export function parsePublishedQuestion({ place, record }: FileRecord, file: string): EvalQuestion {
  const fail = (code: string, field: string, expected: string): never => {
    throw new EvaluationError(code, {
      file,
      place: `${place}, ${field}`,
      got: describeValue(record[field]),
      expected,
      advice: "Give the benchmark's own records, or a dataset folder of vsi-build.",
    });
  };
  const textOf = (field: string, expected = "a string"): string => {
    const value = record[field];
    return typeof value === "string" && value !== "" ? value : fail("question-field", field, expected);
  };
  const numberOrText = (field: string, expected: string): string => {
    const value = record[field];
    return typeof value === "number" ? String(value) : textOf(field, expected);
  };
  const isOfRevsi = record.scene_name === undefined && record.scene_id !== undefined;
  const question_type = textOf("question_type");
  if (/\p{Cc}/u.test(question_type)) fail("question-field", "question_type", "a name in one line");
  const question = textOf("question");
  const common = {
    id: numberOrText("id", "a number or a string"),
    // ReVSI's scenes of all its sources have names of their own.
    dataset: isOfRevsi && record.dataset == null ? "revsi" : textOf("dataset"),
    scene_name: numberOrText(isOfRevsi ? "scene_id" : "scene_name", "a string"),
    question_type,
    question,
    frames: [],
    ...(isOfRevsi
      ? {
          num_frames:
            frameBudget(record.num_frames) ?? fail("question-field", "num_frames", 'a number of frames or "all"'),
        }
      : {}),
  };
  const truth = numberOrText("ground_truth", "the answer");
  const letter = record.mc_answer;
  const hasLetter = typeof letter === "string" && letter !== "";
  const options = listOf(record.options);
  const isList = Array.isArray(options);
  const listed = isList && options.length > 0 ? (options as string[]) : null;
  const isNumber = questionTypeRow(scoredAs({ ...common, ground_truth: truth, options: listed })).unit !== null;
  const hasNone = options === null || (isNumber && isList && options.length === 0);
  if (hasNone || (isNumber && hasLetter)) return { ...common, ground_truth: truth, options: null, mc_answer: null };
  if (isNumber) fail("question-field", "options", "null: the question is answered by a number");
  const texts = readOptions(options, { file, place });
  const letters = [...texts.keys()].join(", ");
  if (hasLetter) {
    const text = texts.get(letter) ?? fail("question-field", "mc_answer", `one of the letters ${letters}`);
    if (truth !== text && truth !== letter) fail("question-truth", "ground_truth", `the text of the option ${letter}`);
    return { ...common, ground_truth: text, options: options as string[], mc_answer: letter };
  }
  const ground_truth = texts.get(truth) ?? fail("question-field", "ground_truth", `one of the letters ${letters}`);
  return { ...common, ground_truth, options: options as string[], mc_answer: truth };
}

function frameBudget(value: unknown): number | "all" | null {
  if (value === "all") return "all";
  const frames = typeof value === "string" ? Number(value) : value;
  return typeof frames === "number" && Number.isInteger(frames) && frames > 0 ? frames : null;
}

/**
 * Options as a list, whatever the trip through a table made of them: Python's text of a list, or numpy's, which has no
 * commas; null for none. Anything else is left as it is, for the error.
 */
function listOf(options: unknown): unknown {
  if (options == null || ["", "None", "nan", "null"].includes(options as string)) return null;
  if (typeof options !== "string" || !options.trimStart().startsWith("[")) return options;
  const list = textsOf(options);
  return list !== null && list.length === 1
    ? (textsOf(options.replace(/(['"])\s+(?=['"])/g, "$1, ")) ?? list)
    : (list ?? options);
}

function textsOf(source: string): string[] | null {
  const list = parsePythonLiteral(source.trim());
  if (list?.kind !== "list") return null;
  const texts = list.items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
  return texts.length === list.items.length ? texts : null;
}

const LETTERED_OPTION = /^([A-Z])\. (\S.*)$/s;

/**
 * The texts of lettered options by their letters: "A. left" is A and left.
 *
 * @throws EvaluationError "question-options" unless `options` is a list of such options, the letters A, B, ... in their
 * order.
 */
export function readOptions(options: unknown, where: { file: string; place: string }): Map<string, string> {
  const texts = new Map<string, string>();
  const list: unknown[] = Array.isArray(options) ? options : [];
  for (const option of list) {
    const [, letter, text] = (typeof option === "string" ? LETTERED_OPTION.exec(option) : null) ?? [];
    if (text !== undefined && letter === String.fromCharCode(65 + texts.size)) texts.set(letter, text);
  }
  if (texts.size < 2 || texts.size !== list.length) {
    throw new EvaluationError("question-options", {
      file: where.file,
      place: `${where.place}, options`,
      got: describeValue(options),
      expected: 'null, or at least two options such as "A. left", "B. right"',
      advice: "Write the options as VSI-Bench does.",
    });
  }
  return texts;
}
