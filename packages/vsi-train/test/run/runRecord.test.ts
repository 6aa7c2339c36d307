import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { writeChecksums } from "@vsi/dataset/node";
import { temporaryFolder } from "@vsi/testing/folders";
import { captureOutput } from "../../src/process/captureOutput.ts";
import { datasetHash, gitState } from "../../src/run/runRecord.ts";

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

describe("gitState", () => {
  test("gives the commit and whether anything differs from it; null before the first", async () => {
    const folder = await mkdtemp(join(FOLDER, "repository-"));
    const git = (...words: string[]) =>
      captureOutput(["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...words], { cwd: folder });
    await git("init", "--quiet");
    expect(await gitState(folder)).toBeNull();
    await writeFile(join(folder, "a"), "");
    await git("add", "a");
    await git("commit", "--quiet", "--message", "first");
    const head = (await git("rev-parse", "HEAD")).stdout.trim();
    expect(head).toMatch(/^[0-9a-f]{40}$/);
    expect(await gitState(folder)).toEqual({ commit: head, changed: false });
    await writeFile(join(folder, "b"), "");
    expect(await gitState(folder)).toEqual({ commit: head, changed: true });
  });
});
