import { expect, test } from "@jest/globals";
import { attribute, linesOf, marksOf, readSvg, textOf } from "@vsi/testing/readMarkup";
import { confusion } from "../../src/chart/confusion.ts";

const titles = { title: "t", rowTitle: "true", columnTitle: "answered" };

test("each cell has its count, dark ones in white", async () => {
  const counts = [
    [90, 10],
    [1234, 1235],
    [0, 0],
  ];
  const svg = readSvg(await confusion({ ...titles, rows: ["a", "b", "c"], columns: ["a", "b"], counts }));
  expect(marksOf(svg, "layer_0_marks")).toHaveLength(6);
  expect(marksOf(svg, "layer_1_marks").map(textOf).sort()).toEqual(["0", "0", "1,234", "10"]);
  expect(marksOf(svg, "layer_2_marks").map(textOf)).toEqual(["90", "1,235"]);
  expect(marksOf(svg, "layer_2_marks").map((text) => attribute(text, "fill"))).toEqual(["#ffffff", "#ffffff"]);
});

test("merged rows and columns keep every count", async () => {
  const names = Array.from({ length: 50 }, (_, index) => `n${index}`);
  const counts = names.map((_, row) => names.map((_, column) => (row === column ? 100 + row : (row + column) % 3)));
  const svg = readSvg(await confusion({ ...titles, rows: names, columns: names, counts }));
  const cells = [...marksOf(svg, "layer_1_marks"), ...marksOf(svg, "layer_2_marks")];
  expect(cells).toHaveLength(400);
  const shown = cells.reduce((sum, cell) => sum + Number(textOf(cell).replaceAll(",", "")), 0);
  expect(shown).toBe(counts.flat().reduce((sum, count) => sum + count, 0));
  expect(linesOf(svg)).toContain("19 of 50 rows shown, the others as their sum");
});

test("counts that do not fit are named", async () => {
  await expect(confusion({ ...titles, rows: ["a"], columns: ["a", "b"], counts: [[1]] })).rejects.toThrow(
    "counts[0]: got 1 entries, expected 2",
  );
});
