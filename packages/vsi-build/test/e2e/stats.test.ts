import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Manifest, QuestionType } from "@vsi/dataset";
import type { DatasetStats } from "@vsi/inspect";
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { type EditedRecord, readLines, writeLines } from "@vsi/testing/jsonFiles";
import { makeRawFolder } from "../support/makeRawFolder.ts";

describe("vsi-build stats", () => {
  const folder = temporaryFolder();
  let out = "";
  let records: EditedRecord[] = [];

  beforeAll(async () => {
    await makeRawFolder(join(folder, "raw"), 3);
    out = join(folder, "out");
    // vsi-bench has the longest type names.
    const words = ["--scannet", join(folder, "raw"), "--out", out, "--protocol", "vsi-bench"];
    expect(await runVsiBuild(words)).toMatchObject({ exitCode: 0 });
    records = [...(await readLines(out, "data/train.jsonl")), ...(await readLines(out, "data/validation.jsonl"))];
  });

  test("--json: the counts are the manifest's, the answers those of the lines", async () => {
    const { exitCode, stdout } = await runVsiBuild(["stats", out, "--json"]);
    expect(exitCode).toBe(0);
    const stats = JSON.parse(stdout) as DatasetStats;
    const manifest = JSON.parse(await readFile(join(out, "manifest.json"), "utf8")) as Manifest;
    const found = Object.entries(stats.splits).map(([split, { types }]) => {
      const counts = Object.entries(types).map(([type, { questions }]) => [type, questions]);
      return [split, Object.fromEntries(counts)];
    });
    expect(Object.fromEntries(found)).toEqual(manifest.counts.questions);
    const refusedByCode: Record<string, number> = { ...stats.scansSkipped };
    for (const codes of Object.values(stats.refused)) {
      for (const [code, count] of Object.entries(codes)) refusedByCode[code] = (refusedByCode[code] ?? 0) + count;
    }
    expect(refusedByCode).toEqual(manifest.counts.rejects);
    for (const { types } of Object.values(stats.splits)) {
      for (const [type, { numbers, words, perScene, questions }] of Object.entries(types)) {
        const ofType = records.filter((record) => record.question_type === type);
        expect(questions).toBe(ofType.length);
        const answers = ofType.map(({ ground_truth }) => ground_truth);
        const areNumbers = answers.every((answer: string) => /^[\d.]+$/.test(answer));
        expect(numbers === null).toBe(!areNumbers);
        if (areNumbers) {
          expect(numbers?.smallest).toBe(Math.min(...answers.map(Number)));
          expect(numbers?.largest).toBe(Math.max(...answers.map(Number)));
        } else {
          expect(words).not.toBeNull();
          for (const [word, count] of Object.entries(words ?? {})) {
            expect(count).toBe(answers.filter((answer: string) => answer === word).length);
          }
        }
        const scenes = [...new Set(records.map(({ scene_name }) => scene_name))];
        const counts = scenes.map((scene) => ofType.filter(({ scene_name }) => scene_name === scene).length);
        expect([perScene.smallest, perScene.largest]).toEqual([Math.min(...counts), Math.max(...counts)]);
      }
    }
  });

  test("the table fits into 80 columns and names every type and reason", async () => {
    const { exitCode, stdout, stderr } = await runVsiBuild(["stats", out]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const types = new Set<QuestionType>(records.map(({ question_type }) => question_type));
    for (const type of types) expect(stdout).toContain(` ${type} `);
    for (const { code } of await readLines(out, "rejects.jsonl")) expect(stdout).toContain(` ${code} `);
  });

  test("a line that is no question is named with its place; exit code 1", async () => {
    await writeLines(out, "data/validation.jsonl", [{ id: "x" }]);
    const { exitCode, stderr } = await runVsiBuild(["stats", out]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/data\/validation\.jsonl: line 1/);
    await writeFile(join(out, "data/validation.jsonl"), "");
  });
});
