import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  blindNumbers,
  foldEquations,
  numberFeatures,
  ridgeWeights,
  withoutFold,
} from "../../src/audit/blindNumbers.ts";
import { foldsOf } from "../../src/audit/folds.ts";
import { lot, numberQuestion, sizeGroup } from "../support/auditQuestion.ts";

const ROOMS = 40;
const sizes: Record<string, number> = { bed: 200, chair: 50, lamp: 30, sofa: 180, table: 120 };

function roomFolds({ questions }: ReturnType<typeof sizeGroup>): Uint8Array {
  return foldsOf(
    questions.map(({ room }) => room),
    "0",
  );
}

describe("blindNumbers", () => {
  test("knows what the category tells, to within the penalty", () => {
    const group = sizeGroup(ROOMS, (category) => sizes[category]!);
    const guesses = blindNumbers(group.questions, roomFolds(group));
    for (const [index, { value }] of group.questions.entries())
      expect(Math.abs(guesses[index]! / value - 1)).toBeLessThan(0.1);
    expect(guesses.every(Number.isInteger)).toBe(true);
  });

  test("never sees its own fold's answers: whatever they are, its guesses stay the same", () => {
    const group = sizeGroup(ROOMS, (category, room) => sizes[category]! * (0.5 + lot(room)));
    const folds = roomFolds(group);
    const guesses = blindNumbers(group.questions, folds);
    for (let fold = 0; fold < 5; fold++) {
      const changed = group.questions.map((question, index) =>
        folds[index] === fold ? { ...question, value: 7.77 } : question,
      );
      const others = blindNumbers(changed, folds);
      for (const [index, guess] of guesses.entries()) if (folds[index] === fold) expect(others[index]).toBe(guess);
    }
  });

  test("answers of 0 are guessed at too", () => {
    const group = sizeGroup(ROOMS, (category) => (category === "lamp" ? 0 : 3));
    const guesses = blindNumbers(group.questions, roomFolds(group));
    for (const [index, { value }] of group.questions.entries()) expect(guesses[index]).toBe(value);
  });
});

test("a fold's rows are in its own sums alone, and in none of what is left without it", () => {
  const features = { size: 3, rows: [Uint16Array.of(0, 1), Uint16Array.of(0, 2), Uint16Array.of(0, 1)] };
  const equations = foldEquations(features, [5, 7, 100], Uint8Array.of(0, 1, 4));
  expect([...equations[4]!.products]).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 0]);
  expect([...equations[4]!.targets]).toEqual([100, 100, 0]);
  const { products, targets } = withoutFold(equations, 4);
  expect([...products]).toEqual([2, 1, 1, 1, 1, 0, 1, 0, 1]);
  expect([...targets]).toEqual([12, 5, 7]);
});

const distance = (a: string, b: string, value = 1) => numberQuestion({ places: { a, b }, value });

describe("numberFeatures", () => {
  test("each label in its place, each label, and the pair: in either order the pair and the labels are shared", () => {
    const five = Array.from({ length: 5 });
    const { size, rows } = numberFeatures([
      ...five.map(() => distance("bed", "lamp")),
      ...five.map(() => distance("lamp", "bed")),
    ]);
    // The constant; bed, lamp and the pair; four places.
    expect(size).toBe(8);
    const shared = [...rows[0]!].filter((feature) => rows[5]!.includes(feature));
    expect(rows[0]).toHaveLength(6);
    expect(shared).toHaveLength(4);
    expect(shared).toContain(0);
  });

  test("what fewer than five questions share is left out, and answers change nothing", () => {
    const rare = [distance("bed", "lamp"), distance("sofa", "door")];
    expect(numberFeatures(rare)).toEqual({ size: 1, rows: [Uint16Array.of(0), Uint16Array.of(0)] });
    const questions = Array.from({ length: 20 }, (_, index) =>
      distance("bed", index % 2 === 0 ? "lamp" : "door", index),
    );
    const other = questions.map((question) => ({ ...question, value: 99, truth: "99" }));
    expect(numberFeatures(other)).toEqual(numberFeatures(questions));
  });

  test("a wording that is not known is read word by word", () => {
    const questions = ["big", "small"].flatMap((word) =>
      Array.from({ length: 5 }, () => numberQuestion({ text: `How ${word} is it?`, value: 1 })),
    );
    const { rows } = numberFeatures(questions);
    expect(rows[0]).not.toEqual(rows[5]);
    expect(rows[0]).toHaveLength(2);
  });
});

const SIZE = 4;

describe("ridgeWeights of the rows outside a fold", () => {
  test("no step in any direction lowers the squared error plus penalty, computed row by row", () => {
    const row = fc.record({
      features: fc.subarray([1, 2, 3]),
      target: fc.integer({ min: -5, max: 5 }),
      fold: fc.nat({ max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 25 }), (drawn) => {
        const features = { size: SIZE, rows: drawn.map((own) => Uint16Array.from([0, ...own.features])) };
        const folds = Uint8Array.from(drawn, (own) => own.fold);
        const equations = foldEquations(
          features,
          drawn.map((own) => own.target),
          folds,
        );
        const weights = ridgeWeights(withoutFold(equations, 2));
        const training = drawn.filter((own) => own.fold !== 2);
        const loss = (tried: ArrayLike<number>) =>
          training.reduce((sum, { features: own, target }) => {
            const guess = [0, ...own].reduce((total, feature) => total + tried[feature]!, 0);
            return sum + (guess - target) ** 2;
          }, 0) + [1, 2, 3].reduce((sum, feature) => sum + tried[feature]! ** 2, 0);
        for (let feature = 0; feature < SIZE; feature++) {
          for (const step of [-0.01, 0.01]) {
            const moved = weights.slice();
            moved[feature]! += step;
            expect(loss(moved)).toBeGreaterThanOrEqual(loss(weights) - 1e-7);
          }
        }
      }),
    );
  });
});
