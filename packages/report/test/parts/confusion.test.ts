import { expect, test } from "@jest/globals";
import { attribute, linesOf, marksOf, readSvg, textOf } from "@vsi/testing/readMarkup";
import { confusion } from "../../src/charts.tsx";

const titles = { title: "t", rowTitle: "true", columnTitle: "answered" };

const countsOf = (svg: string) =>
  marksOf(readSvg(svg), "cells").filter((mark) => attribute(mark, "class")?.startsWith("count"));

test("each cell has its count, strong ones in the ground's colour", () => {
  const counts = [
    [90, 10],
    [1234, 1235],
    [0, 0],
  ];
  const svg = confusion({ ...titles, rows: ["a", "b", "c"], columns: ["a", "b"], counts });
  const texts = countsOf(svg).map((text) => [textOf(text), attribute(text, "class")]);
  expect(texts).toEqual([
    ["90", "count middle on-fill"],
    ["10", "count middle"],
    ["1,234", "count middle"],
    ["1,235", "count middle"],
    ["0", "count middle"],
    ["0", "count middle"],
  ]);
  const shades = marksOf(readSvg(svg), "cells").flatMap((cell) => Number(attribute(cell, "fill-opacity") ?? []));
  expect(shades.filter((shade) => !Number.isNaN(shade) && shade > 0)).toEqual([0.91, 0.15, 0.52, 0.53, 0.05, 0.05]);
});

test("the same names stand in the same order on both axes, other columns last, each with its own counts", () => {
  const counts = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  const svg = confusion({ ...titles, rows: ["left", "right"], columns: ["not read", "right", "left"], counts });
  expect(countsOf(svg).map(textOf)).toEqual(["3", "2", "1", "6", "5", "4"]);
  const shown = linesOf(readSvg(svg)).filter((text) => ["left", "right", "not read"].includes(text));
  expect(shown).toEqual(["left", "right", "left", "right", "not read"]);
  const framed = marksOf(readSvg(svg), "cells").filter((mark) => attribute(mark, "class") === "same");
  expect(framed).toHaveLength(2);
});

test("merged rows and columns keep every count", () => {
  const names = Array.from({ length: 50 }, (_, index) => `n${index}`);
  const counts = names.map((_, row) => names.map((_, column) => (row === column ? 100 + row : (row + column) % 3)));
  const svg = confusion({ ...titles, rows: names, columns: names, counts });
  const cells = countsOf(svg);
  expect(cells).toHaveLength(400);
  const shown = cells.reduce((sum, cell) => sum + Number(textOf(cell).replaceAll(",", "")), 0);
  expect(shown).toBe(counts.flat().reduce((sum, count) => sum + count, 0));
  expect(linesOf(readSvg(svg)).join(" ")).toContain("19 of 50 rows shown, the others as their sum");
});

test("of many names, the same are kept on both axes", () => {
  const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
  // By rows alone the first names are the largest, by columns alone the last.
  const counts = names.map((_, row) => names.map((_, column) => (30 - row) * 100 + column));
  const texts = linesOf(readSvg(confusion({ ...titles, rows: names, columns: names.toReversed(), counts })));
  const shown = texts.filter((text) => names.includes(text));
  expect(shown.slice(0, 19)).toEqual(shown.slice(19));
});

test("counts that do not fit are named", () => {
  expect(() => confusion({ ...titles, rows: ["a"], columns: ["a", "b"], counts: [[1]] })).toThrow(
    "counts[0]: got 1 entries, expected 2",
  );
});
