import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import { describeNoDataset, hubAdvice } from "../../src/output/noDataset.ts";

const dataset = {
  "set/manifest.json": "{}",
  "set/SHA256SUMS": "",
  "set/data/train.jsonl": "",
  "set/scenes/a.json": "",
};

const found = async (files: Readonly<Record<string, string>>, path: string) =>
  withFolder(files, async (root) => {
    const result = await describeNoDataset(join(root, path));
    return result === null ? null : `${result.got}. ${result.advice}`.replaceAll(root, "ROOT");
  });

describe("describeNoDataset", () => {
  test("a dataset is one, also when its manifest was lost", async () => {
    expect(await found(dataset, "set")).toBeNull();
    expect(await found({ "set/SHA256SUMS": "", "set/data/train.jsonl": "" }, "set")).toBeNull();
  });

  test.each([
    ["set/data", "a folder inside a dataset"],
    ["set/manifest.json", "a file inside a dataset"],
    ["set/data/train.jsonl", "a file inside a dataset"],
  ])("%s: the dataset around it is named (was: 'Give the folder that --out named')", async (path, got) => {
    expect(await found(dataset, path)).toBe(`${got}. Give the dataset's folder: ROOT/set.`);
  });

  test("a folder around a dataset: the dataset is named", async () => {
    expect(await found(dataset, ".")).toBe("a folder around a dataset. Give the dataset itself: ROOT/set.");
  });

  test.each([
    ["sample rooms", { "raw/SHA256SUMS": "", "raw/samples.json": "{}", "raw/scans/scene9000_00/a": "" }],
    ["a download", { "raw/scans/scene0000_00/a": "" }],
    ["the scans folder", { "raw/scene0000_00/a": "" }],
  ])("raw scans (%s): build a dataset first", async (_, files) => {
    expect(await found(files, "raw")).toBe(
      "raw scans. Build a dataset from them first: vsi-build --scannet ROOT/raw --out FOLDER.",
    );
  });

  test("runs, archives, empty folders and nothing are told apart", async () => {
    const give = "that vsi-build wrote (its --out).";
    expect(await found({ "a/answers.jsonl": "" }, "a")).toBe(`a run of vsi-eval. Give the dataset ${give}`);
    expect(await found({ "a/run.json": "{}" }, "a")).toBe(`a run of vsi-train. Give the dataset ${give}`);
    expect(await found({ "a/set.zip": "" }, "a/set.zip")).toBe(
      "a file. Unpack it first, then give the dataset's folder.",
    );
    expect(await found({ "a/b": "" }, "a")).toBe(`a folder without manifest.json. Give the folder ${give}`);
    expect(await found({ "a/b": "" }, "c")).toBe(`nothing. Check the path. Give the folder ${give}`);
  });
});

const download = (name: string): string => `hf download ${name} --repo-type dataset --local-dir ${name.split("/")[1]}.`;

test.each([
  [
    "nyu-visionx/VSI-Bench",
    `Check the path; a dataset of this name on the hub is downloaded first: ${download("nyu-visionx/VSI-Bench")}`,
  ],
  ["hf://datasets/nyu-visionx/VSI-Bench/test.jsonl", `Download it first: ${download("nyu-visionx/VSI-Bench")}`],
  ["https://huggingface.co/datasets/a/b.c/tree/main", `Download it first: ${download("a/b.c")}`],
  ["s3://bucket/data", "Download it first, and give its path."],
  ["data/test.jsonl", null],
  ["./data/test", null],
  ["/data/test", null],
  ["C:\\data\\test", null],
  ["a/b/c", null],
])("regression: of a name or address on the hub it was said that there is nothing: %s", (path, advice) => {
  expect(hubAdvice(path)).toBe(advice);
});
