import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { markdownTable } from "../../src/table/markdownTable.ts";
import { nastyText } from "../support/nastyText.ts";

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
