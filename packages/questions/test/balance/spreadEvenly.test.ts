import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type OptionCells, spreadEvenly } from "../../src/balance/spreadEvenly.ts";

/** How often each cell is taken. */
function counted(questions: readonly (readonly OptionCells[])[], picks: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [question, pick] of picks.entries()) {
    for (const cell of questions[question]![pick]!) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

const squares = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + count * count, 0);

/** Cells of two tables, 0 to 3 and 4 to 6, of which a question's options have one each. */
const option = fc.tuple(fc.nat(3), fc.integer({ min: 4, max: 6 }));
const questions = fc.array(fc.array(option, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 40 });

describe("spreadEvenly", () => {
  test("questions that offer every cell take each as often as the others, in every table at a time", () => {
    const every = [0, 1, 2, 3].flatMap((one) => [4, 5, 6].map((other) => [one, other]));
    fc.assert(
      fc.property(fc.nat(60), (count) => {
        const counts = counted(Array(count).fill(every), spreadEvenly(Array(count).fill(every)));
        for (const cells of [
          [0, 1, 2, 3],
          [4, 5, 6],
        ]) {
          const taken = cells.map((cell) => counts.get(cell) ?? 0);
          expect(taken.reduce((sum, times) => sum + times, 0)).toBe(count);
          expect(Math.max(...taken) - Math.min(...taken)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("what cannot choose is made up for by what can, as far as it goes: water fills the lowest cells", () => {
    const four = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9));
    fc.assert(
      fc.property(four, fc.nat(30), (fixed, free) => {
        const asked = [
          ...Array(free).fill([[0], [1], [2], [3]]),
          ...fixed.flatMap((count, cell) => Array(count).fill([[cell]])),
        ];
        const filled = [...fixed];
        for (let left = free; left > 0; left -= 1) filled[filled.indexOf(Math.min(...filled))]! += 1;
        const taken = counted(asked, spreadEvenly(asked));
        const sorted = (numbers: number[]) => numbers.toSorted((one, other) => one - other);
        expect(sorted([0, 1, 2, 3].map((cell) => taken.get(cell) ?? 0))).toEqual(sorted(filled));
      }),
    );
  });

  test("never less even than picks by chance are on average", () => {
    fc.assert(
      fc.property(questions, (asked) => {
        const picks = spreadEvenly(asked);
        expect(picks).toHaveLength(asked.length);
        for (const [question, pick] of picks.entries()) expect(asked[question]![pick]).toBeDefined();
        // The mean of a squared count is its mean, squared, and its variance.
        const cells = new Map<number, { mean: number; variance: number }>();
        for (const options of asked) {
          for (const cell of new Set(options.flat())) {
            const share = options.filter((offered) => (offered as number[]).includes(cell)).length / options.length;
            const { mean, variance } = cells.get(cell) ?? { mean: 0, variance: 0 };
            cells.set(cell, { mean: mean + share, variance: variance + share * (1 - share) });
          }
        }
        const byChance = [...cells.values()].reduce((sum, { mean, variance }) => sum + mean * mean + variance, 0);
        expect(squares(counted(asked, picks).values())).toBeLessThanOrEqual(byChance + 1e-9);
      }),
    );
  });

  test("what one question may not change, others even out: no single other pick would be more even", () => {
    const singleTable = fc.array(
      fc.uniqueArray(fc.nat(3), { minLength: 1 }).map((cells) => cells.map((cell) => [cell])),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(singleTable, (asked) => {
        const picks = spreadEvenly(asked);
        const reached = squares(counted(asked, picks).values());
        for (const [question, options] of asked.entries()) {
          for (const place of options.keys()) {
            expect(reached).toBeLessThanOrEqual(squares(counted(asked, picks.with(question, place)).values()));
          }
        }
      }),
    );
  });

  test("none asked: none picked", () => {
    expect(spreadEvenly([])).toEqual([]);
  });
});
