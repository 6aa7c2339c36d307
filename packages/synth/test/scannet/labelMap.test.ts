import { expect, test } from "@jest/globals";
import { writeLabelMap } from "../../src/scannet/labelMap.ts";

const lines = (counts: [string, number][]) => new TextDecoder().decode(writeLabelMap(new Map(counts))).split("\n");

test("has ScanNet's 17 columns in every row, the most frequent label first, equal ones by name", () => {
  const [header, ...rows] = lines([
    ["table", 2],
    ["wall", 9],
    ["bed", 2],
  ]);
  expect(header.split("\t").slice(0, 5)).toEqual(["id", "raw_category", "category", "count", "nyu40id"]);
  expect(header.split("\t")[16]).toBe("mpcat40index");
  expect(rows.pop()).toBe("");
  expect(rows.map((row) => row.split("\t").length)).toEqual([17, 17, 17]);
  expect(rows.map((row) => row.split("\t").slice(0, 5).join())).toEqual([
    "1,wall,wall,9,1",
    "2,bed,bed,2,4",
    "3,table,table,2,7",
  ]);
});

test("without labels only the header is left", () => {
  expect(lines([]).length).toBe(2);
});
