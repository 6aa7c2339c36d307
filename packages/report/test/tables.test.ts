import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ReportError } from "../src/errors.ts";
import { csvTable, markdownTable, textTable } from "../src/tables.ts";
import { nastyText } from "./support/nastyText.ts";

/** RFC 4180's grammar as a regular expression: a field, and the comma or line end that closes it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy)) {
    rows.at(-1)!.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

test("a reader written from RFC 4180 gets back every cell", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(nastyText, nastyText), { maxLength: 5 }), nastyText, async (rows, head) => {
      const csv = await csvTable({ columns: [{ head }, { head: "b" }], rows });
      const writable = (cell: string) => cell.replaceAll("\0", "").replace(/\p{Cs}/gu, "\uFFFD");
      const cells = [[head, "b"], ...rows].map((row) => row.map(writable));
      expect(readCsv(csv)).toEqual(cells);
    }),
  );
});

test("numbers are whole, and nothing is an empty field", async () => {
  const csv = await csvTable({
    columns: [{ head: "a" }, { head: "b" }],
    rows: [
      [1 / 3, null],
      [1e21, -0.5],
    ],
  });
  expect(csv).toBe("a,b\r\n0.3333333333333333,\r\n1e+21,-0.5\r\n");
});

test("heads, alignment, numbers and bold totals", () => {
  const markdown = markdownTable({
    columns: [{ head: "task" }, { head: "n", align: "right" }],
    rows: [
      ["object_abs_distance", 1234],
      ["*all*", null],
    ],
    totalsFrom: 1,
  });
  expect(markdown).toBe("| task | n |\n| --- | ---: |\n| object_abs_distance | 1,234 |\n| **\\*all\\*** | **–** |\n");
});

test("no text adds a column, a line or a tag", () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const lines = markdownTable({ columns: [{ head: text }], rows: [[text], [text]], totalsFrom: 1 }).split("\n");
      expect(lines).toHaveLength(5);
      for (const line of lines.slice(0, -1)) {
        // GitHub's rule: a bar divides cells unless an odd number of backslashes stands before it.
        expect(line.replace(/\\./gs, "").split("|")).toHaveLength(3);
        expect(line).not.toContain("<");
      }
    }),
  );
});

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

test("a table is as wide as its text, or as the terminal: then the widest column is wrapped", () => {
  const columns = [{ head: "task" }, { head: "answers" }] as const;
  const table = { columns, rows: [["direction", "left 12, right 13, back 4, ".repeat(6)]] };
  const lines = textTable(table, 60).split("\n");
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([60]));
  expect(lines.length).toBeGreaterThan(5);
  expect(textTable(table, 300)).toBe(textTable(table));
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

test("regression: a misspelt part of a column was left out", () => {
  const columns = [{ head: "a", aling: "right" }];
  expect(() => textTable({ columns, rows: [] })).toThrow(
    'columns[0].aling: got "right", expected no such field, only head, align, tones.',
  );
  const wrong = [{ head: "a", align: "rihgt" as "right" }];
  expect(() => textTable({ columns: wrong, rows: [] })).toThrow('columns[0].align: got "rihgt", expected one of left');
});
