import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { MANIFEST_SCHEMA, type Manifest } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import { auditDataset } from "../../src/audit/audit.ts";
import { exportVsiBench } from "../../src/exportVsiBench.ts";
import { checkDatasetFolder, chooseSplits, listDatasetFiles, readManifest } from "../../src/folder/datasetFolder.ts";

const MANIFEST: Manifest = {
  schema: MANIFEST_SCHEMA,
  name: "rooms",
  protocol: "vsi-100k",
  seed: 0,
  settings: {},
  versions: {},
  inputs: { scans_read: 0, scans_skipped: {} },
  counts: { questions: { validation: {}, train: {} }, rejects: {}, not_drawn: {} },
};

describe("readManifest", () => {
  const folder = temporaryFolder();

  test("reads what is there, and says of what is not what is expected", async () => {
    await expect(readManifest(folder)).rejects.toThrow("expected a dataset folder");
    const file = join(folder, "manifest.json");
    await writeFile(file, "{");
    await expect(readManifest(folder)).rejects.toThrow("manifest.json with the error");
    await writeFile(file, "{}");
    await expect(readManifest(folder)).rejects.toThrow(/manifest\.json.*schema/);
    await writeFile(file, JSON.stringify(MANIFEST));
    expect(await readManifest(folder)).toEqual(MANIFEST);
  });
});

describe("a folder that is just being replaced, or whose replacement was interrupted", () => {
  const folder = temporaryFolder();

  test("is refused by every command that reads it", async () => {
    await mkdir(join(folder, "data"));
    await mkdir(join(folder, ".vsi-build"));
    await writeFile(join(folder, "manifest.json"), JSON.stringify(MANIFEST));
    await writeFile(join(folder, "SHA256SUMS"), "");
    await writeFile(join(folder, "data/train.jsonl"), "");
    await writeFile(join(folder, ".vsi-build/publishing.json"), "{}");
    const out = join(folder, "bench.jsonl");
    const readers = [
      readManifest(folder),
      auditDataset(folder, [], { limit: 0.05, seed: 0 }),
      exportVsiBench({ folder, out, split: null, overwrite: false }),
      checkDatasetFolder(folder),
    ];
    for (const reader of readers) await expect(reader).rejects.toThrow("its replacement was interrupted");
  });
});

describe("listDatasetFiles", () => {
  const folder = temporaryFolder();

  test("leaves out what git, the hub and a command at work keep in the folder, and waits for no pipe", async () => {
    await mkdir(join(folder, ".git"));
    for (const file of [".git/HEAD", ".gitattributes", ".vsi-lock.12-1", "notes.txt"])
      await writeFile(join(folder, file), "");
    expect(await listDatasetFiles(folder)).toEqual(["notes.txt"]);
    execFileSync("mkfifo", [join(folder, "manifest.json")]);
    await expect(listDatasetFiles(folder)).rejects.toThrow("got a pipe, socket or device");
  });
});

describe("chooseSplits", () => {
  test("all that are there in the order of tables, or those asked for", () => {
    expect(chooseSplits(MANIFEST, [])).toEqual(["train", "validation"]);
    expect(chooseSplits(MANIFEST, ["validation"])).toEqual(["validation"]);
    expect(() => chooseSplits(MANIFEST, ["test"])).toThrow("--split test: the dataset has train and validation");
  });
});
