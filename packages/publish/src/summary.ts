import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type DatasetSplit, QUESTION_TYPES, type Question, type QuestionType, type StatedRoom } from "@vsi/dataset";
import { roomOfScene } from "@vsi/dataset/internal";
import { readJsonl } from "@vsi/dataset/node";

/** As many as a reader looks at. */
const EXAMPLES_A_TYPE = 3;

/** What a split's file holds. */
interface SplitSummary {
  split: DatasetSplit;
  questions: number;
  /** Of data/<split>.jsonl. */
  bytes: number;
  scenes: number;
  /** Physical rooms: a room may have been scanned several times. */
  rooms: number;
}

/** What all splits together hold of a question type. */
export interface TypeSummary {
  type: QuestionType;
  questions: Partial<Record<DatasetSplit, number>>;
  /** How often each ground_truth stands. */
  answers: Map<string, number>;
  /** How often each letter is right; empty without options. */
  letters: Map<string, number>;
  unit: Question["evidence"]["unit"];
  /** The questions with the smallest ids: a hash decides, nobody picked them. */
  examples: Question[];
}

/** What the questions of a dataset folder come to. */
export interface QuestionsSummary {
  splits: SplitSummary[];
  /** Physical rooms that stand in more than one split. */
  sharedRooms: number;
  /** Scenes whose questions show frames without poses. */
  unposedScenes: number;
  /** Scenes with questions, by the questions' `dataset`. */
  scenesByDataset: Map<string, number>;
  /** In the order of QUESTION_TYPES; only types with questions. */
  types: TypeSummary[];
}

/**
 * Reads a dataset folder's questions once. Memory holds counts, a few examples and the scenes' names, never the
 * questions.
 *
 * @param splits whose data/<split>.jsonl are there.
 * @param stated what the scenes say of their physical rooms.
 * @throws DatasetError as in readJsonl.
 */
export async function summarizeQuestions(
  folder: string,
  splits: readonly DatasetSplit[],
  stated: ReadonlyMap<string, StatedRoom>,
): Promise<QuestionsSummary> {
  const roomOf = (scene: string): string => roomOfScene(scene, stated.get(scene) ?? {});
  const types = new Map<QuestionType, TypeSummary>();
  const splitsOfRoom = new Map<string, Set<DatasetSplit>>();
  const scenesByDataset = new Map<string, Set<string>>();
  const summaries: SplitSummary[] = [];
  let unposedScenes = 0;
  for (const split of splits) {
    const path = join(folder, "data", `${split}.jsonl`);
    const scenes = new Set<string>();
    let questions = 0;
    for await (const { record } of readJsonl(path)) {
      const question = record as Question;
      questions += 1;
      countQuestion(summaryOf(types, question), split, question);
      if (scenes.has(question.scene_name)) continue;
      scenes.add(question.scene_name);
      // With poses it would be known which frames show what the answer rests on.
      if (question.frames.length > 0 && question.evidence.frames === null) unposedScenes += 1;
      entryOf(scenesByDataset, question.dataset).add(question.scene_name);
      entryOf(splitsOfRoom, roomOf(question.scene_name)).add(split);
    }
    const rooms = new Set([...scenes].map(roomOf)).size;
    summaries.push({ split, questions, bytes: (await stat(path)).size, scenes: scenes.size, rooms });
  }
  return {
    splits: summaries,
    unposedScenes,
    sharedRooms: [...splitsOfRoom.values()].filter(({ size }) => size > 1).length,
    scenesByDataset: new Map([...scenesByDataset].sort().map(([dataset, scenes]) => [dataset, scenes.size])),
    types: QUESTION_TYPES.map((type) => types.get(type)).filter((summary) => summary !== undefined),
  };
}

/** Questions of a type over all splits. */
export function questionsOf(summary: TypeSummary): number {
  return Object.values(summary.questions).reduce((sum, count) => sum + count, 0);
}

function summaryOf(types: Map<QuestionType, TypeSummary>, question: Question): TypeSummary {
  const type = question.question_type;
  const { unit } = question.evidence;
  const known = types.get(type) ?? { type, questions: {}, answers: new Map(), letters: new Map(), unit, examples: [] };
  types.set(type, known);
  return known;
}

function countQuestion(summary: TypeSummary, split: DatasetSplit, question: Question): void {
  summary.questions[split] = (summary.questions[split] ?? 0) + 1;
  countIn(summary.answers, question.ground_truth);
  if (question.mc_answer !== null) countIn(summary.letters, question.mc_answer);
  const last = summary.examples[EXAMPLES_A_TYPE - 1];
  if (last !== undefined && last.id <= question.id) return;
  summary.examples.push(question);
  summary.examples.sort((a, b) => (a.id < b.id ? -1 : 1));
  summary.examples.length = Math.min(summary.examples.length, EXAMPLES_A_TYPE);
}

function countIn(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function entryOf<Member>(sets: Map<string, Set<Member>>, key: string): Set<Member> {
  const set = sets.get(key) ?? new Set<Member>();
  sets.set(key, set);
  return set;
}
