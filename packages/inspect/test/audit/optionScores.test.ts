import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  bestScored,
  commonRank,
  type FitScore,
  meanPlaces,
  pairDistance,
  pairWins,
  precedence,
} from "../../src/audit/optionScores.ts";
import type { AuditQuestion } from "../../src/audit/questions.ts";
import { choiceQuestion } from "../support/auditQuestion.ts";

const LABELS = ["bed", "lamp", "sofa", "tv"];
const label = fc.constantFrom(...LABELS);
const room = fc.constantFrom("r0", "r1", "r2", "r3");

/** "Which is nearest to the target?", asked in a room. */
const nearest = fc
  .record({
    room,
    category: fc.constantFrom("desk", "door"),
    candidates: fc.shuffledSubarray(LABELS, { minLength: 2 }),
  })
  .map(({ category, candidates, ...own }) =>
    choiceQuestion({ ...own, candidates, truth: candidates[0]!, places: { category } }),
  );

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const shrunk = (values: readonly number[], prior: number, weight: number) =>
  (values.reduce((sum, value) => sum + value, 0) + weight * prior) / (values.length + weight);

describe("pairDistance", () => {
  const distance = fc.record({
    a: label,
    b: fc.constantFrom("desk", "door"),
    distance_m: fc.integer({ min: 1, max: 9 }),
  });
  const rooms = fc.array(fc.tuple(room, fc.array(distance, { maxLength: 6 })), { minLength: 2, maxLength: 4 });

  test("is minus the mean of the pair in other rooms of training, shrunk to the option's with weight 3, value by value", () => {
    fc.assert(
      fc.property(rooms, fc.array(nearest, { minLength: 1, maxLength: 6 }), nearest, (drawn, training, asked) => {
        const distances = new Map(drawn);
        const known = [...distances]
          .filter(([own]) => own !== asked.room && training.some((question) => question.room === own))
          .flatMap(([, list]) => list);
        fc.pre(known.length > 0);
        const all = known.flatMap(({ distance_m }) => [distance_m]);
        const score = pairDistance(distances)(training);
        for (const candidate of asked.candidates) {
          const ofOption = known.filter(({ a }) => a === candidate).map(({ distance_m }) => distance_m);
          const ofPair = known
            .filter(({ a, b }) => a === candidate && b === asked.places.category)
            .map(({ distance_m }) => distance_m);
          const expected = -shrunk(ofPair, shrunk(ofOption, mean(all), 3), 3);
          expect(score(asked, candidate, "counted")).toBeCloseTo(expected, 6);
        }
      }),
    );
  });
});

describe("pairWins", () => {
  test("is the share of the pair's wins in other rooms, shrunk to the option's, question by question", () => {
    fc.assert(
      fc.property(fc.array(nearest, { minLength: 1, maxLength: 12 }), nearest, (training, asked) => {
        const others = training.filter((question) => question.room !== asked.room);
        fc.pre(others.length > 0);
        const score = pairWins(training);
        const wins = (questions: readonly AuditQuestion[], candidate: string) =>
          questions
            .filter(({ candidates }) => candidates.includes(candidate))
            .map(({ truth }) => (truth === candidate ? 1 : 0));
        const all = others.flatMap(({ candidates, truth }) => candidates.map((own) => (own === truth ? 1 : 0)));
        for (const candidate of asked.candidates) {
          const ofPair = wins(
            others.filter(({ places }) => places.category === asked.places.category),
            candidate,
          );
          const expected = shrunk(ofPair, shrunk(wins(others, candidate), mean(all), 3), 3);
          expect(score(asked, candidate, "left out")).toBeCloseTo(expected, 6);
        }
      }),
    );
  });

  test("the asked room's own questions count forty times where they are counted", () => {
    const ask = (own: string, truth: string) =>
      choiceQuestion({ room: own, candidates: ["bed", "tv"], truth, places: { category: "desk" } });
    const score = pairWins([ask("here", "tv"), ask("there", "bed"), ask("there", "bed")]);
    const asked = ask("here", "");
    // Of bed: forty lost here, two won there; all candidates' share is a half.
    expect(score(asked, "bed", "counted")).toBeCloseTo((2 + 3 * ((2 + 3 * 0.5) / 45)) / 45, 8);
    expect(score(asked, "bed", "left out")).toBeCloseTo((2 + 3 * ((2 + 3 * 0.5) / 5)) / 5, 8);
    // The room's own questions tip the balance.
    expect(bestScored(pairWins)([ask("here", "tv"), ask("there", "bed"), ask("there", "bed")])(asked)).toBe("tv");
  });
});

const order = (own: string, truth: string, candidates: readonly string[] = []) =>
  choiceQuestion({ room: own, truth, candidates: [...candidates] });

describe("orders of appearance", () => {
  test("mean places: the order of the labels' mean places in other rooms scores highest of all orders", () => {
    const training = [order("r1", "bed, sofa, tv"), order("r2", "bed, tv, lamp"), order("r3", "sofa, tv, lamp")];
    const orders = ["bed, sofa, tv, lamp", "lamp, tv, sofa, bed", "bed, tv, sofa, lamp", "tv, bed, sofa, lamp"];
    const guess = bestScored(meanPlaces)(training);
    expect(guess(order("r9", "", orders.toReversed()))).toBe("bed, sofa, tv, lamp");
  });

  test("precedence: the sum of the pairs' log odds in other rooms, counted pair by pair", () => {
    const training = [
      order("r1", "bed, sofa"),
      order("r2", "bed, sofa"),
      order("r3", "sofa, bed"),
      order("r4", "bed, tv"),
    ];
    const score = precedence(training);
    // Bed before sofa 2 of 3, with one more of either; bed before tv 1 of 1; sofa and tv were never together.
    const expected = Math.log(3 / 2) + Math.log(2 / 1);
    expect(score(order("r9", ""), "bed, sofa, tv", "counted")).toBeCloseTo(expected, 10);
    expect(score(order("r9", ""), "tv, sofa, bed", "counted")).toBeCloseTo(-expected, 10);
    // Without the room's own: 2 of 2.
    expect(score(order("r3", ""), "bed, sofa", "left out")).toBeCloseTo(Math.log(3 / 1), 10);
  });
});

describe("commonRank", () => {
  const byLength: FitScore = () => (_, candidate) => candidate.length;

  test("answers at the rank that was right most often: where the best is never right, the second", () => {
    const candidates = ["aaaa", "bbb", "cc", "d"];
    const training = ["bbb", "bbb", "cc", "d"].map((truth, index) =>
      choiceQuestion({ room: `r${index}`, candidates, truth }),
    );
    const asked = choiceQuestion({ candidates: ["d", "cc", "bbb", "aaaa"], truth: "" });
    expect(bestScored(byLength)(training)(asked)).toBe("aaaa");
    expect(commonRank(byLength)(training)(asked)).toBe("bbb");
    expect(commonRank(byLength)(training)(choiceQuestion({ candidates: ["d"], truth: "" }))).toBe("d");
  });

  test("no question is ranked by its own answer: coins among pairs of each room's own give the best no lead", () => {
    const training = Array.from({ length: 40 }, (_, index) =>
      choiceQuestion({
        room: `r${index}`,
        candidates: ["bed", "tv"],
        truth: index % 2 === 0 ? "bed" : "tv",
        places: { category: `thing ${index}` },
      }),
    );
    // With its own room left out, what was right is always a little less common: the second rank was always right.
    expect(commonRank(pairWins)(training)(choiceQuestion({ room: "r99", candidates: ["bed", "tv"], truth: "" }))).toBe(
      "tv",
    );
  });
});
