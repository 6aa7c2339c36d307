import { expect, test } from "@jest/globals";
import { parquetSchema, parquetValue } from "../../src/node/parquet.ts";

test("a list has the three levels of Parquet's LogicalTypes.md, a struct its fields", () => {
  expect(parquetSchema([{ name: "route", description: "", type: { list: { list: "float64" } } }])).toEqual([
    { name: "root", num_children: 1 },
    { name: "route", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", repetition_type: "OPTIONAL", type: "DOUBLE" },
  ]);
});

test.each([
  ["an integer", 3, "int64", 3n],
  ["a number", 3, "float64", 3],
  ["a text", "3", "string", "3"],
  ["null, whatever the type", null, { list: "int64" }, null],
  ["a list", [1, 2], { list: "int64" }, [1n, 2n]],
  ["no items", [], { list: "int64" }, []],
  ["a list of lists", [[1.5]], { list: { list: "float64" } }, [[1.5]]],
] as const)("%s", (_, value, type, expected) => {
  expect(parquetValue(value, type)).toEqual(expected);
});

test("a field that is missing from an object is null, and one that is no column goes", () => {
  const struct = [
    { name: "a", description: "", type: "int64" },
    { name: "b", description: "", type: "string" },
  ] as const;
  expect(parquetValue({ a: 1, c: 2 }, { struct })).toEqual({ a: 1n, b: null });
});

test("a fraction is no integer", () => {
  expect(() => parquetValue(1.5, "int64")).toThrow(RangeError);
});
