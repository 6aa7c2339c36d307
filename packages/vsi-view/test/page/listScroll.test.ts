import { describe, expect, test } from "@jest/globals";
import { listScroll } from "../../src/page/questions/listScroll.ts";

const ROW = 68;

/** The largest of Firefox, which is the lowest of the browsers'. */
const TALLEST = 17_895_697;

describe.each([0, 3, 1000, 220_000, 500_000, 5_000_000])("a list of %d rows", (rows) => {
  const view = 800;
  const { space, listTop, scrollTop } = listScroll(rows * ROW, view);
  const furthest = Math.max(0, space - view);

  test("regression: rows behind the tallest element of a browser could not be scrolled to", () => {
    expect(space).toBeLessThan(TALLEST);
    expect(listTop(0)).toBe(0);
    expect(listTop(furthest)).toBeCloseTo(Math.max(0, rows * ROW - view), 3);
  });

  test("there and back is the same place, and a step of the bar passes no row unseen", () => {
    for (const share of [0, 0.1, 0.5, 0.999, 1]) {
      const place = share * Math.max(0, rows * ROW - view);
      expect(listTop(scrollTop(place))).toBeCloseTo(place, 3);
    }
    expect(listTop(1)).toBeLessThan(ROW);
  });
});

test.each([3, 1000, 220_000])("a list of %d rows moves as the bar does", (rows) => {
  expect(listScroll(rows * ROW, 800)).toMatchObject({ space: rows * ROW });
  expect(listScroll(rows * ROW, 800).listTop(1234)).toBe(1234);
});
