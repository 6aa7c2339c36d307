import { expect, test } from "@jest/globals";
import { seededShare } from "../../src/splits/seededShare.ts";

/** FNV-1a and MurmurHash3's finalizer once more, in BigInt arithmetic modulo 2^32. */
function expectedShare(seed: number, name: string): number {
  const modulus = 2n ** 32n;
  let hash = 2166136261n;
  for (const byte of Buffer.from(`${seed}\n${name}`)) {
    hash = ((hash ^ BigInt(byte)) * 16777619n) % modulus;
  }
  hash = ((hash ^ (hash >> 16n)) * 2246822507n) % modulus;
  hash = ((hash ^ (hash >> 13n)) * 3266489909n) % modulus;
  return Number(hash ^ (hash >> 16n)) / Number(modulus);
}

test.each([
  [0, ""],
  [0, "scene0000"],
  [-1, "scene0000"],
  [Number.MAX_SAFE_INTEGER, "Küche 厨房"],
])("seed %d, name %j: the documented hash", (seed, name) => {
  expect(seededShare(seed, name)).toBe(expectedShare(seed, name));
});

test("names that differ in the last digit are spread evenly: chi-square of ten bins under its 0.999 quantile", () => {
  const bins = new Array<number>(10).fill(0);
  for (let room = 0; room < 10_000; room++) {
    bins[Math.floor(10 * seededShare(1, `scene${String(room).padStart(4, "0")}`))]! += 1;
  }
  const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(27.88); // nine degrees of freedom
});
