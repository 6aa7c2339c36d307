import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { CHI_SQUARE_999, chiSquare } from "@vsi/testing/chiSquare";
import { testStream } from "@vsi/testing/stream";
import fc from "fast-check";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import {
  balancedSequence,
  drawWithoutRepetition,
  placedAmong,
  randomStream,
  seededNumbers,
  shuffled,
} from "../src/random.ts";

describe("randomStream", () => {
  const first = (names: (string | number)[]) => {
    const stream = randomStream(names);
    return Array.from({ length: 5 }, () => stream.next());
  };

  test("the state is the documented hash, computed here by node:crypto", () => {
    const digest = createHash("sha256").update("7\nscannet\nscene0000_00\nKüche").digest();
    const expected = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32BE(offset)));
    expect(first([7, "scannet", "scene0000_00", "Küche"])).toEqual(Array.from({ length: 5 }, () => expected.next()));
  });

  test("names that differ give streams that differ; the same names give the same", () => {
    const streams = [[0, "a"], [1, "a"], [0, "b"], [0, "a", 0], [0, "a", 1], []].map(first);
    expect(new Set(streams.map(String)).size).toBe(streams.length);
    expect(first([0, "a"])).toEqual(streams[0]);
  });
});

describe("seededNumbers", () => {
  test("eight numbers over 0 to under 1, the same for the same seed and name, others for others", () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (seed, name) => {
        const numbers = seededNumbers(seed, name);
        expect(numbers).toHaveLength(8);
        expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
        expect(seededNumbers(seed, name)).toEqual(numbers);
        expect(seededNumbers(seed + 1, name)).not.toEqual(numbers);
        expect(seededNumbers(seed, `${name}.`)).not.toEqual(numbers);
      }),
    );
  });

  test("evenly spread: each tenth of the line gets its share of 8,000 numbers", () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (let name = 0; name < 1000; name++) {
      for (const number of seededNumbers(7, String(name))) counts[Math.floor(number * 10)]!++;
    }
    // 800 expected, standard deviation 27: five of them.
    for (const count of counts) expect(Math.abs(count - 800)).toBeLessThan(135);
  });

  test("are the words of the documented hash, computed here by node:crypto", () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ unit: "binary" }), (seed, name) => {
        const digest = createHash("sha256").update(`${seed}\n${name}`).digest();
        const words = Array.from({ length: 8 }, (_, word) => digest.readUInt32BE(word * 4) / 2 ** 32);
        expect(seededNumbers(seed, name)).toEqual(words);
      }),
    );
  });
});

describe("drawWithoutRepetition", () => {
  test("every integer comes once", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(200), (seed, count) => {
        const drawn = [...drawWithoutRepetition(testStream(seed), count)];
        expect(drawn.sort((one, other) => one - other)).toEqual([...Array(count).keys()]);
      }),
    );
  });

  test("all 24 orders of four are equally likely", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = [...drawWithoutRepetition(testStream(seed), 4)].join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(CHI_SQUARE_999[23]!);
  });

  test("a few from as many as a double can count, each other than the ones before", () => {
    const draws = drawWithoutRepetition(testStream(1), Number.MAX_SAFE_INTEGER);
    const drawn = Array.from({ length: 1000 }, () => draws.next().value as number);
    expect(new Set(drawn).size).toBe(1000);
    expect(drawn.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
    expect(Math.max(...drawn)).toBeGreaterThan(2 ** 52);
  });
});

describe("shuffled", () => {
  test("the same values in another order, the given list untouched", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (values, seed) => {
        const before = [...values];
        const result = shuffled(testStream(seed), values);
        expect(values).toEqual(before);
        expect([...result].sort()).toEqual(before.sort());
      }),
    );
  });

  test("the order changes with the stream", () => {
    const orders = [0, 1, 2, 3, 4, 5].map((seed) => shuffled(testStream(seed), [1, 2, 3, 4, 5]).join());
    expect(new Set(orders).size).toBeGreaterThan(3);
  });
});

describe("balancedSequence", () => {
  test("each block of four holds each of four values once", () => {
    const sequence = balancedSequence(testStream(0), ["a", "b", "c", "d"]);
    for (let block = 0; block < 50; block++) {
      const values = Array.from({ length: 4 }, () => sequence.next().value);
      expect(values.sort()).toEqual(["a", "b", "c", "d"]);
    }
  });

  test("at each place of the sequence each value is equally likely", () => {
    const counts = Array.from({ length: 6 }, () => [0, 0]);
    for (let seed = 0; seed < 2000; seed++) {
      const sequence = balancedSequence(testStream(seed), [0, 1]);
      for (const places of counts) {
        places[sequence.next().value]! += 1;
      }
    }
    for (const places of counts) {
      expect(chiSquare(places)).toBeLessThan(CHI_SQUARE_999[1]!);
    }
  });
});

describe("placedAmong", () => {
  test.each([0, 1, 2, 3])("the answer stands at place %d, the others around it", (place) => {
    const placed = placedAmong(testStream(place), "answer", ["x", "y", "z"], place);
    expect(placed.indexOf("answer")).toBe(place);
    expect([...placed].sort()).toEqual(["answer", "x", "y", "z"]);
  });

  test("the others come in every order, and stay untouched", () => {
    const others = ["x", "y", "z"];
    const orders = Array.from({ length: 200 }, (_, seed) => placedAmong(testStream(seed), "a", others, 1).join());
    expect(new Set(orders).size).toBe(6);
    expect(others).toEqual(["x", "y", "z"]);
  });
});
