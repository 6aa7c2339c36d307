import { access, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { UsageError } from "@vsi/command";
import { temporaryFolder } from "@vsi/testing/folders";
import { type ExportOptions, exportDataset } from "../../src/export/exportDataset.ts";
import { EXPORT_FORMATS, FORMAT_METHODS } from "../../src/export/formats.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";
import { writeDataset } from "../support/writeDataset.ts";

const root = temporaryFolder();

async function optionsFor(name: string, own: Partial<ExportOptions>): Promise<ExportOptions> {
  const data = await writeDataset(join(root, "data"), {
    train: VSI_100K_QUESTIONS,
    validation: [makeQuestion({ id: "00000000000000ff" })],
  });
  return {
    format: "trl",
    method: "grpo",
    data,
    framesDir: null,
    out: join(root, name),
    mode: "vanilla",
    reward: "paper",
    rewardWeights: null,
    split: "train",
    types: null,
    limit: null,
    heldOut: Number.MAX_SAFE_INTEGER,
    frames: 16,
    maxPixels: 100_352,
    relativePaths: false,
    seed: 0,
    overwrite: false,
    ...own,
  };
}

test("regression: an export was written into its dataset, or among raw scans", async () => {
  const options = await optionsFor("inside", {});
  await writeFile(join(options.data, "manifest.json"), '{"schema": "vsi-manifest/1"}');
  await mkdir(join(root, "raw", "scene0000_00"), { recursive: true });
  for (const [out, why] of [
    [options.data, "is a dataset"],
    [join(options.data, "verl"), "is inside the dataset"],
    [join(root, "raw"), "holds raw scans"],
  ] as const) {
    await expect(exportDataset({ ...options, out })).rejects.toThrow(why);
  }
  await rm(join(options.data, "manifest.json"));
  expect((await readdir(options.data)).sort()).toEqual(["data", "frames"]);
});

const EXTRA_FILES: Readonly<Record<string, readonly string[]>> = {
  verl: ["verl_grpo.sh", "vsi_reward.py"],
  "ms-swift grpo": ["ms_swift.sh", "vsi_reward.py"],
  "ms-swift": ["ms_swift.sh"],
  llamafactory: ["dataset_info.json", "llamafactory.yaml"],
  easyr1: ["easyr1.yaml", "vsi_reward.py"],
};

const each = EXPORT_FORMATS.flatMap((format) => FORMAT_METHODS[format].map((method) => ({ format, method })));

describe.each(each)("$format, $method", ({ format, method }) => {
  test("writes both splits, a row for each question, and what goes with them; reports just these", async () => {
    const options = await optionsFor(`${format}-${method}`, { format, method });
    const report = await exportDataset(options);
    const ending = format === "verl" ? "parquet" : "jsonl";
    const extra = EXTRA_FILES[`${format} ${method}`] ?? EXTRA_FILES[format] ?? [];
    const expected = [`train.${ending}`, `validation.${ending}`, ...extra].sort();
    expect((await readdir(options.out)).sort()).toEqual([...expected, "vsi-export.json"].sort());
    expect([...report.files].sort()).toEqual(expected);
    expect(report.rows).toEqual({ train: 6, validation: 1 });
    if (ending === "parquet") return;
    const lines = (await readFile(join(options.out, "train.jsonl"), "utf8")).trim().split("\n");
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty("images", [expect.stringMatching(/^\/.*\.jpg$/)]);
  });
});

test("relative paths lead from the export's folder to the frames", async () => {
  const options = await optionsFor("relative", { format: "llamafactory", method: "sft", relativePaths: true });
  await exportDataset(options);
  const [line = ""] = (await readFile(join(options.out, "train.jsonl"), "utf8")).split("\n");
  const [image = ""] = (JSON.parse(line) as { images: string[] }).images;
  expect(image).toMatch(/^\.\.\/data\/frames\/.*\.jpg$/);
  await access(join(options.out, image));
});

test("never takes other files away, and its own only with --overwrite", async () => {
  const options = await optionsFor("kept", {});
  await mkdir(options.out);
  await writeFile(join(options.out, "notes.txt"), "mine");
  await exportDataset(options);
  await expect(exportDataset(options)).rejects.toThrow(UsageError);
  await exportDataset({ ...options, overwrite: true, limit: 2 });
  expect((await readdir(options.out)).sort()).toEqual([
    "notes.txt",
    "train.jsonl",
    "validation.jsonl",
    "vsi-export.json",
  ]);
  expect((await readFile(join(options.out, "train.jsonl"), "utf8")).trim().split("\n")).toHaveLength(2);
});

test("a file of somebody else where one of ours would go is refused, also with --overwrite and when it was ours", async () => {
  const options = await optionsFor("theirs", { overwrite: true });
  await mkdir(options.out);
  const path = join(options.out, "train.jsonl");
  await writeFile(path, "mine");
  await expect(exportDataset(options)).rejects.toThrow(`${path} is in the way`);
  expect(await readdir(options.out)).toEqual(["train.jsonl"]);
  await rm(path);
  await exportDataset(options);
  await writeFile(path, "edited");
  await expect(exportDataset(options)).rejects.toThrow(`${path} is in the way`);
  expect(await readFile(path, "utf8")).toBe("edited");
  await rm(path);
  await symlink(join(root, "linked"), path);
  await expect(exportDataset(options)).rejects.toThrow(`${path} is in the way`);
});

test("an export that was killed begins again by the same command, before and while files move", async () => {
  const options = await optionsFor("killed", {});
  await mkdir(join(options.out, ".vsi-export"), { recursive: true });
  await writeFile(join(options.out, ".vsi-export", "train.jsonl.partial"), "{");
  await exportDataset(options);
  const record = join(options.out, "vsi-export.json");
  const before = await readFile(record, "utf8");
  await writeFile(record, before.replace('"finished": true', '"finished": false'));
  await rm(join(options.out, "validation.jsonl"));
  await exportDataset(options);
  expect(await readFile(record, "utf8")).toBe(before);
  expect(await readdir(options.out)).not.toContain(".vsi-export");
});
