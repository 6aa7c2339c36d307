import { lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { UsageError } from "@vsi/command";
import { MANIFEST_SCHEMA } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import { question, writeQuestions } from "@vsi/testing/question";
import { exportVsiBench, vsiBenchRecord } from "../src/exportVsiBench.ts";

describe("exportVsiBench", () => {
  const folder = temporaryFolder();
  const standard = { split: null, overwrite: false };
  const train = [question({ id: "0000000000000001" }), question({ id: "0000000000000002" })];
  const validation = [question({ id: "0000000000000003" })];
  const dataset = (name: string) => writeQuestions(join(folder, name), { train, validation });
  const readIds = async (path: string) => {
    const lines = (await readFile(path, "utf8")).trim().split("\n");
    return lines.map((line) => JSON.parse(line).id.slice(-1)).join("");
  };

  test("all splits in their order, or the one asked for", async () => {
    const home = await dataset("splits");
    const [all, one] = [join(folder, "all.jsonl"), join(folder, "one.jsonl")];
    const report = await exportVsiBench({ ...standard, folder: home, out: all });
    expect(report).toEqual({ out: all, splits: ["train", "validation"], questions: 3 });
    await exportVsiBench({ ...standard, folder: home, out: one, split: "validation" });
    expect([await readIds(all), await readIds(one)]).toEqual(["123", "3"]);
  });

  test("a file that is there stays, unless it is to be replaced", async () => {
    const home = await dataset("kept");
    const out = join(folder, "kept.jsonl");
    await writeFile(out, "mine");
    await expect(exportVsiBench({ ...standard, folder: home, out })).rejects.toThrow(
      `--out ${out}: got an existing file, expected no file of this name. Choose another name, or replace`,
    );
    expect(await readFile(out, "utf8")).toBe("mine");
    await exportVsiBench({ ...standard, folder: home, out, overwrite: true });
    expect(await readIds(out)).toBe("123");
  });

  test.each([
    ["a folder", (path: string) => mkdir(path)],
    ["a link", (path: string) => symlink(folder, path)],
  ])("regression: --overwrite replaced a link to a folder by the file; %s stays", async (what, make) => {
    const home = await dataset(`in-the-way-${what.slice(2)}`);
    const out = join(folder, `${what.slice(2)}.jsonl`);
    await make(out);
    const refused = expect(exportVsiBench({ ...standard, folder: home, out, overwrite: true })).rejects;
    await refused.toThrow(`--out ${out}: got ${what}, expected no file`);
    expect((await lstat(out)).isFile()).toBe(false);
  });

  test("a folder without questions, a split that it has not, and a file inside of it are refused", async () => {
    const home = await dataset("refused");
    const out = join(folder, "refused.jsonl");
    const refusal = (changed: Partial<Parameters<typeof exportVsiBench>[0]>) =>
      expect(exportVsiBench({ ...standard, folder: home, out, ...changed })).rejects;
    await refusal({ folder }).toThrow("got a folder without manifest.json, expected a dataset folder");
    await refusal({ split: "test" }).toThrow("has only train and validation");
    await writeFile(join(home, "manifest.json"), JSON.stringify({ schema: MANIFEST_SCHEMA }));
    await refusal({ out: join(home, "data", "bench.jsonl") }).toThrow(UsageError);
    // Beside the folder, however the names begin, is fine.
    await exportVsiBench({ ...standard, folder: home, out: `${home}.jsonl` });
  });

  test("a broken record stops with file and line, and leaves nothing behind", async () => {
    const home = await dataset("broken");
    await writeFile(join(home, "data", "train.jsonl"), `${JSON.stringify(train[0])}\n{"id": 3}\n`);
    const out = join(folder, "broken.jsonl");
    await expect(exportVsiBench({ ...standard, folder: home, out })).rejects.toThrow(/train\.jsonl: line 2/);
    expect((await readdir(folder)).filter((name) => name.startsWith("broken.jsonl"))).toEqual([]);
  });
});

test("VSI-Bench's seven fields in its order, the letter for the answer", () => {
  const choice = question({ ground_truth: "sink", options: ["A. bed", "B. sink"], mc_answer: "B" });
  const { id, dataset, scene_name, question_type, question: text, options } = choice;
  const record = vsiBenchRecord(choice);
  expect(record).toEqual({ id, dataset, scene_name, question_type, question: text, ground_truth: "B", options });
  expect(Object.keys(record)).toEqual("id dataset scene_name question_type question ground_truth options".split(" "));
});

test("without options the word or the number stays", () => {
  expect(vsiBenchRecord(question({ ground_truth: "left" }))).toMatchObject({ ground_truth: "left", options: null });
});
