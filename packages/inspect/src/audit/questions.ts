import { join } from "node:path";
import {
  type DatasetSplit,
  physicalRoomOf,
  QUESTION_TYPES,
  type Question,
  type QuestionType,
  questionTypeRow,
} from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { validateQuestion } from "@vsi/dataset/validate";
import { matchTemplate, PROTOCOLS, type ProtocolName, protocolTemplates } from "@vsi/questions";
import { splitFile } from "../folder/datasetFolder.ts";

/**
 * The questions of one split of a dataset folder, by type.
 * @throws DatasetError naming the file and line that cannot be read or breaks the schema.
 */
export async function readQuestionGroups(folder: string, split: DatasetSplit): Promise<QuestionGroup[]> {
  const file = join(folder, splitFile(split));
  const groups = new QuestionGroups();
  for await (const { line, record } of readJsonl(file)) {
    validateQuestion(record, { file, place: `line ${line}` });
    groups.add(record);
  }
  return groups.groups();
}

/** What the audit knows of a question: what a model without pictures is given, and the truth. */
export interface AuditQuestion {
  id: string;
  /** The physical room, such as "scene0000". */
  room: string;
  text: string;
  /** The names in the wording's places ("category": "sofa"); empty for an unknown wording. */
  places: Readonly<Record<string, string>>;
  /** The answers to choose from, in the order listed and without letters; empty where a number is asked for. */
  candidates: readonly string[];
  /** The right answer as the dataset writes it. */
  truth: string;
  /** The right answer as a number; NaN where the group's answers are words. */
  value: number;
}

/** The questions of one type in one split. */
export interface QuestionGroup {
  type: QuestionType;
  /** What the answers are. Numbers are scored by mean relative accuracy, choices by accuracy. */
  kind: "number" | "choice";
  /**
   * Where the candidates come from: lettered options, objects that the text lists, or the
   * answers in use (left and right); null for numbers.
   */
  listing: "options" | "text" | "answers" | null;
  questions: readonly AuditQuestion[];
}

/** The places of the objects that a question lists to choose from. */
const LISTED_PLACES = ["a", "b", "c", "d"] as const;

type AuditedRecord = Pick<
  Question,
  "id" | "scene_name" | "question_type" | "question" | "ground_truth" | "options" | "protocol"
>;

/** A question whose candidates may be known only once all of its type have been read. */
type Draft = Omit<AuditQuestion, "candidates"> & { candidates: readonly string[] | null };

/** Groups one split's questions by type, keeping only what the audit needs of each record. */
class QuestionGroups {
  readonly #drafts = new Map<QuestionType, { drafts: Draft[]; lettered: boolean }>();

  /** Adds one question. */
  add(record: AuditedRecord): void {
    const ofType = this.#drafts.get(record.question_type) ?? { drafts: [], lettered: false };
    this.#drafts.set(record.question_type, ofType);
    ofType.lettered ||= record.options !== null;
    ofType.drafts.push(draftOf(record));
  }

  /** One group per type that has questions, in the order of QUESTION_TYPES. */
  groups(): QuestionGroup[] {
    return QUESTION_TYPES.flatMap((type) => {
      const ofType = this.#drafts.get(type);
      return ofType === undefined ? [] : [groupOf(type, ofType.drafts, ofType.lettered)];
    });
  }
}

/** Groups questions that are in memory. */
export function groupQuestions(records: Iterable<AuditedRecord>): QuestionGroup[] {
  const groups = new QuestionGroups();
  for (const record of records) groups.add(record);
  return groups.groups();
}

function draftOf(record: AuditedRecord): Draft {
  const places = namedPlaces(record);
  const listed =
    questionTypeRow(record.question_type).answer === "object"
      ? LISTED_PLACES.map((place) => places[place]).filter((label) => label !== undefined)
      : [];
  return {
    id: record.id,
    room: physicalRoomOf(record.scene_name),
    text: record.question,
    places,
    candidates: record.options?.map(withoutLetter) ?? (listed.length > 0 ? listed : null),
    truth: record.ground_truth,
    value: record.ground_truth.trim() === "" ? Number.NaN : Number(record.ground_truth),
  };
}

/** "A. left" without its letter. */
function withoutLetter(option: string): string {
  return option.replace(/^[A-Z]\. /, "");
}

function groupOf(type: QuestionType, drafts: readonly Draft[], lettered: boolean): QuestionGroup {
  const unlisted = drafts.every(({ candidates }) => candidates === null);
  if (unlisted && drafts.every(({ value }) => Number.isFinite(value))) {
    const questions = drafts.map((draft) => ({ ...draft, candidates: [] }));
    return { type, kind: "number", listing: null, questions };
  }
  // Left or right: the text itself says what may be answered, so knowing the answers in use gives nothing away.
  const answers = [...new Set(drafts.map(({ truth }) => truth))].sort();
  const questions = drafts.map((draft) => ({ ...draft, candidates: draft.candidates ?? answers, value: Number.NaN }));
  return { type, kind: "choice", listing: lettered ? "options" : unlisted ? "answers" : "text", questions };
}

const NONE: Readonly<Record<string, string>> = {};

/**
 * What the question names, by place in its protocol's wording: { a: "sofa", b: "lamp" }. Empty when the wording is not
 * one of ours: the audit then has only the question's words.
 */
export function namedPlaces(
  question: Pick<Question, "protocol" | "question_type" | "question">,
): Readonly<Record<string, string>> {
  if (!Object.hasOwn(PROTOCOLS, question.protocol)) return NONE;
  const templates = protocolTemplates(PROTOCOLS[question.protocol as ProtocolName], question.question_type);
  for (const template of templates) {
    const places = matchTemplate(template, question.question, (value) => value.trim() !== "");
    if (places !== null) return places;
  }
  return NONE;
}

/** A route's text, the longest of ours, has about 48 different words; more of other questions would only cost time. */
const MOST_WORDS = 48;

/**
 * The words that tell questions of a type apart, for wordings that are not ours: each once, in lower case, without
 * those that every question has.
 */
export function questionWords(questions: readonly AuditQuestion[]): string[][] {
  const words = questions.map(({ text }) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])]);
  const uses = countBy(words.flat());
  return words.map((own) => own.filter((word) => uses.get(word) !== questions.length).slice(0, MOST_WORDS));
}

/** How often each value occurs, in the order of first occurrence. */
export function countBy<Value>(values: Iterable<Value>): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
