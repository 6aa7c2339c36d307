import { describe, expect, test } from "@jest/globals";
import { take, trim, withScanMemory } from "../src/scanMemory.ts";

describe("take", () => {
  test("outside withScanMemory gives arrays that share nothing", () => {
    const [first, second] = [take(Float64Array, 4), take(Float64Array, 4)];
    expect([...first, ...second]).toEqual(Array(8).fill(0));
    first.fill(1);
    expect([...second]).toEqual([0, 0, 0, 0]);
  });

  test("within it gives arrays that do not overlap, in the same memory the next time", () => {
    const work = () =>
      withScanMemory(() => {
        const bytes = take(Uint8Array, 3).fill(7);
        const numbers = take(Float64Array, 100).fill(1.5);
        const ids = take(Int32Array, 5).fill(-1);
        expect([...bytes]).toEqual([7, 7, 7]);
        expect(numbers.every((value) => value === 1.5)).toBe(true);
        expect([...ids]).toEqual([-1, -1, -1, -1, -1]);
        return [bytes, numbers, ids].map(({ buffer, byteOffset }) => ({ buffer, byteOffset }));
      });
    // The first time it only learns how much is needed.
    work();
    const [second, third] = [work(), work()];
    expect(new Set(second.map(({ buffer }) => buffer)).size).toBe(1);
    expect(third[0]?.buffer).toBe(second[0]?.buffer);
  });

  test("work within other work shares its memory, and what throws gives it back", () => {
    const nested = () =>
      withScanMemory(() => {
        const outer = take(Int32Array, 8).fill(1);
        withScanMemory(() => take(Int32Array, 8).fill(2));
        return outer.slice();
      });
    nested();
    expect([...nested()]).toEqual(Array(8).fill(1));
    expect(() =>
      withScanMemory(() => {
        throw new Error("broken scan");
      }),
    ).toThrow("broken scan");
    // Not lent any more: arrays are the caller's again.
    expect(take(Int32Array, 2).buffer.byteLength).toBe(8);
  });
});

describe("trim", () => {
  test("cuts what the caller owns to size, and leaves lent arrays where they are", () => {
    expect(trim(take(Int32Array, 10), 2).buffer.byteLength).toBe(8);
    const isShared = withScanMemory(() => {
      const taken = take(Int32Array, 10);
      return trim(taken, 2).buffer === taken.buffer;
    });
    expect(isShared).toBe(true);
  });
});
