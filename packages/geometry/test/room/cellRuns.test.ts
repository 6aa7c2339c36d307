import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readCellRuns, writeCellRuns } from "../../src/room/cellRuns.ts";

test("reading gives back any cells that were written", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1 })), (values) => {
      const cells = Uint8Array.from(values);
      expect(readCellRuns(writeCellRuns(cells), cells.length)).toEqual(cells);
    }),
  );
});

test("the first run is of cells that are not walkable", () => {
  expect(writeCellRuns(Uint8Array.of(0, 0, 0, 1, 1, 0))).toBe("3 2 1");
  expect(writeCellRuns(Uint8Array.of(1, 1))).toBe("0 2");
  expect(writeCellRuns(new Uint8Array(0))).toBe("0");
});

test.each(["", "a", "3 2", "3  3", "3 2 2", "-1 7", "1e9 5", "99999999999999999999 1", " 6"])(
  "%j is no list of six cells",
  (runs) => {
    expect(readCellRuns(runs, 6)).toBeNull();
  },
);
