import { readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command/program";
import type { DatasetSplit } from "@vsi/dataset";
import {
  type Column,
  type ColumnType,
  fileError,
  parquetSchema,
  parquetValue,
  partialPath,
} from "@vsi/dataset/internal/node";
import { readJsonl } from "@vsi/dataset/node";
import type { ParquetWriter } from "hyparquet-writer";
import { IMAGES_COLUMN, QUESTION_COLUMNS } from "./columns.ts";

interface ParquetOptions {
  rowsPerShard: number;
  rowsPerGroup: number;
  /** With one called IMAGES_COLUMN each row also gets its frames. */
  columns: readonly Column[];
  /** Whether the frames' bytes are written; else only where they are. */
  embed: boolean;
}

const DEFAULT_PARQUET_OPTIONS: ParquetOptions = {
  columns: QUESTION_COLUMNS,
  embed: false,
  /**
   * 50,000 questions are a few MB (994 about sample rooms take 66 kB), and readers that work side by side (`num_proc`,
   * streaming) share out whole files.
   */
  rowsPerShard: 50_000,
  /** A group is in memory while it is written: 10,000 questions with 32 frames each are some 15 MB of JSON. */
  rowsPerGroup: 10_000,
};

/** Bytes that embedded frames may come to: twice what most disks of a workstation spare for a data set. */
const MOST_EMBEDDED = 100e9;

/** Bytes of a file and of a group of rows with embedded frames, as `datasets` shards (its MAX_SHARD_SIZE) and reads. */
const EMBEDDED_SHARD = 500e6;
const EMBEDDED_GROUP = 50e6;

/**
 * How large embedded frames come to, by split: each question holds all of its frames.
 *
 * @throws UsageError above MOST_EMBEDDED, before anything is written.
 */
export async function measureFrames(
  folder: string,
  splits: readonly { split: DatasetSplit }[],
): Promise<Map<DatasetSplit, number>> {
  const sizes = new Map<string, number>();
  const bytes = new Map<DatasetSplit, number>();
  for (const { split } of splits) {
    let sum = 0;
    for await (const { record } of readJsonl(join(folder, "data", `${split}.jsonl`))) {
      for (const path of framePaths(record as Row)) {
        const size = sizes.get(path) ?? (await stat(join(folder, path))).size;
        sizes.set(path, size);
        sum += size;
      }
    }
    bytes.set(split, sum);
  }
  const total = [...bytes.values()].reduce((sum, one) => sum + one, 0);
  if (total <= MOST_EMBEDDED) return bytes;
  throw new UsageError(
    `--embed-frames: the questions' frames come to ${Math.round(total / 1e9)} GB, over ${MOST_EMBEDDED / 1e9} GB: every question holds its own. ` +
      "Use fewer or smaller frames (--frames, --frame-size), cap the questions (--max-per-scene), or leave it out: the paths in `images` lead to frames/. Finished scans are kept for --resume.",
  );
}

/** Rows per file and group; `bytes` of the split's frames, null where they are not embedded. */
export function parquetLimits(bytes: number | null, questions: number): Partial<ParquetOptions> {
  if (bytes === null || questions === 0) return {};
  const rowBytes = Math.max(1, bytes / questions);
  const rows = (most: number, usual: number) => Math.max(1, Math.min(usual, Math.floor(most / rowBytes)));
  return {
    embed: true,
    rowsPerShard: rows(EMBEDDED_SHARD, DEFAULT_PARQUET_OPTIONS.rowsPerShard),
    rowsPerGroup: rows(EMBEDDED_GROUP, DEFAULT_PARQUET_OPTIONS.rowsPerGroup),
  };
}

type Row = Record<string, unknown>;

/** A question's frames, POSIX paths below the dataset's folder. */
function framePaths({ scene_name, frames }: Row): string[] {
  return ((frames ?? []) as string[]).map((name) => `frames/${scene_name}/${name}`);
}

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
  given: Partial<ParquetOptions> = {},
): Promise<string[]> {
  const options = { ...DEFAULT_PARQUET_OPTIONS, ...given };
  const { rowsPerShard } = options;
  const paths = shardPaths(split, Math.ceil(questions / rowsPerShard));
  const rows = readJsonl(join(folder, "data", `${split}.jsonl`));
  try {
    for (const [shard, path] of paths.entries()) {
      await writeShard(folder, path, rows, Math.min(rowsPerShard, questions - shard * rowsPerShard), options);
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
  folder: string,
  name: string,
  rows: AsyncGenerator<{ record: unknown }, void>,
  size: number,
  { rowsPerGroup, columns, embed }: ParquetOptions,
): Promise<void> {
  const path = join(folder, name);
  // Loaded only when it is asked for: most builds write JSONL alone.
  const { fileWriter, ParquetWriter } = await import("hyparquet-writer");
  try {
    const writer = new ParquetWriter({
      writer: fileWriter(partialPath(path)),
      schema: parquetSchema(columns),
      // Without the card too, `datasets` then knows which columns are pictures (datasets.Features).
      kvMetadata: [{ key: "huggingface", value: JSON.stringify({ info: { features: featuresOf(columns) } }) }],
    });
    for (let written = 0; written < size; ) {
      const group = await take(rows, Math.min(rowsPerGroup, size - written));
      if (columns.some(({ name }) => name === IMAGES_COLUMN)) await addImages(folder, group, embed);
      await writeGroup(writer, group, columns);
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

/** Neighbouring questions show the same frames, which are then read once. */
async function addImages(folder: string, rows: Row[], embed: boolean): Promise<void> {
  const read = new Map<string, Uint8Array>();
  for (const row of rows) {
    if (row.frames === null) continue;
    const images: { bytes: Uint8Array | null; path: string }[] = [];
    for (const path of framePaths(row)) {
      if (embed && !read.has(path)) read.set(path, await readFile(join(folder, path)));
      images.push({ bytes: read.get(path) ?? null, path });
    }
    row[IMAGES_COLUMN] = images;
  }
}

/** Columns as `datasets` writes its features into a file. */
function featuresOf(columns: readonly Column[]): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, type }) => [name, featureOf(type)]));
}

function featureOf(type: ColumnType): unknown {
  if (type === "image") return { _type: "Image" };
  if (type === "image-path") return { decode: false, _type: "Image" };
  if (typeof type === "string") return { dtype: type, _type: "Value" };
  return "list" in type ? { feature: featureOf(type.list), _type: "List" } : featuresOf(type.struct);
}

async function writeGroup(writer: ParquetWriter, rows: readonly Row[], columns: readonly Column[]): Promise<void> {
  const columnData = columns.map(({ name, type }) => ({
    name,
    data: rows.map((row) => parquetValue(row[name], type)),
  }));
  await writer.write({ columnData, rowGroupSize: rows.length });
}
