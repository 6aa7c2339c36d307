import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { MANIFEST_SCHEMA } from "@vsi/dataset";
import { writeChecksums } from "@vsi/dataset/node";
import { UsageError } from "../src/errors.ts";
import { type OutputFolder, openOutputFolder, publish, WORKING_FOLDER } from "../src/outputFolder.ts";

const folder = mkdtempSync(join(tmpdir(), "vsi-output-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FLAGS = { resume: false, overwrite: false, firstFiles: [], settings: "seed 0" };

/** Assembles a dataset of these files, and what every dataset has, and moves it into place. */
async function publishFiles(opened: OutputFolder, files: readonly string[]): Promise<void> {
  mkdirSync(join(opened.stagingFolder, "data"), { recursive: true });
  for (const file of files) writeFileSync(join(opened.stagingFolder, file), file);
  writeFileSync(join(opened.stagingFolder, "manifest.json"), `{"schema": "${MANIFEST_SCHEMA}"}`);
  await writeChecksums(opened.stagingFolder);
  await publish(opened);
}

describe("an output folder", () => {
  test("holds the dataset alone once it is published", async () => {
    const path = join(folder, "new");
    const opened = await openOutputFolder(path, { ...FLAGS, keep: ["results"] });
    expect(readdirSync(opened.workingFolder).sort()).toEqual(["owned.json", "results", "settings.json"]);
    await publishFiles(opened, ["data/train.jsonl"]);
    expect(readdirSync(path).sort()).toEqual(["SHA256SUMS", "data", "manifest.json"]);
  });

  test("what the new dataset does not have goes on --overwrite, what others put there stays", async () => {
    const path = join(folder, "again");
    await publishFiles(await openOutputFolder(path, FLAGS), ["data/train.jsonl", "data/test.jsonl"]);
    writeFileSync(join(path, "notes.txt"), "mine");
    await publishFiles(await openOutputFolder(path, { ...FLAGS, overwrite: true }), ["data/train.jsonl"]);
    expect(readdirSync(path).sort()).toEqual(["SHA256SUMS", "data", "manifest.json", "notes.txt"]);
    expect(readdirSync(join(path, "data"))).toEqual(["train.jsonl"]);
  });

  test("an interrupted build goes on with --resume and the same settings only", async () => {
    const path = join(folder, "interrupted");
    const { workingFolder } = await openOutputFolder(path, { ...FLAGS, keep: ["results"] });
    writeFileSync(join(workingFolder, "results", "scan.json"), "kept");
    await expect(openOutputFolder(path, FLAGS)).rejects.toThrow("Add --resume");
    const other = openOutputFolder(path, { ...FLAGS, resume: true, settings: "seed 1" });
    await expect(other).rejects.toThrow(/then: seed 0\n {2}now: {2}seed 1/);
    await openOutputFolder(path, { ...FLAGS, resume: true });
    expect(readFileSync(join(workingFolder, "results", "scan.json"), "utf8")).toBe("kept");
    await openOutputFolder(path, { ...FLAGS, overwrite: true });
    expect(readdirSync(join(path, WORKING_FOLDER))).not.toContain("results");
  });

  test.each([
    ["a finished dataset", ["SHA256SUMS"], "holds a finished dataset"],
    ["something else", ["notes.txt"], "holds something else (notes.txt)"],
  ])("%s is refused without --overwrite", async (name, files, message) => {
    const path = join(folder, name);
    mkdirSync(path);
    for (const file of files) writeFileSync(join(path, file), "");
    await expect(openOutputFolder(path, FLAGS)).rejects.toThrow(UsageError);
    await expect(openOutputFolder(path, FLAGS)).rejects.toThrow(message);
    expect(readdirSync(path)).toEqual(files);
  });

  test("a file of somebody else's in the way is named, and nothing is touched", async () => {
    const path = join(folder, "in-the-way");
    mkdirSync(path);
    writeFileSync(join(path, "data"), "mine");
    const opened = openOutputFolder(path, { ...FLAGS, overwrite: true });
    await expect(opened).rejects.toThrow("data is in the way and was not written by vsi-build");
    expect(readdirSync(path)).toEqual(["data"]);
  });
});
