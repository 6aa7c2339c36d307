import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { checkReadable } from "@vsi/command";
import { describeNoDataset, hubAdvice } from "@vsi/command/internal";
import { checkArguments, oneOf, orNull, PATH } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { EvaluationError } from "./errors.ts";
import { BENCHMARK_SUBSETS, type BenchmarkSubset } from "./subsets.ts";

/** The splits of a dataset folder, as its files in data/ are called. */
export const BENCHMARK_SPLITS = ["test", "validation", "train"] as const;

/** One of BENCHMARK_SPLITS. */
export type BenchmarkSplit = (typeof BENCHMARK_SPLITS)[number];

/**
 * The file behind what was given as data: a file itself, a dataset folder's data/SPLIT.jsonl, or that of a Hugging Face
 * dataset's folder (test.jsonl, data/test-00000-of-00001.parquet, 32_frame/test.parquet). Of a split in several files
 * (test-00000-of-00003.parquet, ...) the first, which stands for all of them.
 *
 * @param split null: test, or validation where the folder has no test questions; never train.
 * @param subset chooses among the files of a Hugging Face dataset that are named after one.
 * @throws EvaluationError "benchmark-missing" with what to give, "benchmark-split" for a split of a file; UsageError for a
 * dataset folder that is being replaced.
 *
 * @example
 * ```js
 * import { findBenchmarkFile } from "vsi-eval";
 *
 * console.log(await findBenchmarkFile("vsi-100k", "train")); // vsi-100k/data/train.jsonl
 * ```
 */
export async function findBenchmarkFile(
  path: string,
  split: BenchmarkSplit | null = null,
  subset: BenchmarkSubset | null = null,
): Promise<string> {
  checkArguments("findBenchmarkFile", {
    path: [path, PATH],
    split: [split, orNull(oneOf(BENCHMARK_SPLITS))],
    subset: [subset, orNull(oneOf(BENCHMARK_SUBSETS))],
  });
  const kind = await kindOf(path);
  if (kind === "file") {
    if (basename(dirname(path)) === "data") await checkReadable(join(path, "..", ".."));
    if (split === null) return firstShard(path);
    throw failure("benchmark-split", path, `--split ${split} for a file`, "a dataset folder, which has splits");
  }
  if (kind === "nothing") {
    throw failure("benchmark-missing", path, "nothing", "a file or a dataset folder", hubAdvice(path) ?? undefined);
  }
  await checkReadable(path);
  const splits = split === null ? (["test", "validation"] as const) : [split];
  for (const name of splits) {
    const file = join(path, "data", `${name}.jsonl`);
    if ((await kindOf(file)) === "file") return file;
  }
  const published = await publishedFile(path, splits, subset);
  if (published !== null) return published;
  const expected = `a dataset folder with ${splits.map((name) => `data/${name}.jsonl`).join(" or ")}`;
  const held = await heldFiles(path);
  const other = await describeNoDataset(path);
  // A folder with JSONL files, such as VSI-Bench's repository: one of them is meant.
  if (other !== null && (held.length === 0 || !other.got.startsWith("a folder without"))) {
    throw failure("benchmark-missing", path, other.got, expected, other.advice);
  }
  if (other === null && split !== null) {
    throw failure(
      "benchmark-missing",
      path,
      `a dataset without ${split} questions`,
      `a dataset with data/${split}.jsonl`,
      splitAdvice(await splitsWithQuestions(join(path, "data"))),
    );
  }
  const got = held.length === 0 ? "a folder" : `a folder with ${held.join(", ")}`;
  const advice = held.includes("data/train.jsonl")
    ? "Ask for --split train."
    : held.length > 0
      ? "Give the file."
      : undefined;
  throw failure("benchmark-missing", path, got, expected, advice);
}

/** Which of a dataset's files in data/ hold questions. */
export async function splitsWithQuestions(folder: string): Promise<BenchmarkSplit[]> {
  const found = await Promise.all(
    BENCHMARK_SPLITS.map(async (split) => {
      const file = await stat(join(folder, `${split}.jsonl`)).catch(() => null);
      return file !== null && file.size > 0 ? [split] : [];
    }),
  );
  return found.flat();
}

/** Which --split to ask for instead. */
export function splitAdvice(splits: readonly BenchmarkSplit[]): string {
  return splits.length === 0
    ? "No other split has questions either: build more scans."
    : `Ask for ${splits.map((split) => `--split ${split}`).join(" or ")}.`;
}

/** "test-00000-of-00001.parquet", "test.jsonl", "test_debiased.parquet"; the group is the split. */
const PUBLISHED_FILE = /^(test|val(?:idation)?|train)(?![a-z])[\w.-]*\.(?:jsonl|json|parquet)$/;

/**
 * The one file of a Hugging Face dataset's folder that holds a split, in the folder, in data/ or in a folder named after
 * a configuration; null where there is none.
 *
 * @throws EvaluationError "benchmark-missing" naming the files where several fit.
 */
