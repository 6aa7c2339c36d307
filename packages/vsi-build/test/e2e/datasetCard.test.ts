import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { readChecksums } from "@vsi/dataset/node";
import { jpegColor, writeRawScanNet } from "@vsi/synth/node";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { parseDocument } from "yaml";
import { pythonTest } from "../support/python.ts";

const SPLITS = ["train", "validation"] as const;
type Rows = Record<(typeof SPLITS)[number], Question[]>;

/** pandas, which mlcroissant reads JSON lines with, takes numbers to some fifteen digits only. */
function roundNumbers(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, item) =>
    typeof item === "number" ? Number(item.toPrecision(12)) : item,
  );
}

describe("a dataset that can be published", () => {
  const folder = temporaryFolder();
  let words: string[] = [];
  let out = "";
  let rows: Rows = { train: [], validation: [] };
  let card = "";

  async function readRows(dataset: string): Promise<Rows> {
    const read = async (split: string) => {
      const lines = (await readFile(join(dataset, "data", `${split}.jsonl`), "utf8")).split("\n");
      return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Question);
    };
    return { train: await read("train"), validation: await read("validation") };
  }

  beforeAll(async () => {
    const raw = join(folder, "raw");
    out = join(folder, "out");
    await writeRawScanNet(raw, { rooms: 3, seed: 5, vertexCount: 10_000, frames: 20, colorEncoder: jpegColor });
    words = ["--scannet", raw, "--protocol", "vsi-bench", "--labels", "raw", "--frames", "4"];
    // With this seed a hash sends two of the rooms to train and one to validation.
    words.push("--seed", "13");
    words.push("--min-visible-pixels", "10", "--format", "parquet", "--no-pixels");
    expect(await runVsiBuild([...words, "--out", out, "--workers", "2"])).toMatchObject({ exitCode: 0 });
    rows = await readRows(out);
    card = await readFile(join(out, "README.md"), "utf8");
    for (const split of SPLITS) expect(rows[split].length).toBeGreaterThan(10);
  });

  test("the card's header, read by an independent YAML reader, counts what is in the files", () => {
    const [, header] = card.split("---\n");
    const document = parseDocument(header as string);
    expect(document.errors).toEqual([]);
    expect(document.toJS()).toMatchObject({
      license: "cc0-1.0",
      configs: [{ data_files: SPLITS.map((split) => ({ split, path: `data/${split}-*.parquet` })) }],
      dataset_info: { splits: SPLITS.map((split) => ({ name: split, num_examples: rows[split].length })) },
    });
  });

  test("the card's tables count what is in the files, and every picture and example is there", async () => {
    const all = [...rows.train, ...rows.validation];
    const types = new Set(all.map(({ question_type }) => question_type));
    for (const type of types) {
      const count = (some: Question[]) => some.filter(({ question_type }) => question_type === type).length;
      expect(card).toContain(`| ${type} | ${count(rows.train)} | ${count(rows.validation)} | ${count(all)} |`);
    }
    const pictures = [...card.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path as string);
    expect(pictures).toHaveLength(types.size);
    for (const path of pictures) expect(await readFile(join(out, path), "utf8")).toMatch(/^<svg .*<\/svg>\s*$/s);
    const shown = all.filter(({ id }) => card.includes(`| ${id} |`));
    expect(new Set(shown.map(({ question_type }) => question_type))).toEqual(types);
    // The machine and the day are nobody's business, and would be other bytes each time.
    expect(card).not.toContain(folder);
    expect(card).toContain("in more than one split: 0.");
  });

  test("--no-pixels names the frames, and holds none", async () => {
    const withPixels = join(folder, "pixels");
    const wordsWithPixels = words.filter((word) => word !== "--no-pixels");
    expect(await runVsiBuild([...wordsWithPixels, "--out", withPixels])).toMatchObject({ exitCode: 0 });
    expect(await readdir(out)).not.toContain("frames");
    expect(await readRows(withPixels)).toEqual(rows);
    for (const { scene_name, frames } of rows.train) {
      expect(frames.length).toBeGreaterThan(0);
      const scene = await readFile(join(out, "scenes", `${scene_name}.json`), "utf8");
      for (const name of frames) expect(scene).toContain(name);
      expect((await readdir(join(withPixels, "frames", scene_name))).sort()).toEqual(frames.toSorted());
    }
  });

  test("every file is in SHA256SUMS, and in croissant.json with the same checksum but for itself", async () => {
    const content = await folderContent(out);
    const checksums = await readChecksums(out);
    const { SHA256SUMS: _, ...others } = content;
    expect(Object.fromEntries(checksums)).toEqual(others);
    const { distribution } = JSON.parse(await readFile(join(out, "croissant.json"), "utf8"));
    const isFile = (entry: Record<string, unknown>) => entry["@type"] === "cr:FileObject";
    expect(distribution.filter((entry: Record<string, unknown>) => !isFile(entry))).toEqual([
      expect.objectContaining({ "@type": "cr:FileSet", "@id": "scenes", includes: "scenes/*.json" }),
    ]);
    const listed = distribution
      .filter(isFile)
      .map((file: { contentUrl: string; sha256: string }) => [file.contentUrl, file.sha256]);
    const { "croissant.json": __, ...files } = others;
    const described = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("scenes/")));
    expect(Object.fromEntries(listed)).toEqual(described);
  });

  const hasSha256sum = spawnSync("sha256sum", ["--version"]).status === 0;
  (hasSha256sum ? test : test.skip)("sha256sum agrees (skipped without sha256sum)", () => {
    expect(spawnSync("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: out }).status).toBe(0);
  });

  test("the same bytes again, with one worker", async () => {
    const other = join(folder, "again");
    expect(await runVsiBuild([...words, "--out", other, "--workers", "1"])).toMatchObject({ exitCode: 0 });
    expect(await folderContent(other)).toEqual(await folderContent(out));
  });

  test("--no-pixels without frames, or with a video, is refused", async () => {
    const withoutFrames = await runVsiBuild(["--scannet", join(folder, "raw"), "--no-pixels"]);
    expect(withoutFrames).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("nothing without --frames") });
    const withVideo = await runVsiBuild([...words, "--video", "--out", join(folder, "never")]);
    expect(withVideo).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("give only one") });
  });

  test("export to VSI-Bench's form and back: the letter names the option that is the answer", async () => {
    const path = join(folder, "bench.jsonl");
    const exported = await runVsiBuild(["export", out, "--format", "vsi-bench", "--out", path, "--json"]);
    const questions = [...rows.train, ...rows.validation];
    expect(exported).toMatchObject({ exitCode: 0, stderr: "" });
    expect(JSON.parse(exported.stdout)).toEqual({ out: path, splits: [...SPLITS], questions: questions.length });
    const lines = (await readFile(path, "utf8")).trim().split("\n");
    const answers = lines.map((line) => {
      const { id, ground_truth, options } = JSON.parse(line);
      const prefix = `${ground_truth}. `;
      const option = (options as string[] | null)?.find((text) => text.startsWith(prefix));
      return [id, options === null ? ground_truth : option?.slice(prefix.length)];
    });
    expect(answers).toEqual(questions.map(({ id, ground_truth }) => [id, ground_truth]));
    const again = await runVsiBuild(["export", out, "--format", "vsi-bench", "--out", path]);
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--overwrite") });
  });

  pythonTest("datasets", "Hugging Face's datasets loads Parquet and JSONL alike, row for row", async (runScript) => {
    const jsonl = join(folder, "jsonl");
    const jsonlWords = words.filter((word) => !["--format", "parquet"].includes(word));
    expect(await runVsiBuild([...jsonlWords, "--out", jsonl])).toMatchObject({ exitCode: 0 });
    const header = parseDocument(card.split("---\n")[1] as string).toJS();
    const { features } = header.dataset_info;
    const loaded = runScript("readWithDatasets.py", join(folder, "cache"), out, jsonl);
    const expected = { rows, features: { train: features, validation: features } };
    expect(loaded).toEqual([expected, expected]);
  });

  pythonTest("duckdb", "DuckDB reads the Parquet files row for row", async (runScript) => {
    for (const split of SPLITS) {
      expect(runScript("readWithDuckdb.py", join(out, "data", `${split}-*.parquet`))).toEqual(rows[split]);
    }
  });

  pythonTest("mlcroissant", "mlcroissant finds no error and reads the records", async (runScript) => {
    const read = runScript("readWithMlcroissant.py", join(out, "croissant.json"));
    expect(roundNumbers(read)).toEqual({
      errors: [],
      // A date would be other bytes each time; it is for whoever publishes the folder.
      warnings: [expect.stringContaining("datePublished")],
      records: roundNumbers(rows),
    });
  });
});
