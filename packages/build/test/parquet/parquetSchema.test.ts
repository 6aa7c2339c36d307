import { expect, test } from "@jest/globals";
import { type FileMetaData, parquetSchema as readSchema } from "hyparquet";
import { QUESTION_COLUMNS } from "../../src/columns/questionColumns.ts";
import { parquetSchema } from "../../src/parquet/parquetSchema.ts";

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

test("a reader finds a question's fields, and those of its evidence, in the flat list", () => {
  const tree = readSchema({ schema: parquetSchema(QUESTION_COLUMNS) } as FileMetaData);
  expect(tree.children.map(({ element }) => element.name)).toEqual(QUESTION_COLUMNS.map(({ name }) => name));
  const evidence = tree.children.at(-1)!.children.map(({ element }) => element.name);
  expect(evidence).toEqual(["object_ids", "value", "unit", "margin", "route", "frames"]);
});
