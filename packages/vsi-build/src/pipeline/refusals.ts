import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import type { QuestionType, Reject } from "@vsi/dataset";
import { fileError } from "@vsi/dataset/internal/node";
import type { JsonlWriter } from "@vsi/dataset/node";

/** How many candidates of a scan were refused. */
export interface RefusalCounts {
  /** By reason code. */
  codes: Record<string, number>;
  types: Partial<Record<QuestionType, number>>;
}

/** Takes a scan's refused candidates one by one: a crowded scan can refuse hundreds of thousands. */
export interface RefusalSink {
  take(reject: Reject): void;
  counts: RefusalCounts;
}

/** Counts refused candidates, and how many bytes they would be as lines. */
export function countRefusals(): RefusalSink & { bytes(): number } {
  const counts: RefusalCounts = { codes: {}, types: {} };
  let bytes = 0;
  return {
    counts,
    take(reject) {
      countInto(counts, reject);
      bytes += Buffer.byteLength(JSON.stringify(reject)) + 1;
    },
    bytes: () => bytes,
  };
}

/** Characters gathered before they go to the file. */
const CHUNK_LENGTH = 64 * 1024;

/**
 * Writes refused candidates to a file as lines of rejects.jsonl, synchronously: they come out of one synchronous call.
 * The file is whole once `close` has returned its sha256; until the scan's result names that, it proves nothing.
 *
 * @throws DatasetError as in fileError, here and from `take` and `close`.
 */
export function writeRefusals(path: string): RefusalSink & { close(): string } {
  const counts: RefusalCounts = { codes: {}, types: {} };
  const hash = createHash("sha256");
  const explained = <Result>(action: () => Result): Result => {
    try {
      return action();
    } catch (error) {
      throw fileError(error, path, "a file to write");
    }
  };
  const file = explained(() => openSync(path, "w"));
  let gathered = "";
  const flush = (): void => {
    const chunk = gathered;
    gathered = "";
    hash.update(chunk);
    explained(() => writeSync(file, chunk));
  };
  return {
    counts,
    take(reject) {
      countInto(counts, reject);
      gathered += `${JSON.stringify(reject)}\n`;
      if (gathered.length >= CHUNK_LENGTH) flush();
    },
    close() {
      if (gathered !== "") flush();
      explained(() => closeSync(file));
      return hash.digest("hex");
    },
  };
}

/** What is read at a time; it is decoded before anything else can be read. */
const block = Buffer.allocUnsafeSlow(CHUNK_LENGTH);

/**
 * Copies the lines of such a file into rejects.jsonl. Reads at once, block by block: a stream of its own for each scan
 * took a quarter of a merge.
 *
 * @returns the sha256 of what was copied; null when the file has gone.
 */
export async function copyRefusals(path: string, rejects: JsonlWriter<Reject>): Promise<string | null> {
  const hash = createHash("sha256");
  // A character's bytes may lie in two blocks.
  const decoder = new StringDecoder("utf8");
  try {
    const file = openSync(path, "r");
    try {
      for (let read = -1; read !== 0; ) {
        read = readSync(file, block);
        const bytes = block.subarray(0, read);
        hash.update(bytes);
        await rejects.writeText(decoder.write(bytes));
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw fileError(error, path, "a file to read");
  }
  return hash.digest("hex");
}

function countInto({ codes, types }: RefusalCounts, { code, question_type }: Reject): void {
  codes[code] = (codes[code] ?? 0) + 1;
  if (question_type !== null) types[question_type] = (types[question_type] ?? 0) + 1;
}
