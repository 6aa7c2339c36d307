import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ReportError } from "../../src/reportError.ts";
import { textTable } from "../../src/table/textTable.ts";
import { nastyText } from "../support/nastyText.ts";

test("lines stand below the head and above the totals only", () => {
  const table = textTable({
    columns: [{ head: "task" }, { head: "questions", align: "right" }],
    rows: [
      ["counting", 1234],
      ["distance", null],
      ["all", 1234],
    ],
    totalsFrom: 2,
  });
  expect(table.split("\n")).toEqual([
    "┌──────────┬───────────┐",
    "│ task     │ questions │",
    "├──────────┼───────────┤",
    "│ counting │     1,234 │",
    "│ distance │         – │",
    "├──────────┼───────────┤",
    "│ all      │     1,234 │",
    "└──────────┴───────────┘",
  ]);
});

test("no rows, totals alone and totals beyond the end", () => {
  const columns = [{ head: "task" }];
  const separators = (text: string) => text.split("\n").filter((line) => line.startsWith("├")).length;
  expect(separators(textTable({ columns, rows: [["a"]], totalsFrom: 0 }))).toBe(1);
  expect(separators(textTable({ columns, rows: [["a"], ["b"]], totalsFrom: 2 }))).toBe(1);
  expect(textTable({ columns, rows: [] })).toContain("task");
});

test("hostile text neither moves the cursor nor adds lines", () => {
  fc.assert(
    fc.property(fc.array(nastyText, { minLength: 1, maxLength: 5 }), (cells) => {
      const lines = textTable({ columns: [{ head: "x" }], rows: cells.map((cell) => [cell]) }).split("\n");
      expect(lines).toHaveLength(cells.length + 4);
      for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test("a row that does not fit is named", () => {
  const wrong = () => textTable({ columns: [{ head: "a" }, { head: "b" }], rows: [["1", "2"], ["1"]] });
  expect(wrong).toThrow(ReportError);
  expect(wrong).toThrow("rows[1]: got 1 entries, expected 2, one for each of columns.");
});
