import { physicalRoomOf, QUESTION_TYPES, type Question, type QuestionType } from "@vsi/dataset";
import type { AuditQuestion, QuestionGroup } from "./auditQuestion.ts";
import { namedPlaces } from "./namedPlaces.ts";

/** The places of the objects that a question lists to choose from. */
const LISTED_PLACES = ["a", "b", "c", "d"] as const;

/** The types whose text lists objects of which one is the answer. */
const LISTING_TYPES: readonly QuestionType[] = ["object_rel_distance", "camera_obj_rel_dist"];

type AuditedRecord = Pick<
  Question,
  "id" | "scene_name" | "question_type" | "question" | "ground_truth" | "options" | "protocol"
>;

/** A question whose candidates may be known only when all of its type have been seen. */
type Draft = Omit<AuditQuestion, "candidates"> & { candidates: readonly string[] | null };

/** Gathers one split's questions by type; of a record only what the audit needs stays in memory. */
export class QuestionGroups {
  readonly #drafts = new Map<QuestionType, { drafts: Draft[]; lettered: boolean }>();

  /** Adds one question. */
  add(record: AuditedRecord): void {
    const ofType = this.#drafts.get(record.question_type) ?? { drafts: [], lettered: false };
    this.#drafts.set(record.question_type, ofType);
    ofType.lettered ||= record.options !== null;
    ofType.drafts.push(draftOf(record));
  }

  /** One group a type, in the order of QUESTION_TYPES; types without questions are left out. */
  groups(): QuestionGroup[] {
    return QUESTION_TYPES.flatMap((type) => {
      const ofType = this.#drafts.get(type);
      return ofType === undefined ? [] : [groupOf(type, ofType.drafts, ofType.lettered)];
    });
  }
}

/** The groups of questions that are all there already. */
export function groupQuestions(records: Iterable<AuditedRecord>): QuestionGroup[] {
  const groups = new QuestionGroups();
  for (const record of records) groups.add(record);
  return groups.groups();
}

function draftOf(record: AuditedRecord): Draft {
  const places = namedPlaces(record);
  const listed = LISTING_TYPES.includes(record.question_type)
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
  // Left or right: the text says what may be answered, so that knowing the answers in use gives nothing away.
  const answers = [...new Set(drafts.map(({ truth }) => truth))].sort();
  const questions = drafts.map((draft) => ({ ...draft, candidates: draft.candidates ?? answers, value: Number.NaN }));
  return { type, kind: "choice", listing: lettered ? "options" : unlisted ? "answers" : "text", questions };
}
