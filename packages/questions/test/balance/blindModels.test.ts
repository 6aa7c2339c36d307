import { describe, expect, test } from "@jest/globals";
import { testStream } from "@vsi/testing/stream";
import fc from "fast-check";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { learnWords, Numbers, pairMeans, rankOf, rounded, scoresOf } from "../../src/balance/blindModels.ts";

/** A question in words. */
interface WordExample {
  alternatives: string[][];
  right: number;
}

/** Learns from all of the questions; words that none of them has have no weight. */
function scoreLearnt(examples: readonly WordExample[]): (words: readonly string[]) => number {
  const numbers = new Numbers<string>();
  const [first] = examples;
  const words = Int32Array.from(
    examples.flatMap(({ alternatives }) => alternatives.flat()),
    (word) => numbers.of(word),
  );
  const [answers, wordsPerAnswer] = [first?.alternatives.length ?? 1, first?.alternatives[0]?.length ?? 1];
  const weights = learnWords(
    {
      wordCount: numbers.count,
      answers,
      wordsPerAnswer,
      words,
      questionStep: answers * wordsPerAnswer,
      answerStep: wordsPerAnswer,
      right: Int32Array.from(examples, ({ right }) => right),
    },
    [...examples.keys()],
  );
  return (list) => list.reduce((sum, word) => sum + (weights[numbers.of(word)] ?? 0), 0);
}

/**
 * The weights that make the same loss smallest: the examples' negative log likelihood and half the squared weights, by
 * plain gradient descent over all examples at a time.
 */
function bestWeights(examples: readonly WordExample[]): Map<string, number> {
  const words = [...new Set(examples.flatMap(({ alternatives }) => alternatives.flat()))];
  let weights = new Map(words.map((word) => [word, 0]));
  for (let step = 0; step < 300; step += 1) {
    const gradient = new Map(words.map((word) => [word, weights.get(word)!]));
    for (const { alternatives, right } of examples) {
      const powers = alternatives.map((own) => Math.exp(own.reduce((sum, word) => sum + weights.get(word)!, 0)));
      const total = powers.reduce((sum, power) => sum + power, 0);
      for (const [index, own] of alternatives.entries()) {
        const error = powers[index]! / total - (index === right ? 1 : 0);
        for (const word of own) gradient.set(word, gradient.get(word)! + error);
      }
    }
    weights = new Map(words.map((word) => [word, weights.get(word)! - (2 / examples.length) * gradient.get(word)!]));
  }
  return weights;
}

/** 400 questions with three of six words to choose from; the likelier a word, the farther behind in the alphabet. */
function drawnExamples(seed: number): WordExample[] {
  const stream = testStream(seed);
  return Array.from({ length: 400 }, () => {
    const words = [..."abcdef"];
    const alternatives = [0, 1, 2].map(() => [words.splice(uniformInt(stream, 0, words.length - 1), 1)[0]!]);
    const powers = alternatives.map(([word]) => Math.exp(0.5 * "abcdef".indexOf(word!)));
    const [first, second, third] = powers as [number, number, number];
    const draw = uniformFloat64(stream) * (first + second + third);
    return { alternatives, right: draw < first ? 0 : draw < first + second ? 1 : 2 };
  });
}

