import { isRecord } from "@vsi/dataset/internal";
import { EvaluationError } from "./errors.ts";
import type { EvalQuestion } from "./evalQuestion.ts";
import { describeValue, type FileRecord, readRecords } from "./records.ts";

/** One answer of a file, whatever program wrote it. */
export interface LoggedAnswer {
  place: string;
  /** The question's id. */
  id: string;
  /** What the file says in place of the id, and in which field, for errors. */
  named: unknown;
  idField: string;
  /** The model's text; null for none. */
  prediction: string | null;
  question_type?: unknown;
}

/**
 * The answers of a file:
 *
 * - plain: `id` and `prediction`.
 * - lmms-eval's samples (`--log_samples`): `filtered_resps`, a list whose first is the answer, or that answer itself.
 *   The question is that of `doc` (older logs) or of a metric's dictionary, else of the row `doc_id` of the benchmark.
 * - VLMEvalKit's tables: `index`, an id or a row of the benchmark, and `prediction`.
 * - R1-V's and Video-R1's lists: `problem_id` or `id`, `solution`, and `prediction` or `output`.
 *
 * Where rows are counted, what the file says of the truth decides what they are rows of.
 *
 * @param all the benchmark's questions in the order of its file.
 * @param asked those that are asked for, in the same order: a log of the subset counts its rows.
 * @throws EvaluationError "prediction-id", "prediction-text", "prediction-order", "predictions-empty".
 */
export async function answersOf(
  path: string,
  all: readonly EvalQuestion[],
  asked: readonly EvalQuestion[],
): Promise<LoggedAnswer[]> {
  const file = path.replaceAll("\\", "/");
  const found: FoundAnswer[] = [];
  for await (const fileRecord of readRecords(path, "predictions")) found.push(foundAnswer(fileRecord, file));
  const byRow = found.filter(({ row }) => row !== null);
  if (byRow.length === 0) return found.map(named);
  const orders = [...(all.length === asked.length ? [] : [asked]), all];
  const ids = new Set(all.map(({ id }) => id));
  const byId = new Map(all.map((question) => [question.id, question]));
  const readings = [
    // VLMEvalKit's index is the id where the benchmark has one; lmms-eval's doc_id never is.
    ...(byRow.every(({ idField, named: id }) => idField === "index" && ids.has(String(id)))
      ? [(answer: FoundAnswer) => byId.get(String(answer.named))]
      : []),
    ...orders.map((order) => (answer: FoundAnswer) => order[answer.row ?? -1]),
  ];
  let misfit: { answer: FoundAnswer; question: EvalQuestion | undefined } | null = null;
  for (const questionOf of readings) {
    const wrong = byRow.find((answer) => !fits(answer, questionOf(answer)));
    if (wrong === undefined) {
      return found.map((answer) =>
        answer.row === null ? named(answer) : { ...named(answer), id: questionOf(answer)?.id ?? "" },
      );
    }
    misfit = { answer: wrong, question: questionOf(wrong) };
  }
  throw orderError(file, misfit, all.length);
}

interface FoundAnswer extends Omit<LoggedAnswer, "id"> {
  /** The question's id, or null where the row tells the question. */
  id: string | null;
  row: number | null;
  /** What the file says is true, and what was asked; undefined where it does not say. */
  target: unknown;
  question: unknown;
}

function named({ id, place, named: name, idField, prediction, question_type }: FoundAnswer): LoggedAnswer {
  return { place, id: id ?? "", named: name, idField, prediction, question_type };
}

/** Whether what the file says of a question is so. */
function fits({ target, question: asked }: FoundAnswer, question: EvalQuestion | undefined): boolean {
  if (question === undefined) return false;
  if (typeof asked === "string" && words(asked) !== words(question.question)) return false;
  if (target === undefined || target === null) return true;
  const said = String(target).trim();
  const truths = [question.ground_truth, question.mc_answer ?? question.ground_truth];
  return truths.some((truth) => truth === said || (said !== "" && Number(said) === Number(truth)));
}

