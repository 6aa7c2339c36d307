import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { overCommon, type Thinnable, thinnedCounts } from "../../src/balance/thin.ts";

/** VSI-Bench's mean relative accuracy by its paper's formula: the share of thresholds with |a - t| / t < 1 - threshold. */
function accuracy(answer: number, truth: number): number {
  let passed = 0;
  for (let step = 0; step < 10; step += 1) {
    const threshold = 0.5 + 0.05 * step;
    if (Math.abs(answer - truth) / truth <= 1 - threshold + 1e-9) passed += 1;
  }
  return passed / 10;
}

/** What every answer scores: of the numbers that occur and every whole number between them. */
function constants(truths: readonly number[]): { answer: number; score: number }[] {
  const [least, most] = [Math.min(...truths), Math.max(...truths)];
  const answers = [...truths, ...Array.from({ length: most - least + 1 }, (_, step) => least + step)];
  return answers.map((answer) => {
    return { answer, score: truths.reduce((sum, truth) => sum + accuracy(answer, truth), 0) / truths.length };
  });
}

const bestConstant = (truths: readonly number[]) =>
  truths.length === 0 ? 0 : Math.max(...constants(truths).map(({ score }) => score));

const repeated = (stay: ReadonlyMap<number, number>) =>
  [...stay].flatMap(([truth, count]) => Array<number>(count).fill(truth));

const counts = fc.array(fc.integer({ min: 2, max: 12 }), { maxLength: 40 });
const sizes = fc.array(fc.integer({ min: 20, max: 240 }), { maxLength: 24 });
const limit = fc.constantFrom(0.35, 0.45, 0.5, 0.62);

describe.each([
  ["counts", counts],
  ["centimetres", sizes],
])("thinnedCounts of %s", (_, truths) => {
  test("no whole number scores more than the limit on what stays, but where all that it scores well on is rare", () => {
    fc.assert(
      fc.property(truths, limit, (truths, most) => {
        const stay = thinnedCounts(truths, most);
        for (const [truth, count] of stay) {
          expect(count).toBeLessThanOrEqual(truths.filter((other) => other === truth).length);
          expect(count).toBeGreaterThan(0);
        }
        const left = repeated(stay);
        const best = bestConstant(left);
        if (best <= most + 1e-9) return;
        const rarest = Math.min(...stay.values());
        const isFlat = ({ answer }: { answer: number }) =>
          [...stay].every(([truth, count]) => accuracy(answer, truth) <= most || count === rarest);
        expect(
          constants(left)
            .filter(({ score }) => score > best - 1e-9)
            .some(isFlat),
        ).toBe(true);
      }),
    );
  });

  test("the last that went had to go: with one of the dropped numbers back, a constant is over the limit", () => {
    fc.assert(
      fc.property(truths, limit, (truths, most) => {
        const left = repeated(thinnedCounts(truths, most));
        const dropped = truths.filter(
          (truth) => left.filter((other) => other === truth).length < truths.filter((other) => other === truth).length,
        );
        if (dropped.length === 0) expect(left).toHaveLength(truths.length);
        else expect(dropped.some((truth) => bestConstant([...left, truth]) > most - 1e-9)).toBe(true);
      }),
    );
  });
});

describe("thinnedCounts", () => {
  test("a spread that no constant does well on stays whole", () => {
    const truths = [2, 4, 8, 16, 32, 64];
    expect(bestConstant(truths)).toBeLessThan(0.45);
    expect(repeated(thinnedCounts(truths, 0.45))).toEqual(truths);
  });

  test("one number alone cannot be made hard, nor numbers that are equally rare: all stay", () => {
    expect([...thinnedCounts([2, 2, 2], 0.9)]).toEqual([[2, 3]]);
    expect(repeated(thinnedCounts([2, 3, 4], 0.3))).toEqual([2, 3, 4]);
  });

  test("where half of the counts are 2, the rare ones all stay, and more than half of the questions", () => {
    const truths = repeated(new Map([2, 3, 4, 5, 6, 7, 8].map((count, place) => [count, Math.ceil(300 / 2 ** place)])));
    expect(bestConstant(truths)).toBeGreaterThan(0.6);
    const left = repeated(thinnedCounts(truths, 0.45));
    expect(left.length / truths.length).toBeGreaterThan(0.5);
    expect(left.filter((truth) => truth >= 5)).toEqual(truths.filter((truth) => truth >= 5));
  });
});

describe("overCommon", () => {
  const question = fc.record({
    words: fc.constantFrom("chair", "table", "door", "lamp"),
    truth: fc.constantFrom(2, 3, 4),
  });
  const questions = fc
    .array(question, { maxLength: 40 })
    .chain((asked) =>
      fc
        .uniqueArray(fc.nat(1e6), { minLength: asked.length, maxLength: asked.length })
        .map((ranks) =>
          asked.map((one, index): Thinnable => ({ ...one, rank: String(ranks[index]).padStart(7, "0") })),
        ),
    );

  test("leaves as many of each number as may stay", () => {
    fc.assert(
      fc.property(questions, limit, (asked, most) => {
        const truths = asked.map(({ truth }) => truth);
        const over = overCommon(asked, most);
        const left = asked.filter((one) => !over.has(one)).map(({ truth }) => truth);
        const numbers = (list: readonly number[]) => [...list].sort((one, other) => one - other);
        expect(numbers(left)).toEqual(numbers(repeated(thinnedCounts(truths, most))));
      }),
    );
  });

  test("of a number, words that give it most often leave first; of the same words, the highest rank", () => {
    fc.assert(
      fc.property(questions, limit, (asked, most) => {
        const over = overCommon(asked, most);
        for (const truth of [2, 3, 4]) {
          const byWords = ["chair", "table", "door", "lamp"].map((words) => {
            const same = asked.filter((one) => one.truth === truth && one.words === words);
            return {
              all: same.length,
              left: same.filter((one) => !over.has(one)),
              gone: same.filter((one) => over.has(one)),
            };
          });
          const most = Math.max(...byWords.map(({ left }) => left.length));
          for (const { left, gone } of byWords) {
            // Where one went, its words had as many as any: at most one more is left elsewhere.
            if (gone.length > 0) expect(left.length).toBeGreaterThanOrEqual(most - 1);
            for (const stays of left) for (const goes of gone) expect(stays.rank < goes.rank).toBe(true);
          }
        }
      }),
    );
  });

  test("whatever the order in which the questions come, the same go", () => {
    fc.assert(
      fc.property(questions, limit, fc.integer(), (asked, most, order) => {
        const other = asked.toSorted(
          (one, two) => ((Number(one.rank) * 7919 + order) % 101) - ((Number(two.rank) * 7919 + order) % 101),
        );
        const gone = (over: ReadonlySet<Thinnable>) => [...over].map(({ rank }) => rank).sort();
        expect(gone(overCommon(other, most))).toEqual(gone(overCommon(asked, most)));
      }),
    );
  });
});
