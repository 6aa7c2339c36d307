import { existsSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { VerifyReport } from "@vsi/inspect";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { makeRawFolder } from "../support/makeRawFolder.ts";
import { verifyChanges } from "../support/verifyChanges.ts";

const SHARED_DATA = process.env.VSI_SHARED_DATA ?? join(import.meta.dirname, "../../../../../shared/data");
const PUBLISHED_FACTS = join(SHARED_DATA, "vsi-bench/scannet_meta_info_val.json");

/** `npm run test:properties` makes more. */
const CHANGES = Number(process.env.VSI_PROPERTY_RUNS ?? 300);

describe("vsi-build verify", () => {
  const folder = temporaryFolder();
  const path = (name: string) => join(folder, name);

  beforeAll(async () => {
    await makeRawFolder(path("raw"), 1);
    expect(await runVsiBuild(["--scannet", path("raw"), "--out", path("good")])).toMatchObject({ exitCode: 0 });
  });

  test("a healthy vsi-100k dataset: exit code 0, every answer recomputed", async () => {
    const verified = await runVsiBuild(["verify", path("good")]);
    expect(verified).toMatchObject({ exitCode: 0, stderr: "" });
    expect(verified.stdout).toMatch(/(\d+) of \1 answers recomputed/);
    expect(verified.stdout).toContain("no problems found");
  });

  test(`each of ${CHANGES} random single-byte changes in data, scenes and manifest is found`, async () => {
    const files = ["data/train.jsonl", "scenes/scene9000_00.json", "manifest.json"];
    const { tried, missed, namedLines } = await verifyChanges(path("good"), files, CHANGES);
    expect(Object.values(tried).reduce((sum, count) => sum + count, 0)).toBe(CHANGES);
    expect(missed).toEqual([]);
    // A changed record is named by its line, not by the file's checksum alone: all but white space and the last digits
    // of doubles.
    expect(namedLines / (tried.data ?? Number.NaN)).toBeGreaterThan(0.9);
    expect(await runVsiBuild(["verify", path("good")])).toMatchObject({ exitCode: 0 });
  });

  test("a byte in the other files is found too: card, rejects, the checksums themselves", async () => {
    const files = ["README.md", "rejects.jsonl", "SHA256SUMS"];
    expect(await verifyChanges(path("good"), files, 60)).toMatchObject({ missed: [] });
  });

  test("a changed answer is named by file, line and id; exit code 1; --json has the same", async () => {
    await cp(path("good"), path("forged"), { recursive: true });
    const file = join(path("forged"), "data/train.jsonl");
    const text = await readFile(file, "utf8");
    const { id, ground_truth } = JSON.parse(text.slice(0, text.indexOf("\n")));
    await writeFile(file, text.replace(`"ground_truth":"${ground_truth}"`, '"ground_truth":"41"'));
    const printed = await runVsiBuild(["verify", path("forged")]);
    expect(printed.exitCode).toBe(1);
    expect(printed.stderr).toContain(`data/train.jsonl, line 1, ${id}: answer: got "41", expected "${ground_truth}". `);
    const json = await runVsiBuild(["verify", path("forged"), "--json"]);
    expect(json.exitCode).toBe(1);
    const { problems } = JSON.parse(json.stdout) as VerifyReport;
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ["answer", 1],
      ["checksum", null],
    ]);
  });

  test("of many problems twenty are printed, and all are in --json", async () => {
    await cp(path("good"), path("many"), { recursive: true });
    const file = join(path("many"), "data/train.jsonl");
    await writeFile(file, (await readFile(file, "utf8")).replaceAll('"protocol":"vsi-100k"', '"protocol":"vsi-bench"'));
    const printed = await runVsiBuild(["verify", path("many")]);
    expect(printed.stderr.trimEnd().split("\n")).toHaveLength(20);
    const { problems } = JSON.parse((await runVsiBuild(["verify", path("many"), "--json"])).stdout) as VerifyReport;
    expect(printed.stdout).toContain(`and ${problems.length - 20} problems more`);
  });

  test("a file too many and one too few", async () => {
    await cp(path("good"), path("files"), { recursive: true });
    await writeFile(join(path("files"), "notes.txt"), "");
    await writeFile(join(path("files"), "SHA256SUMS"), `${"0".repeat(64)}  gone.txt\n`, { flag: "a" });
    const { exitCode, stderr } = await runVsiBuild(["verify", path("files")]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("notes.txt: file-extra");
    expect(stderr).toContain("gone.txt: file-missing");
  });

  test("VSI-Bench's published facts give a healthy dataset, by each distance that needs no mesh", async () => {
    if (!existsSync(PUBLISHED_FACTS)) {
      console.warn(`Skipped: no published facts at ${PUBLISHED_FACTS} (set VSI_SHARED_DATA).`);
      return;
    }
    for (const distance of ["box", "sampled"]) {
      const out = path(`published-${distance}`);
      const words = ["--meta-info", PUBLISHED_FACTS, "--protocol", "vsi-bench", "--distance", distance, "--out", out];
      expect(await runVsiBuild(words)).toMatchObject({ exitCode: 0 });
      const { questions, recomputed, problems } = JSON.parse((await runVsiBuild(["verify", out, "--json"])).stdout);
      expect(problems).toEqual([]);
      expect(recomputed).toBe(questions);
      expect(questions).toBeGreaterThan(1000);
    }
  });

  test("--regenerate makes every question again: caps, left-out scans, shards, published and debiased", async () => {
    await makeRawFolder(path("four"), 4);
    const build = async (out: string, ...words: string[]) =>
      expect(await runVsiBuild(["--scannet", path("four"), "--out", path(out), ...words])).toMatchObject({
        exitCode: 0,
      });
    await build("capped", "--target", "vsi-100k", "--exclude", "scene9002_00");
    await build("limited", "--max-per-scene", "object_abs_distance=3", "--seed", "7", "--box", "pca");
    for (const shard of ["0/2", "1/2"]) await build("sharded", "--shard", shard);
    expect(await runVsiBuild(["merge", "--out", path("sharded")])).toMatchObject({ exitCode: 0 });
    const folders = ["capped", "limited", "sharded"];
    if (existsSync(PUBLISHED_FACTS)) {
      const words = ["--meta-info", PUBLISHED_FACTS, "--protocol", "vsi-bench", "--out", path("published")];
      expect(await runVsiBuild(words)).toMatchObject({ exitCode: 0 });
      const debias = ["audit", path("published"), "--debias", "--out", path("debiased")];
      expect(await runVsiBuild(debias)).toMatchObject({ exitCode: 0 });
      folders.push("published", "debiased");
    }
    for (const folder of folders) {
      const verified = await runVsiBuild(["verify", path(folder), "--regenerate", "--json"]);
      const { problems, regenerated, questions } = JSON.parse(verified.stdout) as VerifyReport;
      expect({ folder, problems }).toEqual({ folder, problems: [] });
      // Debiasing dropped some, and its record says which objects they were about.
      if (folder === "debiased") expect(regenerated).toBeGreaterThan(questions);
      else expect(regenerated).toBe(questions);
    }
  });

  test.each([
    ["a path that is not there", "nowhere", "got nothing, expected a dataset folder"],
    ["a file", "good/README.md", "got a file inside a dataset, expected a dataset folder"],
    ["another folder", "raw", "got raw scans, expected a dataset folder"],
    ["an interrupted build", "interrupted", "--resume"],
  ])("refuses %s with exit code 2", async (_, name, text) => {
    await mkdir(join(path("interrupted"), ".vsi-build"), { recursive: true });
    for (const words of [
      ["verify", path(name)],
      ["stats", path(name)],
      ["show", path(name), "00"],
    ]) {
      const { exitCode, stdout, stderr } = await runVsiBuild(words);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toContain(text);
      expect(stderr).not.toContain("    at ");
    }
  });

  test("--help tells the flags and an example; no folder is wrong usage", async () => {
    const { exitCode, stdout } = await runVsiBuild(["verify", "--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("vsi-build verify ./vsi-100k");
    expect(stdout).toContain("--json");
    expect(await runVsiBuild(["verify"])).toMatchObject({ exitCode: 2 });
  });

  test("verifying changes nothing", async () => {
    const before = await folderContent(path("good"));
    expect((await runVsiBuild(["verify", path("good")])).exitCode).toBe(0);
    expect(await folderContent(path("good"))).toEqual(before);
  });
});
