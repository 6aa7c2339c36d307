import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { writeChecksums } from "@vsi/dataset/node";
import { temporaryFolder } from "@vsi/testing/folders";
import { captureOutput } from "../../src/process/programOutput.ts";
import { datasetHash, gitState, readRunRecord } from "../../src/run/runRecord.ts";
import { writeFakeRun } from "../support/fakeRecord.ts";

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

describe("readRunRecord", () => {
  type JsonObject = Record<string, unknown>;

  async function runWith(change: (record: JsonObject) => unknown): Promise<string> {
    const folder = await mkdtemp(join(FOLDER, "run-"));
    await writeFakeRun(folder, { steps: [] });
    const path = join(folder, "run.json");
    const record = JSON.parse(await readFile(path, "utf8")) as JsonObject;
    await writeFile(path, JSON.stringify(change(record)));
    return folder;
  }

  test("the form has a name of its own, and that of 0.1 is still read", async () => {
    const now = await runWith((record) => record);
    expect(await readFile(join(now, "run.json"), "utf8")).toContain('"vsi-train-run/1"');
    expect(await readRunRecord(await runWith((record) => ({ ...record, schema: "vsi-run/1" })))).toEqual(
      expect.objectContaining({ ...(await readRunRecord(now)), settings: expect.anything() }),
    );
  });

  const settingsOf = ({ settings }: JsonObject) => settings as JsonObject;
  test.each<[string, (record: JsonObject) => unknown, string]>([
    ["null", () => null, "text"],
    ["a list", () => [], "text"],
    ["the settings of a vsi-eval run", (record) => ({ schema: "vsi-run/1", model: record.schema }), "settings"],
    ["another schema", (record) => ({ ...record, schema: "vsi-run/2" }), "schema"],
    ["no settings", ({ settings: _, ...record }) => record, "settings"],
    [
      "another method",
      (record) => ({ ...record, settings: { ...settingsOf(record), method: "toString" } }),
      "settings.method",
    ],
    [
      "a model that is a number",
      (record) => ({ ...record, settings: { ...settingsOf(record), model: 3 } }),
      "settings.model",
    ],
    ["no versions", (record) => ({ ...record, versions: null }), "versions"],
    ["git as a text", (record) => ({ ...record, git: "main" }), "git"],
    ["no dataset", ({ dataset: _, ...record }) => record, "dataset"],
    ["a trainer that is a list", (record) => ({ ...record, trainer: [] }), "trainer"],
    ["no sessions", ({ sessions: _, ...record }) => record, "sessions"],
    ["a session that is null", (record) => ({ ...record, sessions: [null] }), "sessions"],
    [
      "an exit code as text",
      (record) => ({ ...record, sessions: [{ started: "x", ended: null, exit_code: "0", resumed_from_step: null }] }),
      "sessions",
    ],
  ])(
    "regression, a missing field ended in a stack trace: %s is refused by file and field",
    async (_, change, place) => {
      await expect(readRunRecord(await runWith(change))).rejects.toMatchObject({
        name: "TrainError",
        code: "run-unreadable",
        detail: { place, file: expect.stringContaining("run.json") },
      });
    },
  );
});
