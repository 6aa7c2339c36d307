import { describe, expect, test } from "@jest/globals";
import { emptySummary, manifest } from "@vsi/testing/question";
import { parseAllDocuments } from "yaml";
import { cardHeader } from "../src/cardHeader.ts";
import { licenceOf } from "../src/terms.ts";

describe("cardHeader", () => {
  function parse(header: string) {
    const [document] = parseAllDocuments(header);
    expect(document?.errors).toEqual([]);
    return document?.toJS();
  }

  const train = { split: "train" as const, questions: 1200, bytes: 900_000, scenes: 2, rooms: 2 };
  const summary = {
    ...emptySummary(),
    splits: [train, { split: "validation" as const, questions: 0, bytes: 0, scenes: 0, rooms: 0 }],
    scenesByDataset: new Map([["scannet", 2]]),
  };

  test("an independent YAML reader finds licence, files, counts and the nested types", () => {
    const files = new Map([["train", { path: "data/train-*.parquet", bytes: 1000 }]]);
    const header = parse(cardHeader(manifest(), summary, licenceOf(manifest(), summary), files));
    expect(header).toMatchObject({
      pretty_name: "vsi-100k",
      license: "other",
      license_name: "scannet-terms-of-use",
      language: ["en"],
      tags: ["spatial-reasoning", "3d", "indoor-scenes", "vsi-100k", "scannet"],
      size_categories: ["1K<n<10K"],
      configs: [{ config_name: "default", data_files: [{ split: "train", path: "data/train-*.parquet" }] }],
      dataset_info: {
        splits: [{ name: "train", num_bytes: 900_000, num_examples: 1200 }],
        download_size: 1000,
        dataset_size: 900_000,
      },
    });
    const { features } = header.dataset_info;
    expect(features.slice(0, 2)).toEqual([
      { name: "schema", dtype: "string" },
      { name: "id", dtype: "string" },
    ]);
    expect(features.at(-1)).toEqual({
      name: "evidence",
      struct: [
        { name: "object_ids", list: "int64" },
        { name: "value", dtype: "float64" },
        { name: "unit", dtype: "string" },
        { name: "margin", dtype: "float64" },
        { name: "route", list: { list: "float64" } },
        { name: "frames", list: "string" },
      ],
    });
  });

  test("without questions nothing is offered to load", () => {
    const header = parse(cardHeader(manifest(), emptySummary(), licenceOf(manifest(), emptySummary()), new Map()));
    expect(header.configs).toBeUndefined();
    expect(header.dataset_info.splits).toBeUndefined();
    expect(header.size_categories).toEqual(["n<1K"]);
  });

  test.each([
    [999, "n<1K"],
    [1000, "1K<n<10K"],
    [99_999, "10K<n<100K"],
    [100_000, "100K<n<1M"],
  ])("%i questions are %s", (questions, category) => {
    const splits = [{ ...train, questions }];
    const header = parse(cardHeader(manifest(), { ...summary, splits }, licenceOf(manifest(), summary), new Map()));
    expect(header.size_categories).toEqual([category]);
  });
});
