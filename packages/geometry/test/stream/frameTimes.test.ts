import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { frameTimes } from "../../src/stream/frameTimes.ts";

const framesAt = (times: readonly (number | null)[]) => times.map((timeColor, index) => ({ index, timeColor }));
const byNumber = (count: number) => Array.from({ length: count }, (_, index) => index / 30);

describe("frameTimes", () => {
  test("microseconds of a steady clock become seconds since the first frame, wherever the clock started", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e15 }),
        fc.array(fc.integer({ min: 5_000, max: 200_000 }), { minLength: 1, maxLength: 50 }),
        (start, gaps) => {
          const times = [start];
          for (const gap of gaps) times.push(times[times.length - 1] + gap);
          const expected = times.map((time) => (time - start) / 1e6);
          expect([...frameTimes(framesAt(times))]).toEqual(expected);
        },
      ),
    );
  });

  test("a dropped second of frames keeps its length", () => {
    const times = [...Array(60).keys()].map((index) => index * 33_333 + (index >= 30 ? 1_000_000 : 0));
    expect(frameTimes(framesAt(times))[30]).toBeCloseTo(1.99999, 5);
  });

  test.each([
    ["all 0", [0, 0, 0, 0]],
    ["one 0 among good ones", [33_333, 66_666, 0, 133_333]],
    ["a repeated time", [33_333, 66_666, 66_666, 133_333]],
    ["a clock that goes back", [133_333, 100_000, 66_666, 33_333]],
    ["random", [9e18, 17, 3e12, 4e9]],
    ["random yet increasing", [17, 4e9, 3e12, 9e18]],
    ["a start of 0 before the clock's real time", [0, 1.6e15, 1.6e15 + 33_333, 1.6e15 + 66_666]],
    ["milliseconds", [0, 33, 66, 100]],
    ["nanoseconds", [0, 33_333_333, 66_666_666, 100_000_000]],
    ["no time at all", [null, null, null, null]],
    ["one missing", [0, 33_333, null, 100_000]],
    ["not a number", [0, 33_333, Number.NaN, 100_000]],
  ])("%s: 30 frames a second", (_, times) => {
    expect([...frameTimes(framesAt(times))]).toEqual(byNumber(4));
  });

  test("without times the frames' numbers count, from the first there is", () => {
    const frames = [20, 50, 110].map((index) => ({ index, timeColor: null }));
    expect([...frameTimes(frames)]).toEqual([0, 1, 3]);
  });

  test("no frame and one frame", () => {
    expect([...frameTimes([])]).toEqual([]);
    expect([...frameTimes(framesAt([9e18]))]).toEqual([0]);
    expect([...frameTimes(framesAt([null]))]).toEqual([0]);
  });
});
