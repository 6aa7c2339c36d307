import { createReadStream } from "node:fs";
import { DatasetError } from "../errors.ts";
import { fileError } from "./fileError.ts";

export interface JsonlRecord {
  /** 1 for the file's first line. */
  line: number;
  /** Any JSON value; check it with validateQuestion or validateReject. */
  record: unknown;
}

/** 16 Mi characters: the longest records are under 2 thousand; stops a file without line ends from filling the memory. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Enough of a broken line to recognise it. */
const LONGEST_SHOWN_LINE = 60;

/**
 * The records of a JSONL file, one by one. A byte order mark, CRLF, blank lines and a last line without an end are
 * accepted. The file is closed when the caller stops early.
 *
 * @throws DatasetError "jsonl-syntax", "jsonl-line-too-long", "jsonl-encoding" with file and line, or as in fileError.
 */
export async function* readJsonl(path: string): AsyncGenerator<JsonlRecord, void> {
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
      advice: "Was the file cut or edited? Compare it with SHA256SUMS.",
    });
  }
}

function lengthError(file: string, line: number): DatasetError {
  return new DatasetError("jsonl-line-too-long", {
    file,
    place: `line ${line}`,
    got: `over ${LONGEST_LINE} characters without a line end`,
    expected: "one JSON record a line",
    advice: "Is this a JSON array rather than JSONL? Convert it, for example with `jq -c '.[]'`.",
  });
}

function encodingError(file: string, line: number): DatasetError {
  return new DatasetError("jsonl-encoding", {
    file,
    place: `line ${line} or soon after`,
    got: "bytes that are not UTF-8",
    expected: "UTF-8 text",
    advice: "Was the file compressed or cut? Compare it with SHA256SUMS.",
  });
}
