import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { fileError } from "./fileError.ts";
import { partialPath } from "./partialPath.ts";

/** Characters gathered before they go to the file: few system calls, and memory that does not grow with the file. */
const CHUNK_LENGTH = 64 * 1024;

/**
 * Writes records to a JSONL file one by one; the file appears under its name when `close` is done, complete.
 * Await every `write`: it waits for the disk when records come faster. After a failure, call `abort`.
 */
export class JsonlWriter<JsonRecord extends object> {
  readonly #path: string;
  readonly #file: FileHandle;
  #gathered = "";
  /** Chunks reach the file in order, also when a caller does not await. */
  #lastFlush: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * @param path the folder must exist; until `close`, the lines are in `<path>.partial`.
   * @throws DatasetError as in fileError.
   */
  static async open<JsonRecord extends object>(path: string): Promise<JsonlWriter<JsonRecord>> {
    try {
      return new JsonlWriter<JsonRecord>(path, await open(partialPath(path), "w"));
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
    this.#gathered += `${JSON.stringify(record)}\n`;
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
