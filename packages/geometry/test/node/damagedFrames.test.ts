import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { GeometryError } from "../../src/errors.ts";
import { DamagedFrames, damageWarning, takeUsable } from "../../src/node/damagedFrames.ts";
import { thrownError } from "../support/thrownError.ts";

const faultOf = (code: string, frame: number, file = "a.sens") =>
  new GeometryError(code, { file, place: `frame ${frame}`, got: "x", expected: "y", advice: "z" });

describe("takeUsable", () => {
  const ask = (indices: number[], chosen: number[], damaged: number[]) =>
    takeUsable(indices, chosen, async (index) => !damaged.includes(index));

  test("the nearest frame takes a damaged one's place, the earlier of two; then the next", async () => {
    const indices = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(await ask(indices, [0, 4, 9], [4])).toEqual([0, 3, 9]);
    expect(await ask(indices, [0, 4, 9], [4, 3])).toEqual([0, 5, 9]);
    expect(await ask(indices, [0, 4, 9], [0, 9])).toEqual([1, 4, 8]);
    expect(await ask([2, 30, 31, 90], [2, 31], [31])).toEqual([2, 30]);
  });

  test("as many as were chosen while there are any; the good ones stay; each frame is asked once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 1, maxLength: 30 }),
        fc.infiniteStream(fc.record({ isChosen: fc.boolean(), isGood: fc.boolean() })),
        async (numbers, kinds) => {
          const indices = numbers.sort((first, second) => first - second);
          const kindOf = new Map(indices.map((index) => [index, kinds.next().value]));
          const chosen = indices.filter((index) => kindOf.get(index)?.isChosen);
          const good = indices.filter((index) => kindOf.get(index)?.isGood);
          const asked: number[] = [];
          const taken = await takeUsable(indices, chosen, async (index) => {
            asked.push(index);
            return good.includes(index);
          });
          expect(taken).toHaveLength(Math.min(chosen.length, good.length));
          expect(taken).toEqual([...new Set(taken)].sort((first, second) => first - second));
          expect(good).toEqual(expect.arrayContaining(taken));
          expect(taken).toEqual(expect.arrayContaining(chosen.filter((index) => good.includes(index))));
          expect(new Set(asked).size).toBe(asked.length);
        },
      ),
    );
  });
});

describe("DamagedFrames", () => {
  test("keeps a frame's first fault; errors of the whole stream are thrown on", async () => {
    const damaged = new DamagedFrames();
    const attempt = (index: number, code: string) => damaged.attempt(index, () => Promise.reject(faultOf(code, index)));
    expect(await attempt(7, "sens-bad-depth")).toBeNull();
    expect(await attempt(7, "sens-bad-color")).toBeNull();
    expect(await attempt(3, "frames-color-truncated")).toBeNull();
    expect(await damaged.attempt(5, async () => "fine")).toBe("fine");
    expect([damaged.count, damaged.has(7), damaged.has(5)]).toEqual([2, true, false]);
    expect(damaged.first?.fault.code).toBe("frames-color-truncated");
    for (const code of ["sens-truncated", "file-unreadable"]) {
      expect((await thrownError(() => attempt(9, code)))?.code).toBe(code);
    }
    expect(damaged.has(9)).toBe(false);
  });

  test("one sentence says how many were left out and why the first one was", () => {
    const damaged = new DamagedFrames();
    expect(damageWarning("a.sens", damaged)).toBeNull();
    damaged.add(7, faultOf("sens-bad-depth", 7));
    expect(damageWarning("a.sens", damaged)).toBe("a.sens: skipped 1 damaged frame: frame 7 (got x, expected y).");
    damaged.add(4, faultOf("frames-bad-color", 4, "color/4.jpg"));
    expect(damageWarning("a.sens", damaged)).toBe(
      "a.sens: skipped 2 damaged frames, the first: frame 4 (color/4.jpg: got x, expected y).",
    );
  });
});
