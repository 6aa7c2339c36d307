import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { chooseFrames } from "../../src/data/chooseFrames.ts";

const frameLists = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 200 });

test("as many as asked for, in order, none twice, the ends among them", () => {
  fc.assert(
    fc.property(frameLists, fc.integer({ min: 1, max: 250 }), (frames, count) => {
      const chosen = chooseFrames(frames, count);
      expect(chosen).toHaveLength(Math.min(count, frames.length));
      const places = chosen.map((frame) => frames.indexOf(frame));
      expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
      if (count > 1) expect([places[0], places.at(-1)]).toEqual([0, frames.length - 1]);
    }),
  );
});

test("evenly: no gap is more than one frame longer than another", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 2, max: 300 }), (length, count) => {
      const chosen = chooseFrames(
        Array.from({ length }, (_, index) => String(index)),
        count,
      ).map(Number);
      const gaps = chosen.slice(1).map((place, index) => place - chosen[index]!);
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }),
  );
});

test("one frame is the middle one", () => {
  expect(chooseFrames(["a", "b", "c"], 1)).toEqual(["b"]);
});
