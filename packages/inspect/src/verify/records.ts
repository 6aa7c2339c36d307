import { join } from "node:path";
import { physicalRoomOf, type Question, type Reject, validateQuestion, validateReject } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { readSplits } from "@vsi/geometry/node";
import { questionId } from "@vsi/questions";
import { REJECTS_FILE, splitFile } from "../datasetFolder.ts";
import type { FoundCounts } from "./checkManifest.ts";
import { type Place, problemOf, type ReportProblem, TAKE_AGAIN } from "./problem.ts";
import { recomputeAnswer } from "./recompute/answer.ts";
import { EvidenceError, fillPlaces, type Recomputed } from "./recompute/recompute.ts";
import type { VerifiedScene, VerifySettings } from "./scene.ts";

/** Doubles from another order of the same sums differ by less; nothing a person could measure does. */
const TOLERANCE = 1e-9;

const QUESTION_ADVICE =
  "The record does not follow from its scene: take both again from where the dataset came from, or build it again.";

/** Checks what a record says of itself: its id, its protocol, its type. */
export function checkIdentity(
  question: Question,
  settings: VerifySettings | null,
  place: Place,
  report: ReportProblem,
): void {
  const compare = comparison(place, report);
  compare("id", question.id, questionId(question));
  if (settings === null) return;
  compare("protocol", question.protocol, settings.protocol.name);
  if (!settings.types.includes(question.question_type)) {
    compare("type", question.question_type, `one of the manifest's types: ${settings.types.join(", ")}`);
  }
}

/** Recomputes a record from its scene and compares every field with it: text, answer, evidence, options, frames. */
export function checkQuestion(
  question: Question,
  scene: VerifiedScene,
  settings: VerifySettings,
  place: Place,
  report: ReportProblem,
): void {
  const compare = comparison(place, report);
  const { evidence } = question;
  compare("dataset", question.dataset, scene.facts.dataset);
  compare("frames", question.frames, scene.frames?.map(({ name }) => name) ?? []);
  const template = settings.protocol.templates[question.question_type];
  if (template === undefined) return; // checkIdentity has named the type.
  let answer: Recomputed;
  try {
    answer = recomputeAnswer(question, scene, settings);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    report({ code: "evidence", ...place, got: error.got, expected: error.expected, advice: QUESTION_ADVICE });
    return;
  }
  compare("text", question.question, fillPlaces(template, answer.words));
  compare("answer", question.ground_truth, answer.ground_truth);
  compare("evidence-objects", evidence.object_ids, answer.object_ids);
  compareNumber("evidence-value", evidence.value, answer.value, compare);
  compare("evidence-unit", evidence.unit, answer.unit);
  compareNumber("evidence-margin", evidence.margin, answer.margin, compare);
  compare("evidence-frames", evidence.frames, framesOf(answer, scene));
  if (question.question_type !== "route_planning") compare("evidence-route", evidence.route, null);
  checkOptions(question, answer, settings, compare);
}

type Compare = (code: string, got: unknown, expected: unknown) => void;

function comparison(place: Place, report: ReportProblem): Compare {
  return (code, got, expected) => {
    const [gotText, expectedText] = [JSON.stringify(got), JSON.stringify(expected)];
    if (gotText !== expectedText) {
      report({ code, ...place, got: gotText, expected: expectedText, advice: QUESTION_ADVICE });
    }
  };
}

