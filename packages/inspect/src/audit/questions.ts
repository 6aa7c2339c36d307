import { join } from "node:path";
import {
  type DatasetSplit,
  QUESTION_TYPES,
  type Question,
  type QuestionType,
  questionTypeRow,
  type StatedRoom,
} from "@vsi/dataset";
import { isRecord, roomOfScene } from "@vsi/dataset/internal";
import { readJsonl } from "@vsi/dataset/node";
import { validateQuestion } from "@vsi/dataset/validate";
import { PROTOCOLS, parseQuestion, QueryError } from "@vsi/questions";
import { matchTemplate, protocolTemplates } from "@vsi/questions/internal";
import { splitFile } from "../folder/datasetFolder.ts";
import { type RoomDistances, sceneDistances } from "./distances.ts";

/**
 * The questions of one split of a dataset folder, by type, with what the folder's scenes tell of distances.
 *
 * @param seed of the sample of scenes that is read.
 * @param rooms what the scenes say of their physical rooms: readStatedRooms.
 * @throws DatasetError naming the file and line that cannot be read or breaks the schema.
 */
export async function readQuestionGroups(
  folder: string,
  split: DatasetSplit,
  seed: number,
  rooms: ReadonlyMap<string, StatedRoom>,
): Promise<QuestionGroup[]> {
  const file = join(folder, splitFile(split));
  const groups = new QuestionGroups(rooms);
  for await (const { line, record } of readJsonl(file)) {
    validateQuestion(record, { file, place: `line ${line}` });
    groups.add(record);
  }
  const names = groups.listedNames();
  if (names.size === 0) return groups.groups();
  return groups.groups(await sceneDistances(folder, groups.scenes, names, seed));
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
  /** What is known of the rooms' distances, where the answers are objects; absent where nothing is. */
  distances?: RoomDistances;
}

/** The places of the objects that a question lists to choose from. */
const LISTED_PLACES = ["a", "b", "c", "d"] as const;

/** What the audit reads of a record; without a protocol, the wording may be anybody's. */
export type AuditedRecord = Pick<
  Question,
  "id" | "scene_name" | "question_type" | "question" | "ground_truth" | "options"
> &
  Partial<Pick<Question, "protocol">>;

/** A question whose candidates may be known only once all of its type have been read. */
type Draft = Omit<AuditQuestion, "candidates"> & { candidates: readonly string[] | null };

/** Groups one split's questions by type, keeping only what the audit needs of each record. */
export class QuestionGroups {
  readonly #drafts = new Map<QuestionType, { drafts: Draft[]; lettered: boolean }>();
  /** The scenes that were asked about, each with its physical room. */
  readonly scenes = new Map<string, string>();
  readonly #rooms: ReadonlyMap<string, StatedRoom>;

  /** @param rooms what is known of scenes' physical rooms beside their names. */
  constructor(rooms: ReadonlyMap<string, StatedRoom> = new Map()) {
    this.#rooms = rooms;
  }

  /** Adds one question. */
  add(record: AuditedRecord): void {
    const { scene_name } = record;
    const room = this.scenes.get(scene_name) ?? roomOfScene(scene_name, this.#rooms.get(scene_name) ?? {});
    this.scenes.set(scene_name, room);
    const ofType = this.#drafts.get(record.question_type) ?? { drafts: [], lettered: false };
    this.#drafts.set(record.question_type, ofType);
    ofType.lettered ||= record.options !== null;
    ofType.drafts.push(draftOf(record, room));
  }

  /** The names in questions that are answered by an object. */
  listedNames(): Set<string> {
    const drafts = [...this.#drafts].filter(([type]) => isAnsweredByObject(type)).flatMap(([, own]) => own.drafts);
    return new Set(drafts.flatMap(({ places }) => Object.values(places)));
  }

  /** One group per type that has questions, in the order of QUESTION_TYPES. */
  groups(distances?: RoomDistances): QuestionGroup[] {
    return QUESTION_TYPES.flatMap((type) => {
      const ofType = this.#drafts.get(type);
      if (ofType === undefined) return [];
      const group = groupOf(type, ofType.drafts, ofType.lettered);
      return distances !== undefined && isAnsweredByObject(type) ? [{ ...group, distances }] : [group];
    });
  }
}

function isAnsweredByObject(type: QuestionType): boolean {
  return questionTypeRow(type).answer === "object";
}

/** Groups questions that are in memory. */
export function groupQuestions(records: Iterable<AuditedRecord>): QuestionGroup[] {
  const groups = new QuestionGroups();
  for (const record of records) groups.add(record);
  return groups.groups();
}

function draftOf(record: AuditedRecord, room: string): Draft {
  const places = namedPlaces(record);
  const listed = isAnsweredByObject(record.question_type)
    ? LISTED_PLACES.map((place) => places[place]).filter((label) => label !== undefined)
    : [];
  return {
    id: record.id,
    room,
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
  const possible = (truth: string) => (questionTypeRow(type).answer === "order" ? ordersOf(truth, answers) : answers);
  const questions = drafts.map((draft) => ({
    ...draft,
    candidates: draft.candidates ?? possible(draft.truth),
    value: Number.NaN,
  }));
  return { type, kind: "choice", listing: lettered ? "options" : unlisted ? "answers" : "text", questions };
}

/** An order of five labels has 120 others; of more, only the orders in use are tried. */
const MOST_ORDERED = 5;

/** Every order of an order's labels, which the text names: the answers in use are too many, and of other labels. */
function ordersOf(truth: string, answers: readonly string[]): readonly string[] {
  const labels = truth.split(", ");
  if (labels.length > MOST_ORDERED) return answers;
  const orders = (rest: readonly string[]): string[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((first, index) => orders(rest.toSpliced(index, 1)).map((others) => [first, ...others]));
  return [...new Set(orders(labels).map((order) => order.join(", ")))].sort();
}

const NONE: Readonly<Record<string, string>> = {};

/**
 * What the question names, by place in its wording: { a: "sofa", b: "lamp" }. Its protocol's wording is tried first, then
 * every wording that parseQuestion reads. Empty where none fits: the audit then has only the question's words.
 */
export function namedPlaces(
  question: Pick<AuditedRecord, "protocol" | "question_type" | "question">,
): Readonly<Record<string, string>> {
  const { protocol, question_type } = question;
  for (const name of Object.keys(PROTOCOLS).sort((a, b) => Number(b === protocol) - Number(a === protocol))) {
    for (const template of protocolTemplates(PROTOCOLS[name as keyof typeof PROTOCOLS], question_type)) {
      const found = matchTemplate(template, question.question, isName);
      if (found !== null) return found;
    }
  }
  return queriedPlaces(question);
}

function isName(value: string): boolean {
  return value.trim() !== "";
}

/** The places where a query keeps a list of names. */
const LISTS: Readonly<Record<string, readonly string[]>> = { objects: ["a", "b"], choices: LISTED_PLACES };

function queriedPlaces({ question, question_type }: Pick<AuditedRecord, "question_type" | "question">): typeof NONE {
  let query: unknown;
  try {
    query = parseQuestion(question);
  } catch (error) {
    if (error instanceof QueryError) return NONE;
    throw error;
  }
  if (!isRecord(query) || query.question_type !== question_type) return NONE;
  const places: Record<string, string> = {};
  for (const [key, value] of Object.entries(query)) {
    if (key === "question_type") continue;
    if (typeof value === "string") places[key] = value;
    if (!Array.isArray(value)) continue;
    for (const [index, name] of value.entries()) {
      if (typeof name === "string") places[LISTS[key]?.[index] ?? `${key} ${index + 1}`] = name;
    }
  }
  return places;
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
