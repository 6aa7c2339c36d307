import { expect, test } from "@jest/globals";
import { emptySummary, manifest } from "@vsi/testing/question";
import { QUESTION_COLUMNS } from "../src/columns.ts";
import { croissant, croissantFields } from "../src/croissant.ts";

const summary = {
  ...emptySummary(),
  splits: [
    { split: "train" as const, questions: 2, bytes: 10, scenes: 1, rooms: 1 },
    { split: "validation" as const, questions: 0, bytes: 0, scenes: 0, rooms: 0 },
  ],
  scenesByDataset: new Map([["scannet", 1]]),
};

const checksums = new Map([
  ["data/train.jsonl", "a".repeat(64)],
  ["frames/scene0000_00/000000.jpg", "b".repeat(64)],
  ["odd.xyz", "c".repeat(64)],
]);

const made = croissant(manifest(), summary, checksums);

test("every file stands there with its checksum and kind, frames as one set of files", () => {
  const single = [...checksums].filter(([path]) => !path.startsWith("frames/"));
  expect(made.distribution).toEqual([
    ...single.map(([path, sha256]) => expect.objectContaining({ "@id": path, contentUrl: path, sha256 })),
    expect.objectContaining({ "@type": "cr:FileSet", "@id": "frames", includes: "frames/*/*.jpg" }),
  ]);
  const formats = (made.distribution as { encodingFormat: string }[]).map(({ encodingFormat }) => encodingFormat);
  expect(formats).toEqual(["application/jsonlines", "application/octet-stream", "image/jpeg"]);
});

test("a record set a split that has questions, and every reference leads somewhere", () => {
  expect(made.recordSet).toMatchObject([{ "@id": "train", key: { "@id": "train/id" } }]);
  const text = JSON.stringify(made.recordSet);
  for (const [, file] of text.matchAll(/"fileObject":\{"@id":"([^"]+)"/g)) expect(checksums.has(file ?? "")).toBe(true);
  const ids = [...text.matchAll(/"@type":"cr:Field","@id":"([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain("train/id");
});

test("nothing in it tells when it was made", () => {
  expect(JSON.stringify(made)).not.toMatch(/date|\b20[2-9]\d-\d\d/i);
});

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
