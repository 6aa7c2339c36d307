import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { writeChecksums } from "@vsi/dataset/node";
import { datasetHash } from "../../src/run/datasetHash.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const FOLDER = temporaryFolder();

async function dataset(): Promise<string> {
  const folder = await mkdtemp(join(FOLDER, "dataset-"));
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "data", "train.jsonl"), "{}\n");
  await writeFile(join(folder, "data", "validation.jsonl"), "[]\n");
  return folder;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

describe("datasetHash", () => {
  test("is the sha256 of SHA256SUMS, so any file's change shows", async () => {
    const folder = await dataset();
    await writeChecksums(folder);
    const sums = `${sha256("{}\n")}  data/train.jsonl\n${sha256("[]\n")}  data/validation.jsonl\n`;
    expect(await datasetHash(folder)).toEqual({ sha256: sha256(sums), of: "SHA256SUMS" });
  });

  test("without one it is of the questions, wherever the folder is", async () => {
    const folder = await dataset();
    const { sha256: before, of } = await datasetHash(folder);
    expect(of).toBe("data");
    await cp(folder, `${folder}-moved`, { recursive: true });
    expect((await datasetHash(`${folder}-moved`)).sha256).toBe(before);
    await writeFile(join(folder, "data", "train.jsonl"), "{ }\n");
    expect((await datasetHash(folder)).sha256).not.toBe(before);
  });

  test("a folder without questions is no dataset", async () => {
    await expect(datasetHash(join(FOLDER, "none"))).rejects.toMatchObject({ name: "DatasetError" });
  });
});
