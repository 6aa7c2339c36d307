import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { seededNumbers } from "../../src/data/seededNumbers.ts";

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
