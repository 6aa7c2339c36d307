import type { QuestionType } from "@vsi/dataset";
import type { AuditQuestion, QuestionGroup } from "../questions/auditQuestion.ts";
import { fairCoinProbability } from "./binomialTest.ts";
import { chiSquareProbability } from "./chiSquareTest.ts";

/** How often each value was right, against what balance would give. */
export interface Balance {
  what: "letter" | "position" | "left and right" | "answer";
  values: { value: string; count: number; expected: number }[];
  test: "chi-square" | "exact binomial";
  /** How likely luck alone is at least as uneven; questions are taken for independent. */
  probability: number;
}

/** The types whose answers are directions. */
const DIRECTED_TYPES: readonly QuestionType[] = [
  "object_rel_direction_easy",
  "object_rel_direction_medium",
  "object_rel_direction_hard",
  "camera_movement_direction",
  "route_planning",
];

/** The balances that a group's answers can be held to: the right option's letter or place, left and right, and the answers themselves. */
export function balancesOf({ type, kind, listing, questions }: QuestionGroup): Balance[] {
  if (kind === "number") return [];
  const balances: Balance[] = [];
  if (listing !== "answers") balances.push(positionBalance(questions, listing === "options" ? "letter" : "position"));
  if (DIRECTED_TYPES.includes(type)) balances.push(sideBalance(questions));
  const answers = [...(questions[0]?.candidates ?? [])].sort();
  const isClosed = questions.every(({ candidates }) => [...candidates].sort().join("\n") === answers.join("\n"));
  if (isClosed && answers.length > 2) {
    const counts = answers.map((answer) => questions.filter(({ truth }) => truth === answer).length);
    balances.push(
      evenBalance("answer", answers, counts, Array(answers.length).fill(questions.length / answers.length)),
    );
  }
  return balances;
}

function positionBalance(questions: readonly AuditQuestion[], what: "letter" | "position"): Balance {
  const length = questions.reduce((longest, { candidates }) => Math.max(longest, candidates.length), 0);
  const counts = new Array<number>(length).fill(0);
  const expected = new Array<number>(length).fill(0);
  for (const { candidates, truth } of questions) {
    const right = candidates.indexOf(truth);
    if (right >= 0) counts[right]! += 1;
    for (let place = 0; place < candidates.length; place++) expected[place]! += 1 / candidates.length;
  }
  const names = counts.map((_, place) => (what === "letter" ? String.fromCharCode(65 + place) : String(place + 1)));
  return evenBalance(what, names, counts, expected);
}

function evenBalance(
  what: Balance["what"],
  names: readonly string[],
  counts: readonly number[],
  expected: readonly number[],
): Balance {
  const statistic = counts.reduce((sum, count, index) => sum + (count - expected[index]!) ** 2 / expected[index]!, 0);
  return {
    what,
    values: names.map((value, index) => ({ value, count: counts[index]!, expected: expected[index]! })),
    test: "chi-square",
    probability: chiSquareProbability(statistic, names.length - 1),
  };
}

/** The words "left" and "right" in the right answers; "front-left" has one, and a route has one for each turn. */
function sideBalance(questions: readonly AuditQuestion[]): Balance {
  const words = questions.flatMap(({ truth }) => truth.toLowerCase().match(/left|right/g) ?? []);
  const left = words.filter((word) => word === "left").length;
  const right = words.length - left;
  const expected = words.length / 2;
  return {
    what: "left and right",
    values: [
      { value: "left", count: left, expected },
      { value: "right", count: right, expected },
    ],
    test: "exact binomial",
    probability: fairCoinProbability(left, words.length),
  };
}
