import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetSplit } from "@vsi/dataset";
import { fileError, parquetSchema, parquetValue, partialPath } from "@vsi/dataset/internal/node";
import { readJsonl } from "@vsi/dataset/node";
import type { ParquetWriter } from "hyparquet-writer";
import { QUESTION_COLUMNS } from "./columns.ts";

interface ParquetLimits {
  rowsPerShard: number;
  rowsPerGroup: number;
}

const DEFAULT_PARQUET_LIMITS: ParquetLimits = {
  /**
   * 50,000 questions are a few MB (994 about sample rooms take 66 kB), and readers that work side by side (`num_proc`,
   * streaming) share out whole files.
   */
  rowsPerShard: 50_000,
  /** A group is in memory while it is written: 10,000 questions with 32 frames each are some 15 MB of JSON. */
  rowsPerGroup: 10_000,
};

type Row = Record<string, unknown>;

/**
 * Writes `data/<split>.jsonl` again as `data/<split>-00000-of-0000N.parquet`, row for row, one group of rows in memory
 * at a time. The same questions give the same bytes. No questions give no file.
 *
 * @param folder the dataset folder.
 * @param questions how many lines the JSONL file has.
 * @returns the files' POSIX paths below the folder.
 * @throws DatasetError as in readJsonl and fileError.
 */
export async function writeParquet(
  folder: string,
  split: DatasetSplit,
  questions: number,
  limits: ParquetLimits = DEFAULT_PARQUET_LIMITS,
): Promise<string[]> {
  const { rowsPerShard, rowsPerGroup } = limits;
  const paths = shardPaths(split, Math.ceil(questions / rowsPerShard));
  const rows = readJsonl(join(folder, "data", `${split}.jsonl`));
  try {
    for (const [shard, path] of paths.entries()) {
      await writeShard(
        join(folder, path),
        rows,
        Math.min(rowsPerShard, questions - shard * rowsPerShard),
        rowsPerGroup,
      );
    }
  } finally {
    await rows.return();
  }
  return paths;
}

/** Names as `datasets` and the Hugging Face Hub write them. */
function shardPaths(split: DatasetSplit, shards: number): string[] {
  const digits = (count: number): string => String(count).padStart(5, "0");
  return Array.from({ length: shards }, (_, shard) => `data/${split}-${digits(shard)}-of-${digits(shards)}.parquet`);
}

async function writeShard(
  path: string,
  rows: AsyncGenerator<{ record: unknown }, void>,
  size: number,
  rowsPerGroup: number,
): Promise<void> {
  // Loaded only when it is asked for: most builds write JSONL alone.
  const { fileWriter, ParquetWriter } = await import("hyparquet-writer");
  try {
    const writer = new ParquetWriter({
      writer: fileWriter(partialPath(path)),
      schema: parquetSchema(QUESTION_COLUMNS),
    });
    for (let written = 0; written < size; ) {
      const group = await take(rows, Math.min(rowsPerGroup, size - written));
      await writeGroup(writer, group);
      written += group.length;
    }
    await writer.finish();
    await rename(partialPath(path), path);
  } catch (error) {
    await rm(partialPath(path), { force: true });
    throw fileError(error, path, "a Parquet file to write");
  }
}

async function take(rows: AsyncGenerator<{ record: unknown }, void>, size: number): Promise<Row[]> {
  const taken: Row[] = [];
  while (taken.length < size) {
    const next = await rows.next();
    if (next.done) throw new RangeError(`the JSONL file has fewer questions than were counted`);
    taken.push(next.value.record as Row);
  }
  return taken;
}

async function writeGroup(writer: ParquetWriter, rows: readonly Row[]): Promise<void> {
  const columnData = QUESTION_COLUMNS.map(({ name, type }) => ({
    name,
    data: rows.map((row) => parquetValue(row[name], type)),
  }));
  await writer.write({ columnData, rowGroupSize: rows.length });
}
