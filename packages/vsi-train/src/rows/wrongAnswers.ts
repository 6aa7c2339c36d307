import { type Question, type QuestionType, questionTypeRow } from "@vsi/dataset";
import { at, checkArguments, fields, INTEGER, orNull, seededNumbers, TEXT, TEXTS } from "@vsi/dataset/internal";
import { parseQuestion, QueryError } from "@vsi/questions";

const NUMBER = /^\d+(\.\d+)?$/;

const QUESTION = fields({ id: TEXT, question_type: TEXT, question: TEXT, ground_truth: TEXT, options: orNull(TEXTS) });

/**
 * A plausible wrong answer made from the right one, for DPO: a near number (see wrongNumber), or another of the words
 * that the question offers. The paper (Liao et al., arXiv 2504.00883) says only that it is made from the right one.
 *
 * @returns null when the question offers no other answer.
 *
 * @example
 * ```js
 * import { wrongAnswer } from "vsi-train";
 *
 * const words = { id: "a", question: "Is the box to the left or the right of the bed?", options: null };
 * console.log(wrongAnswer({ ...words, question_type: "object_rel_direction_easy", ground_truth: "left" }, 0)); // right
 * ```
 */
export function wrongAnswer(
  question: Pick<Question, "id" | "question_type" | "question" | "ground_truth" | "options">,
  seed: number,
): string | null {
  checkArguments("wrongAnswer", { question: [question, QUESTION], seed: [seed, INTEGER] });
  const draws = seededNumbers(seed, `wrong answer\n${question.id}`);
  const [side, place] = [at(draws, 0), at(draws, 1)];
  if (question.options === null && NUMBER.test(question.ground_truth)) {
    return wrongNumber(question.ground_truth, side, place);
  }
  const others = otherAnswers(question);
  return others[Math.floor(place * others.length)] ?? null;
}

/**
 * The wrong answers that a question answered with words offers, in its own order: its other options, the other
 * directions, or the other objects it lists. Empty when it offers none.
 */
export function otherAnswers(
  question: Pick<Question, "question_type" | "question" | "ground_truth" | "options">,
): string[] {
  const offered =
    question.options?.map((option) => option.replace(/^[A-Z]\. /, "")) ??
    directionWords(question.question_type) ??
    listedObjects(question.question);
  return offered.filter((word) => word !== question.ground_truth);
}

/** The words a direction is answered with where no options are listed; null for any other type. */
function directionWords(type: QuestionType): readonly string[] | null {
  const { answer, words } = questionTypeRow(type);
  return answer === "direction" ? words : null;
}

function listedObjects(text: string): readonly string[] {
  try {
    const query = parseQuestion(text);
    return query.question_type === "object_rel_distance" ? query.choices : [];
  } catch (error) {
    if (error instanceof QueryError) return [];
    throw error;
  }
}

/**
 * A near but wrong number with as many decimals as the right one: 0.5 to 0.8 or 1.25 to 2 times as large, drawn evenly
 * from the numbers that can be written so. Near, because a wrong answer that is absurd teaches nothing; never within
 * 10 %, because measured truths are not exact. Where rounding leaves no smaller one it is a larger one (1 has no
 * smaller count), and 0 has one step up.
 *
 * @param truth digits, with or without a decimal point: "3", "6.1".
 * @param side, place two numbers over 0 to under 1 that decide.
 */
export function wrongNumber(truth: string, side: number, place: number): string {
  const decimals = truth.split(".")[1]?.length ?? 0;
  // In steps of the last decimal everything is a whole number, and no bound is missed by a rounding error.
  const steps = Number(truth.replace(".", ""));
  const smaller = { first: Math.ceil(steps / 2), last: Math.floor((steps * 4) / 5) };
  const larger = { first: Math.max(Math.ceil((steps * 5) / 4), 1), last: Math.max(steps * 2, 1) };
  const { first, last } = side < 1 / 2 && smaller.first <= smaller.last && smaller.first > 0 ? smaller : larger;
  const drawn = first + Math.floor(place * (last - first + 1));
  return (drawn / 10 ** decimals).toFixed(decimals);
}
