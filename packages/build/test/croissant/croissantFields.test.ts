import { expect, test } from "@jest/globals";
import { QUESTION_COLUMNS } from "../../src/columns/questionColumns.ts";
import { croissantFields } from "../../src/croissant/croissantFields.ts";

const fields = croissantFields(QUESTION_COLUMNS, "train", "data/train.jsonl");

test("a column of texts, numbers or lists is one field with its type and shape", () => {
  const extract = (column: string) => ({ fileObject: { "@id": "data/train.jsonl" }, extract: { column } });
  const byId = new Map(fields.map((field) => [field["@id"], field]));
  expect(byId.get("train/question")).toMatchObject({ dataType: "sc:Text", source: extract("question") });
  expect(byId.get("train/options")).toMatchObject({ dataType: "sc:Text", isArray: true, arrayShape: "-1" });
});

test("the fields of the evidence are read out of its column", () => {
  const evidence = fields.at(-1) as { subField: Record<string, unknown>[] };
  const route = evidence.subField.find((field) => field.name === "route");
  expect(route).toMatchObject({ "@id": "train/evidence/route", dataType: "sc:Float", arrayShape: "-1,-1" });
  expect(route?.source).toMatchObject({ extract: { column: "evidence" }, transform: { jsonPath: "$.route" } });
});

test("an object inside of a list has no form here and is refused", () => {
  const struct = [{ name: "a", description: "", type: "string" }] as const;
  const column = { name: "list", description: "", type: { list: { struct } } };
  expect(() => croissantFields([column], "train", "file")).toThrow(TypeError);
});