function compareNumber(code: string, got: number | null, expected: number | null, compare: Compare): void {
  const isSame =
    got !== null && expected !== null && Math.abs(got - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
  if (!isSame) compare(code, got, expected);
}

/** Where the definition names no frames, those that show an object; of a question about none, all. */
function framesOf({ frames, object_ids }: Recomputed, scene: VerifiedScene): string[] | null {
  if (scene.frames === null) return null;
  const resting =
    frames ?? scene.frames.filter(({ seen }) => object_ids.length === 0 || object_ids.some((id) => seen.has(id)));
  return resting.map(({ name }) => name);
}

/** The letters count up from A, the texts are different ones that could be the answer, and the answer's letter is given. */
function checkOptions(
  { options, mc_answer }: Question,
  { choices, ground_truth }: Recomputed,
  { protocol }: VerifySettings,
  compare: Compare,
): void {
  if (choices === undefined || !protocol.lettersOptions) {
    compare("options", options, null);
    compare("letter", mc_answer, null);
    return;
  }
  const letterOf = (index: number) => String.fromCharCode("A".charCodeAt(0) + index);
  const texts = (options ?? []).map((option, index) =>
    option.startsWith(`${letterOf(index)}. `) ? option.slice("A. ".length) : null,
  );
  const fits =
    texts.length === choices.count &&
    new Set(texts).size === texts.length &&
    (choices.inOrder
      ? texts.every((text, index) => text === choices.texts[index])
      : texts.every((text) => text !== null && choices.texts.includes(text)));
  if (!fits) {
    const order = choices.inOrder ? "in this order" : "in any order";
    compare(
      "options",
      options,
      `${choices.count} different ones, lettered from A, of, ${order}: ${choices.texts.join(" | ")}`,
    );
  }
  const answer = texts.indexOf(ground_truth);
  compare("letter", mc_answer, answer < 0 ? `the letter of ${ground_truth}` : letterOf(answer));
}

/**
 * Checks every line of rejects.jsonl and counts them into `found`.
 * @returns false when not every line could be counted.
 */
export async function checkRejects(
  folder: string,
  scenes: ReadonlySet<string>,
  found: FoundCounts,
  report: ReportProblem,
): Promise<boolean> {
  let complete = true;
  const place = { file: REJECTS_FILE, line: null, id: null };
  try {
    for await (const { line, record } of readJsonl(join(folder, REJECTS_FILE))) {
      try {
        validateReject(record, { file: REJECTS_FILE, place: `line ${line}` });
        count(record, found);
        const isOfScene = record.question_type !== null;
        if (isOfScene !== scenes.has(record.scene_name)) {
          const got = `${record.scene_name}, which is ${isOfScene ? "not " : ""}in scenes/`;
          const expected = isOfScene ? "a scan that was read" : "a scan that was left out";
          report({ code: "reject-scene", ...place, line, got, expected, advice: TAKE_AGAIN });
        }
      } catch (error) {
        complete = false;
        report(problemOf(error, { ...place, line }));
      }
    }
  } catch (error) {
    complete = false;
    report(
      problemOf(error, place, "The lines after it were not checked. Take the file again from where it came from."),
    );
  }
  return complete;
}

function count({ code, question_type }: Reject, found: FoundCounts): void {
  found.rejects[code] = (found.rejects[code] ?? 0) + 1;
  if (question_type === null) found.scansSkipped[code] = (found.scansSkipped[code] ?? 0) + 1;
}

/** A split's questions that have their form; what has not is reported, and `onBad` is called. */
export async function* readQuestions(
  folder: string,
  split: string,
  report: ReportProblem,
  onBad: () => void,
): AsyncGenerator<QuestionLine, void> {
  const file = splitFile(split);
  try {
    for await (const { line, record } of readJsonl(join(folder, file))) {
      try {
        validateQuestion(record, { file, place: `line ${line}` });
      } catch (error) {
        onBad();
        report(problemOf(error, { file, line, id: idOf(record) }));
        continue;
      }
      yield { line, question: record };
    }
  } catch (error) {
    onBad();
    const advice = "The lines after it were not checked. Take the file again from where it came from.";
    report(problemOf(error, { file, line: null, id: null }, advice));
  }
}

function idOf(record: unknown): string | null {
  const id = (record as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id : null;
}

/** A question and where it stands. */
export interface QuestionLine {
  line: number;
  question: Question;
}

/** Questions about one scene. */
interface SceneQuestions {
  sceneName: string;
  questions: QuestionLine[];
}

/**
 * Groups questions by scene as they come: in a file in the order of its scenes, as builds write it, one scene's questions
 * are in memory at a time. Those of a scene that comes again are held back and given at the end.
 */
export async function* questionsByScene(lines: AsyncIterable<QuestionLine>): AsyncGenerator<SceneQuestions, void> {
  const begun = new Set<string>();
  const heldBack = new Map<string, QuestionLine[]>();
  let current = null as SceneQuestions | null;
  for await (const line of lines) {
    const { scene_name: sceneName } = line.question;
    if (current?.sceneName === sceneName) {
      current.questions.push(line);
    } else if (begun.has(sceneName)) {
      const held = heldBack.get(sceneName);
      if (held) held.push(line);
      else heldBack.set(sceneName, [line]);
    } else {
      if (current !== null) yield current;
      begun.add(sceneName);
      current = { sceneName, questions: [line] };
    }
  }
  if (current !== null) yield current;
  for (const [sceneName, questions] of heldBack) yield { sceneName, questions };
}

const SPLIT_ADVICE = "Do not train on this dataset; take it again from where it came from, or build it again.";

/** Datasets of which only VSI-Bench's published test rooms can be read: all of their scenes are for evaluation. */
const EVALUATION_ONLY: readonly string[] = ["arkitscenes", "scannetpp"];

/** Checks, scene by scene, that no physical room is in two splits and none that models are evaluated on is in train. */
type CheckRoom = (scene: { dataset: string; sceneName: string; split: string }, place: Place) => void;

/** All of VSI-Bench's ScanNet rooms stand in ScanNet's own val list; its test list has no annotation to learn from. */
export async function roomSplits(report: ReportProblem): Promise<CheckRoom> {
  const listOfRoom = await readSplits();
  const splitOfRoom = new Map<string, string>();
  return ({ dataset, sceneName, split }, place) => {
    const room = physicalRoomOf(sceneName);
    const other = splitOfRoom.get(room) ?? split;
    splitOfRoom.set(room, other);
    if (other !== split) {
      const got = `${room} in ${split}`;
      report({
        code: "room-in-two-splits",
        ...place,
        got,
        expected: `all of it in ${other}, as before`,
        advice: SPLIT_ADVICE,
      });
    }
    const list = EVALUATION_ONLY.includes(dataset) ? "test" : (listOfRoom.get(room) ?? "train");
    if (split === "train" && list !== "train") {
      const got = `${room} in train`;
      const expected = `rooms that no model is evaluated on: ${room} is of ${dataset}'s ${list} rooms`;
      report({ code: "test-room-in-train", ...place, got, expected, advice: SPLIT_ADVICE });
    }
  };
}
