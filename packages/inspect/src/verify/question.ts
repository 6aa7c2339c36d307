import type { Question } from "@vsi/dataset";
import { frameNamesOf } from "@vsi/dataset/internal";
import { questionId } from "@vsi/questions";
import { protocolTemplates } from "@vsi/questions/internal";
import type { VerifySettings } from "../folder/manifest.ts";
import type { Place, ReportProblem } from "../folder/problem.ts";
import type { VerifiedScene } from "../folder/scene.ts";
import { recomputeAnswer } from "./recompute/answer.ts";
import { EvidenceError } from "./recompute/evidence.ts";
import { fillPlaces, type Recomputed } from "./recompute/recomputed.ts";
import { checkRules } from "./rules.ts";

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

/** Recomputes a record from its scene and compares every field with it, then asks whether the protocol allows it. */
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
  compare("frames", question.frames, frameNamesOf(scene.facts) ?? []);
  const [template, ...former] = protocolTemplates(settings.protocol, question.question_type);
  if (template === undefined) return; // checkIdentity has named the type.
  let answer: Recomputed;
  try {
    answer = recomputeAnswer(question, scene, settings);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    report({ code: "evidence", ...place, got: error.got, expected: error.expected, advice: QUESTION_ADVICE });
    return;
  }
  // A dataset of an earlier version may have its wording.
  const isFormer = former.some((words) => fillPlaces(words, answer.words) === question.question);
  if (!isFormer) compare("text", question.question, fillPlaces(template, answer.words));
  compare("answer", question.ground_truth, answer.ground_truth);
  compare("evidence-objects", evidence.object_ids, answer.object_ids);
  compareNumber("evidence-value", evidence.value, answer.value, compare);
  compare("evidence-unit", evidence.unit, answer.unit);
  compareNumber("evidence-margin", evidence.margin, answer.margin, compare);
  compare("evidence-frames", evidence.frames, framesOf(answer, scene));
  compare("evidence-route", evidence.route, answer.route ?? null);
  checkOptions(question, answer, settings, compare);
  checkRules(question, answer, scene, settings, place, report);
}

const QUESTION_ADVICE = "The record does not follow from its scene: download both again, or rebuild the dataset.";

type Compare = (code: string, got: unknown, expected: unknown) => void;

function comparison(place: Place, report: ReportProblem): Compare {
  return (code, got, expected) => {
    const [gotText, expectedText] = [JSON.stringify(got), JSON.stringify(expected)];
    if (gotText !== expectedText) {
      report({ code, ...place, got: gotText, expected: expectedText, advice: QUESTION_ADVICE });
    }
  };
}

/** Larger than rounding from another order of summation, smaller than anything measurable. */
const TOLERANCE = 1e-9;

function compareNumber(code: string, got: number | null, expected: number | null, compare: Compare): void {
  const isSame =
    got !== null && expected !== null && Math.abs(got - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
  if (!isSame) compare(code, got, expected);
}

/** Where the definition names no frames: those that show any of the objects, or all for a question about none. */
function framesOf({ frames, object_ids }: Recomputed, scene: VerifiedScene): string[] | null {
  if (scene.frames === null) return null;
  const resting =
    frames ?? scene.frames.filter(({ seen }) => object_ids.length === 0 || object_ids.some((id) => seen.has(id)));
  return resting.map(({ name }) => name);
}

/** Letters must run from A, texts must be distinct possible answers, and the letter must match the answer. */
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
