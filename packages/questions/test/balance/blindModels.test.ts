import { describe, expect, test } from "@jest/globals";
import { testStream } from "@vsi/testing/stream";
import fc from "fast-check";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { learnWords, pairMeans, rankOf, type WordExample } from "../../src/balance/blindModels.ts";

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
    const score = learnWords(examples);
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

  test("an answer's words add up, unknown ones count for nothing", () => {
    const score = learnWords(drawnExamples(4));
    expect(score(["a", "f"])).toBeCloseTo(score(["a"]) + score(["f"]), 8);
    expect(score(["f", "never seen"])).toBe(score(["f"]));
    expect(score([])).toBe(0);
  });

  test("of pairs alone is learnt what single words do not tell", () => {
    // "x" is right with "1", "y" with "2": each word alone is right as often as not.
    const examples = Array.from({ length: 200 }, (_, place): WordExample => {
      const target = place % 2 === 0 ? "1" : "2";
      const alternatives = ["x", "y"].map((option) => [option, `${target}\n${option}`]);
      return { alternatives, right: target === "1" ? 0 : 1 };
    });
    const score = learnWords(examples);
    for (const [target, right, wrong] of ["1xy", "2yx"].map((text) => [...text] as [string, string, string])) {
      expect(score([right, `${target}\n${right}`])).toBeGreaterThan(score([wrong, `${target}\n${wrong}`]) + 1);
    }
  });

  test("nothing to learn from: nothing is liked", () => {
    expect(learnWords([])(["a"])).toBe(0);
  });
});

describe("pairMeans", () => {
  const word = fc.constantFrom("a", "b", "c");
  const added = fc.array(fc.tuple(word, word, fc.double({ min: 0, max: 9, noNaN: true })), { maxLength: 30 });

  test("three of the second word's own mean and the pair's values, averaged", () => {
    fc.assert(
      fc.property(added, word, word, (values, first, second) => {
        const means = pairMeans();
        for (const [one, other, value] of values) means.add(one, other, value);
        const own = values.filter(([, other]) => other === second).map(([, , value]) => value);
        const pair = values.filter(([one, other]) => one === first && other === second).map(([, , value]) => value);
        const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
        if (own.length === 0) expect(means.meanOf(first, second)).toBeNull();
        else expect(means.meanOf(first, second)).toBeCloseTo(mean([...pair, ...Array(3).fill(mean(own))]), 8);
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
