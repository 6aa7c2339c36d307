import type { QuestionType } from "@vsi/dataset";
import type { AuditOptions } from "./auditOptions.ts";
import { type Balance, balancesOf } from "./balance/balancesOf.ts";
import type { BaselineName, BaselineRole } from "./baselines/baselinesOf.ts";
import { countBy } from "./baselines/countBy.ts";
import { type BiasedLabel, biasedLabels } from "./bias/biasedLabels.ts";
import { type BiasedQuestion, biasedQuestions } from "./bias/biasedQuestions.ts";
import type { QuestionGroup } from "./questions/auditQuestion.ts";
import { guessGroup } from "./scores/guessGroup.ts";
import { type Judgement, judgeGroup } from "./scores/judgeGroup.ts";
import { type Interval, meanByRoom } from "./scores/meanByRoom.ts";

/** What the audit found in the questions of one type and split. */
export interface TypeAudit extends Judgement {
  type: QuestionType;
  /** "accuracy" for choices, "mean relative accuracy" for numbers; both 0 to 1. */
  measure: "accuracy" | "mean relative accuracy";
  questions: number;
  rooms: number;
  /** Every way to guess with its mean score; chance first, the blind predictor last. Empty for fewer than two rooms. */
  baselines: { name: BaselineName; role: BaselineRole; score: Interval }[];
  balances: Balance[];
  /** How often each answer is right: numbers ascending, words by their count, at most 40 of these. */
  answers: { answer: string; count: number }[];
  biasedLabels: BiasedLabel[];
  biasedQuestions: BiasedQuestion[];
}

/** 40 bars are as many as a page shows; orders of appearance have thousands of answers. */
const MOST_ANSWERS = 40;

/** Looks at the questions of one type: can they be answered without the pictures? */
export function auditGroup(group: QuestionGroup, { seed, limit }: AuditOptions): TypeAudit {
  const { type, kind, questions } = group;
  const rooms = questions.map(({ room }) => room);
  const guessed = guessGroup(group, String(seed));
  return {
    type,
    measure: kind === "number" ? "mean relative accuracy" : "accuracy",
    questions: questions.length,
    rooms: new Set(rooms).size,
    ...judgeGroup(guessed, rooms, limit),
    baselines: guessed.guesses.map(({ name, role, scores }) => ({ name, role, score: meanByRoom(scores, rooms) })),
    balances: balancesOf(group),
    answers: answersOf(group),
    biasedLabels: biasedLabels(group, guessed),
    biasedQuestions: biasedQuestions(group, guessed),
  };
}

function answersOf({ kind, questions }: QuestionGroup): TypeAudit["answers"] {
  const counts = [...countBy(questions.map(({ truth }) => truth))].map(([answer, count]) => ({ answer, count }));
  if (kind === "number") return counts.sort((a, b) => Number(a.answer) - Number(b.answer));
  return counts.sort((a, b) => b.count - a.count || (a.answer < b.answer ? -1 : 1)).slice(0, MOST_ANSWERS);
}
