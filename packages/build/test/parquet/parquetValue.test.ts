import { expect, test } from "@jest/globals";
import { parquetValue } from "../../src/parquet/parquetValue.ts";

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
