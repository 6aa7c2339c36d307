import { describe, expect, test } from "@jest/globals";
import schema from "@vsi/dataset/schemas/manifest.schema.json" with { type: "json" };
import { MANIFEST_SCHEMA } from "../../src/manifest.ts";
import { validateManifest } from "../../src/validation/validateManifest.ts";
import { mutations } from "../support/mutations.ts";
import { manifest } from "../support/samples.ts";

const where = { file: "manifest.json" };

test("the type's sample follows the schema", () => {
  expect(() => validateManifest(manifest, where)).not.toThrow();
});

test("schema and type know the same format and fields, all required", () => {
  expect(schema.properties.schema.const).toBe(MANIFEST_SCHEMA);
  expect(schema.required).toEqual(Object.keys(manifest));
  expect(schema.properties.inputs.required).toEqual(Object.keys(manifest.inputs));
  expect(schema.properties.counts.required).toEqual(Object.keys(manifest.counts));
});

describe("refuses", () => {
  const byName = [
    "/settings",
    "/versions",
    "/inputs/scans_skipped",
    "/counts/questions",
    "/counts/rejects",
    "/counts/not_drawn",
  ];
  test.each(mutations(manifest, byName))("$change", ({ value }) => {
    expect(() => validateManifest(value, where)).toThrow(expect.objectContaining({ code: "manifest-schema" }));
  });

  test.each([
    ["a seed with a fraction", { seed: 0.5 }],
    ["a version that is a number", { versions: { "@vsi/geometry": 1 } }],
    ["a negative count", { inputs: { ...manifest.inputs, scans_read: -1 } }],
    ["half a question", { counts: { ...manifest.counts, questions: { train: { object_counting: 0.5 } } } }],
  ])("%s", (_, change) => {
    expect(() => validateManifest({ ...manifest, ...change }, where)).toThrow(/^manifest\.json: \//);
  });
});
