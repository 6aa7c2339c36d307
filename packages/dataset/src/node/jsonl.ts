import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { DatasetError } from "../errors.ts";
import { argumentError, checkArguments, PATH } from "../kinds.ts";
import { fileError, PARTIAL_FLAGS, partialPath } from "./files.ts";

/** Characters gathered before they go to the file: few system calls, and memory that does not grow with the file. */
const CHUNK_LENGTH = 64 * 1024;

/**
 * Writes records to a JSONL file one by one; the file appears under its name when `close` is done, complete.
 * Await every `write`: it waits for the disk when records come faster. After a failure, call `abort`.
 *
 * @example
 * ```js
 * import { JsonlWriter } from "@vsi/dataset/node";
 *
 * const writer = await JsonlWriter.open("mine.jsonl");
 * await writer.write({ question: "How many chairs are there?", answer: 4 });
 * await writer.close();
 * console.log("written"); // written
 * ```
 */
export class JsonlWriter<JsonRecord extends object> {
  readonly #path: string;
  readonly #file: FileHandle;
  #gathered = "";
  /** Chunks reach the file in order, also when a caller does not await. */
  #lastFlush: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle) {
    // Private to TypeScript alone.
    if (file === undefined) {
      throw argumentError("new JsonlWriter", "file", file, "an open file: await JsonlWriter.open(path) makes a writer");
    }
    this.#path = path;
    this.#file = file;
  }

  /**
   * Begins a file.
   *
   * @param path the folder must exist; until `close`, the lines are in `<path>.partial`.
   * @throws DatasetError as in fileError.
   */
  static async open<JsonRecord extends object>(path: string): Promise<JsonlWriter<JsonRecord>> {
    checkArguments("JsonlWriter.open", { path: [path, PATH] });
    try {
      return new JsonlWriter<JsonRecord>(path, await open(partialPath(path), PARTIAL_FLAGS));
    } catch (error) {
      throw fileError(error, path, "a file to write");
    }
  }

  /**
   * Adds one line, the record's fields in their own order.
   *
   * @throws DatasetError as in fileError ("write-no-space" for a full disk).
   */
  async write(record: JsonRecord): Promise<void> {
    await this.writeText(`${JSON.stringify(record)}\n`);
  }

  /**
   * Adds text of lines that are whole together: what another JSONL file of such records holds.
   *
   * @throws DatasetError as in fileError.
   */
  async writeText(text: string): Promise<void> {
    this.#gathered += text;
    if (this.#gathered.length >= CHUNK_LENGTH) {
      await this.#flush();
    }
  }

  /**
   * Completes the file and gives it its name. On failure the partial file is removed.
   *
   * @throws DatasetError as in fileError.
   */
  async close(): Promise<void> {
    try {
      await this.#flush();
      // After a power cut, a file that was renamed without it may be an empty one.
      await this.#file.sync();
      await this.#file.close();
      await rename(partialPath(this.#path), this.#path);
    } catch (error) {
      await this.abort();
      throw fileError(error, this.#path, "a file to write");
    }
  }

  /** Gives up: closes and removes the partial file; what stood under the path before stays. */
  async abort(): Promise<void> {
    await this.#lastFlush.catch(() => undefined);
    await this.#file.close().catch(() => undefined);
    await rm(partialPath(this.#path), { force: true }).catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const chunk = this.#gathered;
    this.#gathered = "";
    this.#lastFlush = this.#lastFlush.then(() => this.#append(chunk));
    await this.#lastFlush;
  }

  async #append(chunk: string): Promise<void> {
    try {
      await this.#file.appendFile(chunk);
    } catch (error) {
      throw fileError(error, this.#path, "a file to write");
    }
  }
}

/** One line of a JSONL file. */
export interface JsonlRecord {
  /** 1 for the file's first line. */
  line: number;
  /** Any JSON value; check it with validateQuestion or validateReject. */
  record: unknown;
}

/**
 * 16 Mi characters: the longest records are under 2 thousand; stops a file without line ends from filling the memory.
 */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Enough of a broken line to recognise it. */
const LONGEST_SHOWN_LINE = 60;

/**
 * The records of a JSONL file, one by one. A byte order mark, CRLF, blank lines and a last line without an end are
 * accepted. The file is closed when the caller stops early.
 *
 * @throws DatasetError "jsonl-syntax", "jsonl-line-too-long", "jsonl-encoding" with file and line, or as in fileError.
 *
 * @example
 * ```js
 * import { readJsonl } from "@vsi/dataset/node";
 *
 * let questions = 0;
 * for await (const { record } of readJsonl("vsi-100k/data/train.jsonl")) {
 *   if (record.question_type === "room_size_estimation") questions += 1;
 * }
 * console.log(questions); // 2
 * ```
 */
export async function* readJsonl(path: string): AsyncGenerator<JsonlRecord, void> {
  checkArguments("readJsonl", { path: [path, PATH] });
  const file = path.replaceAll("\\", "/");
  let line = 0;
  for await (const text of linesOf(path, file)) {
    line++;
    if (text.trim() !== "") {
      yield { line, record: parseLine(text, file, line) };
    }
  }
}

async function* linesOf(path: string, file: string): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  let unfinished = "";
  /** Without bytes: the end of the file. */
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw encodingError(file, line);
    }
  };
  for await (const bytes of bytesOf(path, file)) {
    const pieces = (unfinished + decode(bytes)).split("\n");
    unfinished = pieces.pop() ?? "";
    line += pieces.length;
    yield* pieces;
    if (unfinished.length > LONGEST_LINE) {
      throw lengthError(file, line);
    }
  }
  yield unfinished + decode();
}

async function* bytesOf(path: string, file: string): AsyncGenerator<Uint8Array, void> {
  try {
    yield* createReadStream(path);
  } catch (error) {
    throw fileError(error, file, "a JSONL file to read");
  }
}

function parseLine(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DatasetError("jsonl-syntax", {
      file,
      place: `line ${line}`,
      got: `${JSON.stringify(text.slice(0, LONGEST_SHOWN_LINE))} (${(error as Error).message})`,
      expected: "one JSON record",
      advice: "Was the file truncated or edited? Compare it with SHA256SUMS.",
    });
  }
}

function lengthError(file: string, line: number): DatasetError {
  return new DatasetError("jsonl-line-too-long", {
    file,
    place: `line ${line}`,
    got: `over ${LONGEST_LINE} characters without a line break`,
    expected: "one JSON record per line",
    advice: "Is this a JSON array rather than JSONL? Convert it, for example with `jq -c '.[]'`.",
  });
}

function encodingError(file: string, line: number): DatasetError {
  return new DatasetError("jsonl-encoding", {
    file,
    place: `line ${line} or soon after`,
    got: "bytes that are not UTF-8",
    expected: "UTF-8 text",
    advice: "Was the file compressed or truncated? Compare it with SHA256SUMS.",
  });
}
