import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { csvTable } from "../../src/table/csvTable.ts";
import { nastyText } from "../support/nastyText.ts";

/** RFC 4180's grammar as a regular expression: a field, and the comma or line end that closes it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy)) {
    rows.at(-1)!.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
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