describe("learnWords", () => {
  test.each([1, 2, 3])("learns what gradient descent learns of the same examples (%i)", (seed) => {
    const examples = drawnExamples(seed);
    const score = scoreLearnt(examples);
    const best = bestWeights(examples);
    // The same number more for every word changes no choice.
    const centred = (weights: number[]) => weights.map((weight) => weight - weights.reduce((a, b) => a + b) / 6);
    const learnt = centred([..."abcdef"].map((word) => score([word])));
    for (const [place, weight] of centred([..."abcdef"].map((word) => best.get(word)!)).entries()) {
      expect(Math.abs(learnt[place]! - weight)).toBeLessThan(0.1);
    }
    const byScore = [..."abcdef"].sort((one, other) => score([one]) - score([other]));
    expect(byScore).toEqual([..."abcdef"]);
  });

  test("an answer's words add up, and words of examples that were not learnt from count for nothing", () => {
    const words = Int32Array.of(0, 1, 2, 3, 0, 2, 1, 3, 4, 4, 0, 1);
    const steps = { questionStep: 4, answerStep: 2 };
    const examples = { wordCount: 5, answers: 2, wordsPerAnswer: 2, words, ...steps, right: Int32Array.of(0, 1, 0) };
    const weights = learnWords(examples, [0, 1, 0]);
    const [zero, one, two, three, four] = weights as unknown as [number, number, number, number, number];
    expect(four).toBe(0);
    expect(weights.subarray(0, 4).every((weight) => weight !== 0)).toBe(true);
    expect(scoresOf(examples, weights, 0)).toEqual([rounded(zero + one), rounded(two + three)]);
    expect(scoresOf(examples, weights, 2)).toEqual([0, rounded(zero + one)]);
  });

  test("words that a question's answers share are those that are written out for each, to the last bit", () => {
    const known = fc.tuple(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), fc.nat(2));
    const property = fc.property(
      fc.array(known, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 3 }),
      (questions, wordsPerAnswer) => {
        const answers = 3;
        const right = Int32Array.from(questions, ([, answer]) => answer);
        const shared = {
          ...{ wordCount: 10 * answers, answers, wordsPerAnswer, right },
          ...{ words: Int32Array.from(questions.flatMap(([words]) => words.map((word) => word * answers))) },
          ...{ questionStep: 3, answerStep: 0 },
        };
        const perAnswer = (words: readonly number[]) =>
          [0, 1, 2].flatMap((answer) => words.slice(0, wordsPerAnswer).map((word) => word * answers + answer));
        const written = {
          ...shared,
          words: Int32Array.from(questions.flatMap(([words]) => perAnswer(words))),
          ...{ questionStep: answers * wordsPerAnswer, answerStep: wordsPerAnswer },
        };
        const places = [...questions.keys()];
        const weights = learnWords(written, places);
        expect(learnWords(shared, places)).toEqual(weights);
        for (const place of places) expect(scoresOf(shared, weights, place)).toEqual(scoresOf(written, weights, place));
      },
    );
    fc.assert(property);
  });

  test("of pairs alone is learnt what single words do not tell", () => {
    // "x" is right with "1", "y" with "2": each word alone is right as often as not.
    const examples = Array.from({ length: 200 }, (_, place): WordExample => {
      const target = place % 2 === 0 ? "1" : "2";
      const alternatives = ["x", "y"].map((option) => [option, `${target}\n${option}`]);
      return { alternatives, right: target === "1" ? 0 : 1 };
    });
    const score = scoreLearnt(examples);
    for (const [target, right, wrong] of ["1xy", "2yx"].map((text) => [...text] as [string, string, string])) {
      expect(score([right, `${target}\n${right}`])).toBeGreaterThan(score([wrong, `${target}\n${wrong}`]) + 1);
    }
  });

  test("nothing to learn from: nothing is liked", () => {
    expect(scoreLearnt([])(["a"])).toBe(0);
  });
});

describe("pairMeans", () => {
  const word = fc.nat(2);
  const added = fc.array(fc.tuple(word, word, fc.double({ min: 0, max: 9, noNaN: true })), { maxLength: 30 });

  test("three of the second word's own mean and the pair's values, averaged", () => {
    fc.assert(
      fc.property(added, word, word, (values, first, second) => {
        const pairOf = (one: number, other: number) => 3 * one + other;
        const means = pairMeans(9, 3);
        for (const [one, other, value] of values) means.add(pairOf(one, other), other, value);
        const own = values.filter(([, other]) => other === second).map(([, , value]) => value);
        const pair = values.filter(([one, other]) => one === first && other === second).map(([, , value]) => value);
        const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
        const found = means.meanOf(pairOf(first, second), second);
        if (own.length === 0) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(mean([...pair, ...Array(3).fill(mean(own))]), 8);
      }),
    );
  });
});

describe("rankOf", () => {
  test("as a sort would place it, its equals shuffled: every draw gives one of their places, each as often", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }), fc.nat(), (scores, chosen) => {
        const right = chosen % scores.length;
        const sorted = scores.toSorted((one, other) => other - one);
        const places = sorted.flatMap((score, place) => (score === scores[right] ? [place] : []));
        const draws = Array.from({ length: 60 }, (_, step) => rankOf(scores, right, step / 60));
        // 60 can be shared by up to six.
        for (const place of places) expect(draws.filter((rank) => rank === place)).toHaveLength(60 / places.length);
      }),
    );
  });
});