async function publishedFile(
  path: string,
  splits: readonly BenchmarkSplit[],
  subset: BenchmarkSubset | null,
): Promise<string | null> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const names = entries.map(({ name }) => name);
  // A dataset of ours has its splits in data/ alone.
  if (names.includes("manifest.json")) return null;
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  const inner = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(path, folder)).catch(() => [])).map((name) => `${folder}/${name}`),
    ),
  );
  const files = [...names, ...inner.flat()].map((file) => ({ file, split: PUBLISHED_FILE.exec(basename(file))?.[1] }));
  for (const split of splits) {
    const ofSplit = files.flatMap((found) =>
      found.split !== undefined && split.startsWith(found.split) ? [found.file] : [],
    );
    const named = ofSplit.filter((file) => BENCHMARK_SUBSETS.some((one) => file.includes(one)));
    const plain = ofSplit.filter((file) => !named.includes(file));
    const ofSubset = subset === null ? [] : named.filter((file) => file.includes(subset));
    const fitting = ofSubset.length > 0 ? ofSubset : plain;
    const [only, ...others] = new Set(fitting.map(firstShard));
    if (only !== undefined && others.length === 0) return join(path, only);
    if (ofSplit.length > 0) {
      const shown = (fitting.length > 0 ? fitting : ofSplit).sort().slice(0, NAMED_FILES).join(", ");
      const advice = fitting.length > 0 ? "Give the file." : "Give the file, or choose one with --subset.";
      throw failure("benchmark-missing", path, `a folder with ${shown}`, `one file for the split ${split}`, advice);
    }
  }
  return null;
}

/** "test-00001-of-00003.parquet", as `datasets` names the files of a split that is too large for one. */
const SHARD = /^(.*-)(\d{5})(-of-)(\d{5})(\.[a-z]+)$/s;

function shardName(path: string, shard: number): string {
  return path.replace(
    SHARD,
    (_, stem, __, of, count, end) => `${stem}${String(shard).padStart(5, "0")}${of}${count}${end}`,
  );
}

function firstShard(path: string): string {
  return shardName(path, 0);
}

/**
 * The files of a benchmark in their order: all that a split is divided into, or the one.
 *
 * @param file as findBenchmarkFile gives it.
 * @throws EvaluationError "benchmark-missing" naming the file that is not there.
 */
export async function benchmarkFiles(file: string): Promise<string[]> {
  const count = Number(SHARD.exec(file)?.[4] ?? 1);
  if (count < 2) return [file];
  const files = Array.from({ length: count }, (_, shard) => shardName(file, shard));
  for (const shard of files) {
    if ((await kindOf(shard)) === "file") continue;
    throw failure(
      "benchmark-missing",
      shard,
      "nothing",
      `one of the ${count} files of ${basename(file)}'s split`,
      "Download all of them; to read a single one, give it another name.",
    );
  }
  return files;
}

/**
 * The sha256 of a benchmark, as 64 hex digits: of its file, or of all files that it is divided into, one behind the
 * other.
 *
 * @throws EvaluationError as benchmarkFiles; DatasetError as in fileError.
 */
export async function hashBenchmark(file: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of await benchmarkFiles(file)) {
    try {
      for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    } catch (error) {
      throw fileError(error, path, "a file to read");
    }
  }
  return hash.digest("hex");
}

/** How many of a folder's files are named; more would not help. */
const NAMED_FILES = 5;

/**
 * The JSONL that a folder does hold, such as the test.jsonl of VSI-Bench's own repository; else Parquet, two folders deep
 * at most, as Hugging Face's own conversion has it (default/test/0000.parquet).
 */
async function heldFiles(path: string): Promise<string[]> {
  const names = await Promise.all(
    ["", "data/"].map(async (inner) => {
      const found = await readdir(join(path, inner)).catch(() => []);
      return found.filter((name) => name.endsWith(".jsonl")).map((name) => `${inner}${name}`);
    }),
  );
  const lines = names.flat();
  return (lines.length > 0 ? lines : await parquetWithin(path, "", 2)).sort().slice(0, NAMED_FILES);
}

async function parquetWithin(path: string, inner: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(path, inner), { withFileTypes: true }).catch(() => []);
  const found = entries.flatMap(({ name }) => (name.endsWith(".parquet") ? [`${inner}${name}`] : []));
  for (const entry of depth > 0 ? entries : []) {
    if (found.length >= NAMED_FILES) break;
    if (entry.isDirectory()) found.push(...(await parquetWithin(path, `${inner}${entry.name}/`, depth - 1)));
  }
  return found;
}

async function kindOf(path: string): Promise<"file" | "folder" | "nothing"> {
  const found = await stat(path).catch(() => null);
  if (found === null) return "nothing";
  return found.isDirectory() ? "folder" : "file";
}

function failure(
  code: string,
  path: string,
  got: string,
  expected: string,
  advice = "Give the benchmark's file (JSONL, JSON, Parquet) or folder, or a dataset folder of vsi-build.",
): EvaluationError {
  return new EvaluationError(code, {
    file: path.replaceAll("\\", "/"),
    place: "file",
    got,
    expected,
    advice,
  });
}