/** Line breaks are what tables lose first. */
function words(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function foundAnswer({ place, record }: FileRecord, file: string): FoundAnswer {
  const fail = (code: string, field: string, expected: string, advice: string): never => {
    const got = describeValue(field in record ? record[field] : undefined);
    throw new EvaluationError(code, { file, place: `${place}, ${field}`, got, expected, advice });
  };
  const fields = `The line's fields are ${describeValue(Object.keys(record))}.`;
  const [textField, value] = answerField(record);
  const prediction =
    typeof value === "string" || typeof value === "number"
      ? String(value)
      : value === null
        ? null
        : fail(
            "prediction-text",
            textField,
            "a string",
            `${fields} Put the model's text in prediction, or null for no answer.`,
          );
  const doc = innerRecord(record);
  const common = { place, prediction, question_type: record.question_type ?? doc?.question_type };
  const idFields: [Readonly<Record<string, unknown>>, string][] = [
    [record, "id"],
    ...(doc === null ? [] : [[doc, "id"] as [Record<string, unknown>, string]]),
    [record, "problem_id"],
  ];
  for (const [holder, idField] of idFields) {
    const id = holder[idField];
    if (typeof id !== "string" && typeof id !== "number") continue;
    return { ...common, id: String(id), named: id, idField, row: null, target: undefined, question: undefined };
  }
  for (const [rowField, target] of [
    ["doc_id", record.target],
    ["index", record.answer],
  ] as const) {
    const row = rowOf(record[rowField]);
    if (row === null) continue;
    // Our exports of a benchmark keep the question in its own column; lmms-eval's input is a whole prompt.
    const question = rowField === "index" ? record.question : undefined;
    return { ...common, id: null, named: record[rowField], idField: rowField, row, target, question };
  }
  return fail("prediction-id", "id", "a question's id", `${fields} Keep the id of each question.`);
}

function rowOf(value: unknown): number | null {
  const row = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof row === "number" && Number.isInteger(row) && row >= 0 ? row : null;
}

/** What Python's str.strip takes off. */
const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const OUTER_SPACE = new RegExp(`^${SPACE}|${SPACE}$`, "g");

/** The field that holds the answer, and what it holds. */
function answerField(record: Readonly<Record<string, unknown>>): [field: string, value: unknown] {
  if ("prediction" in record) return ["prediction", record.prediction];
  for (const field of ["filtered_resps", "resps"]) {
    if (!(field in record)) continue;
    let value = record[field];
    // A list for each request, of a list for each time that it was asked.
    while (Array.isArray(value)) value = value[0] ?? null;
    // It strips a text before any metric of its own sees it, and logs it as it came.
    return [field, typeof value === "string" ? value.replace(OUTER_SPACE, "") : value];
  }
  if ("solution" in record && "output" in record) return ["output", record.output];
  return ["prediction", undefined];
}

/** lmms-eval's copy of the question: `doc`, or what a metric was computed of. */
function innerRecord(record: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  if (!("doc_id" in record)) return null;
  if (isRecord(record.doc)) return record.doc;
  const metric = Object.values(record).find((value) => isRecord(value) && "id" in value && "question_type" in value);
  return isRecord(metric) ? metric : null;
}

function orderError(
  file: string,
  misfit: { answer: FoundAnswer; question: EvalQuestion | undefined } | null,
  questions: number,
): EvaluationError {
  const answer = misfit?.answer;
  const question = misfit?.question;
  const isShort = question === undefined;
  return new EvaluationError("prediction-order", {
    file,
    place: `${answer?.place ?? "file"}, ${answer?.idField ?? "doc_id"}`,
    got: isShort
      ? `the row ${answer?.row} of ${questions} questions`
      : `the row ${answer?.row} with the answer ${describeValue(answer?.target)}`,
    expected: isShort
      ? "a row of the benchmark"
      : `${describeValue(question.mc_answer ?? question.ground_truth)}, the true answer of that row in --data`,
    advice:
      "The log tells questions by their row: give as --data the very file that was asked (and --subset), in its order; a shuffled log (LMMS_EVAL_SHUFFLE_DOCS) can't be read.",
  });
}
