import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { readChecksums } from "@vsi/dataset/node";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { manifest, question, writeQuestions } from "@vsi/testing/question";
import { finishDataset } from "../src/finishDataset.ts";

describe("finishDataset", () => {
  const folder = temporaryFolder();

  async function finished(name: string, train: Question[], format: "jsonl" | "parquet"): Promise<string> {
    const home = await writeQuestions(join(folder, name), { train, validation: [] });
    await writeFile(join(home, "rejects.jsonl"), "");
    await mkdir(join(home, "scenes"));
    await writeFile(join(home, "scenes", "scene0000_00.json"), "{}\n");
    await finishDataset(home, manifest({}, { format }));
    return home;
  }

  test("writes what follows from the questions, and checksums of all of it", async () => {
    const home = await finished("filled", [question()], "parquet");
    const { SHA256SUMS: _, ...content } = await folderContent(home);
    expect(Object.fromEntries(await readChecksums(home))).toEqual(content);
    expect(Object.keys(content)).toEqual([
      "README.md",
      "card/object_abs_distance.svg",
      "croissant.json",
      "data/train-00000-of-00001.parquet",
      "data/train.jsonl",
      "data/validation.jsonl",
      "manifest.json",
      "rejects.jsonl",
      "scenes/scene0000_00.json",
    ]);
  });

  test("done again over its own files, nothing changes", async () => {
    const home = await finished("twice", [question()], "parquet");
    const before = await folderContent(home);
    await finishDataset(home, manifest({}, { format: "parquet" }));
    expect(await folderContent(home)).toEqual(before);
  });

  test("JSONL alone has no Parquet, and no questions no picture", async () => {
    const home = await finished("empty", [], "jsonl");
    expect((await readdir(home)).sort()).toEqual(
      ["README.md", "SHA256SUMS", "croissant.json", "data", "manifest.json", "rejects.jsonl", "scenes"].sort(),
    );
    expect(await readdir(join(home, "data"))).toEqual(["train.jsonl", "validation.jsonl"]);
    expect(JSON.parse(await readFile(join(home, "croissant.json"), "utf8")).recordSet).toEqual([]);
  });
});
