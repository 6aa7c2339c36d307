import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { parquetSchema } from "@vsi/dataset/internal/node";
import { DatasetError } from "@vsi/dataset/node";
import { temporaryFolder } from "@vsi/testing/folders";
import { question, writeQuestions } from "@vsi/testing/question";
import fc from "fast-check";
import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema as readSchema,
} from "hyparquet";
import { QUESTION_COLUMNS } from "../src/columns.ts";
import { writeParquet } from "../src/parquet.ts";
import { anyQuestion } from "./support/anyQuestion.ts";

test("a reader finds a question's fields, and those of its evidence, in the flat list", () => {
  const tree = readSchema({ schema: parquetSchema(QUESTION_COLUMNS) } as FileMetaData);
  expect(tree.children.map(({ element }) => element.name)).toEqual(QUESTION_COLUMNS.map(({ name }) => name));
  const evidence = tree.children.at(-1)?.children.map(({ element }) => element.name);
  expect(evidence).toEqual(["object_ids", "value", "unit", "margin", "route", "frames"]);
});

/** Rows as JSON has them: out of Parquet, 64-bit integers come as BigInt and lists that are null as undefined. */
async function readRows(path: string): Promise<unknown[]> {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
  return JSON.parse(JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? Number(value) : (value ?? null))));
}

describe("writeParquet", () => {
  const folder = temporaryFolder();
  let made = 0;
  const newFolder = () => join(folder, String(made++));

  test("any questions come back row by row, over all shards and groups", async () => {
    const limits = { rowsPerShard: 5, rowsPerGroup: 2 };
    const property = async (train: Question[]) => {
      const home = await writeQuestions(newFolder(), { train });
      const paths = await writeParquet(home, "train", train.length, limits);
      const rows: unknown[] = [];
      for (const path of paths) rows.push(...(await readRows(join(home, path))));
      expect(rows).toEqual(JSON.parse(JSON.stringify(train)));
    };
    await fc.assert(fc.asyncProperty(fc.array(anyQuestion, { maxLength: 12 }), property), { numRuns: 40 });
  });

  test("shards are named and filled as `datasets` does, groups are no larger than the limit", async () => {
    const train = Array.from({ length: 12 }, () => question());
    const home = await writeQuestions(newFolder(), { train });
    const paths = await writeParquet(home, "train", 12, { rowsPerShard: 5, rowsPerGroup: 2 });
    expect(paths).toEqual([0, 1, 2].map((shard) => `data/train-0000${shard}-of-00003.parquet`));
    const groups: number[][] = [];
    for (const path of paths) {
      const { row_groups } = await parquetMetadataAsync(await asyncBufferFromFile(join(home, path)));
      groups.push(row_groups.map(({ num_rows }) => Number(num_rows)));
    }
    expect(groups).toEqual([[2, 2, 1], [2, 2, 1], [2]]);
  });

  test("no questions make no file", async () => {
    const home = await writeQuestions(newFolder(), { test: [] });
    expect(await writeParquet(home, "test", 0)).toEqual([]);
    expect(await readdir(join(home, "data"))).toEqual(["test.jsonl"]);
  });

  test("the same questions give the same bytes", async () => {
    const train = fc.sample(anyQuestion, { numRuns: 50, seed: 7 });
    const made: Buffer[] = [];
    for (let time = 0; time < 2; time += 1) {
      const home = await writeQuestions(newFolder(), { train });
      const [path] = await writeParquet(home, "train", train.length);
      made.push(await readFile(join(home, path as string)));
    }
    expect(made[1]).toEqual(made[0]);
  });

  test("a value of another type leaves no file behind, also no partial one", async () => {
    const evidence = { ...question().evidence, object_ids: [1.5] };
    const home = await writeQuestions(newFolder(), { train: [question(), question({ evidence })] });
    await expect(writeParquet(home, "train", 2)).rejects.toThrow(DatasetError);
    expect(await readdir(join(home, "data"))).toEqual(["train.jsonl"]);
  });
});
