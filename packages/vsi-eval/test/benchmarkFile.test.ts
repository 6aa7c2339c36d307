import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { parquetWriteBuffer } from "hyparquet-writer";
import { readBenchmark } from "../src/benchmark.ts";
import { findBenchmarkFile, hashBenchmark } from "../src/benchmarkFile.ts";
import { EvaluationError } from "../src/errors.ts";
import { datasetQuestion, jsonLines, vsiBenchRecords } from "./support/benchmarkRecords.ts";

const folder = temporaryFolder();
const number = vsiBenchRecords(1).find(({ options }) => options === null)!;

async function thrownAdvice(read: () => Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await read().catch((thrown: unknown) => thrown);
  return error instanceof EvaluationError ? error.detail?.advice : undefined;
}

describe("the file", () => {
  test("a dataset folder is read by its split: test, else validation, train only when asked", async () => {
    const dataset = join(folder, "dataset");
    await mkdir(join(dataset, "data"), { recursive: true });
    const idOf = async (split?: "test" | "validation" | "train") =>
      (await readBenchmark(dataset, { split: split ?? null }))[0]!.id;
    const write = (split: string, id: string) =>
      writeFile(join(dataset, "data", `${split}.jsonl`), jsonLines([datasetQuestion({ id })]));
    await write("train", "a".repeat(16));
    await expect(idOf()).rejects.toMatchObject({
      code: "benchmark-missing",
      detail: { got: "a folder with data/train.jsonl" },
    });
    await write("validation", "b".repeat(16));
    expect(await idOf()).toBe("b".repeat(16));
    await write("test", "c".repeat(16));
    expect(await idOf()).toBe("c".repeat(16));
    expect(await idOf("train")).toBe("a".repeat(16));
  });

  test("an empty split is named as one, with those that have questions (was: 'Was the file cut?')", async () => {
    const dataset = join(folder, "emptySplit");
    await mkdir(join(dataset, "data"), { recursive: true });
    await writeFile(join(dataset, "data", "validation.jsonl"), "");
    const adviceNow = () => thrownAdvice(() => readBenchmark(dataset));
    const normal =
      "This dataset has no validation questions, which is normal when all its rooms belong to other splits";
    expect(await adviceNow()).toBe(`${normal}. No other split has questions either: build more scans.`);
    await writeFile(join(dataset, "data", "train.jsonl"), jsonLines([datasetQuestion()]));
    expect(await adviceNow()).toBe(`${normal}. Ask for --split train.`);
    await writeFile(join(folder, "empty.jsonl"), "\n");
    expect(await thrownAdvice(() => readBenchmark(join(folder, "empty.jsonl")))).toBe("Give a file that has some.");
  });

  test("regression, its files were listed: a split that a dataset lacks is named, with those that have questions", async () => {
    const dataset = join(folder, "noTest");
    await mkdir(join(dataset, "data"), { recursive: true });
    await writeFile(join(dataset, "manifest.json"), "{}");
    await writeFile(join(dataset, "data", "train.jsonl"), jsonLines([datasetQuestion()]));
    await writeFile(join(dataset, "data", "validation.jsonl"), "");
    await expect(readBenchmark(dataset, { split: "test" })).rejects.toThrow(
      "noTest: got a dataset without test questions, expected a dataset with data/test.jsonl. Ask for --split train.",
    );
  });

  test("a dataset that is being replaced is refused, as a folder and as the file in it", async () => {
    const dataset = join(folder, "half");
    await mkdir(join(dataset, "data"), { recursive: true });
    await mkdir(join(dataset, ".vsi-build"));
    const file = join(dataset, "data", "test.jsonl");
    await writeFile(file, jsonLines([datasetQuestion({ id: "a".repeat(16) })]));
    expect(await readBenchmark(dataset)).toHaveLength(1);
    await writeFile(join(dataset, ".vsi-build", "publishing.json"), "{}");
    for (const path of [dataset, file]) await expect(readBenchmark(path)).rejects.toThrow("partly old and partly new");
  });

  test("a folder that holds its questions under no split's name names them", async () => {
    const clone = join(folder, "clone");
    await mkdir(clone);
    await writeFile(join(clone, "all.jsonl"), jsonLines([number]));
    await writeFile(join(clone, "README.md"), "");
    await expect(readBenchmark(clone)).rejects.toMatchObject({
      code: "benchmark-missing",
      detail: { got: "a folder with all.jsonl", advice: "Give the file." },
    });
  });

  test("the files of Hugging Face's own conversion are named (was: give the folder that vsi-build wrote)", async () => {
    const converted = join(folder, "converted");
    await mkdir(join(converted, "default", "test"), { recursive: true });
    await writeFile(join(converted, "default", "test", "0000.parquet"), "");
    await expect(readBenchmark(converted)).rejects.toMatchObject({
      code: "benchmark-missing",
      detail: { got: "a folder with default/test/0000.parquet", advice: "Give the file." },
    });
  });

  describe("a split in several files", () => {
    const clone = join(folder, "shards");
    const shard = (number: number, count = 3): string =>
      join(clone, "data", `test-0000${number}-of-0000${count}.parquet`);
    const records = [12, 3, 45].map((id) => ({ ...number, id }));

    beforeAll(async () => {
      await mkdir(join(clone, "data"), { recursive: true });
      for (const [index, record] of records.entries()) {
        const columnData = Object.entries(record).flatMap(([name, value]) =>
          value === null ? [] : [{ name, data: [value] }],
        );
        await writeFile(shard(index), Buffer.from(parquetWriteBuffer({ columnData })));
      }
    });

    const idsOf = async (path: string): Promise<string[]> => (await readBenchmark(path)).map(({ id }) => id);

    test("is read whole and in order, by the folder or by any of its files (was refused)", async () => {
      for (const path of [clone, shard(0), shard(2)]) expect(await idsOf(path)).toEqual(["12", "3", "45"]);
      expect(await findBenchmarkFile(clone)).toBe(shard(0));
    });

    test("has one checksum: that of its files one behind the other", async () => {
      const bytes = await Promise.all([0, 1, 2].map((index) => readFile(shard(index))));
      expect(await hashBenchmark(shard(0))).toBe(createHash("sha256").update(Buffer.concat(bytes)).digest("hex"));
    });

    test("with an id in two of them, or one of them missing, is refused by the file's name", async () => {
      const last = await readFile(shard(2));
      await writeFile(shard(2), await readFile(shard(1)));
      await expect(readBenchmark(clone)).rejects.toThrow(
        "test-00002-of-00003.parquet: row 1, id: got 3, as on row 1 of test-00001-of-00003.parquet",
      );
      await writeFile(shard(2), last);
      await rm(shard(1));
      await expect(readBenchmark(clone)).rejects.toThrow(
        "test-00001-of-00003.parquet: got nothing, expected one of the 3 files of test-00000-of-00003.parquet's split.",
      );
    });

    test("beside another form of the same split names both", async () => {
      await writeFile(shard(0, 1), await readFile(shard(0)));
      await expect(readBenchmark(clone)).rejects.toMatchObject({
        code: "benchmark-missing",
        detail: { expected: "one file for the split test" },
      });
    });
  });

  test("a split of a file, and a path with nothing behind it, are refused", async () => {
    const path = join(folder, "test.jsonl");
    await writeFile(path, jsonLines([number]));
    await expect(readBenchmark(path, { split: "test" })).rejects.toMatchObject({ code: "benchmark-split" });
    await expect(readBenchmark(join(folder, "none"))).rejects.toMatchObject({ code: "benchmark-missing" });
  });
});
