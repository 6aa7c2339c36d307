import { readFile } from "node:fs/promises";
import { fileError } from "@vsi/dataset/internal/node";
import { EvaluationError } from "./errors.ts";

/** Rows of a table, each by the names of its columns. */
export interface TableRecord {
  place: string;
  record: Readonly<Record<string, unknown>>;
}

/**
 * The rows of a table as pandas writes it: the first line names the columns; a cell with a tab, a quotation mark or a
 * line break stands in quotation marks, doubled inside. All cells are texts; an empty one is null.
 *
 * @param delimiter a tab, or a comma.
 * @throws EvaluationError "table-shape", "table-encoding" or "file-...".
 */
export async function* textTableRows(path: string, delimiter: "\t" | ","): AsyncGenerator<TableRecord, void> {
  const file = path.replaceAll("\\", "/");
  const text = await readText(path, "table-encoding");
  let heads: string[] | null = null;
  for (const { line, cells } of tableLines(text, delimiter, file)) {
    if (heads === null) {
      heads = cells;
      continue;
    }
    if (cells.length !== heads.length) {
      throw new EvaluationError("table-shape", {
        file,
        place: `line ${line}`,
        got: `${cells.length} cells`,
        expected: `${heads.length}, one for each of ${heads.slice(0, 6).join(", ")}${heads.length > 6 ? ", ..." : ""}`,
        advice: 'Was the table truncated or edited? Write it again: DataFrame.to_csv(FILE, sep="\\t", index=False).',
      });
    }
    const entries = heads.map((head, index) => [head, cells[index] === "" ? null : cells[index]]);
    yield { place: `line ${line}`, record: Object.fromEntries(entries) };
  }
}

/**
 * A whole file as text: UTF-8, or UTF-16 where its first bytes say so, as Excel's "Unicode Text" and a redirection in
 * Windows PowerShell do.
 *
 * @param code of the error for bytes that are neither.
 * @param whatItIs the file's purpose, for an error.
 * @throws EvaluationError with that code, or "file-...".
 */
export async function readText(path: string, code: string, whatItIs = "a file to read"): Promise<string> {
  const file = path.replaceAll("\\", "/");
  const bytes = await readFile(path).catch((cause: unknown) => {
    const error = fileError(cause, file, whatItIs);
    throw new EvaluationError(error.code, error.detail, { cause });
  });
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new EvaluationError(
      code,
      {
        file,
        place: "file",
        got: `bytes that are not ${encoding.toUpperCase()}`,
        expected: "UTF-8 text",
        advice: "Is it compressed, or saved in another encoding? Save it as UTF-8.",
      },
      { cause },
    );
  }
}

/** By the byte order mark, which TextDecoder takes off. */
export function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}

function* tableLines(text: string, delimiter: string, file: string): Generator<{ line: number; cells: string[] }> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    for (;;) {
      let cell = "";
      if (text.charAt(at) === '"') {
        for (;;) {
          const end = text.indexOf('"', at + 1);
          if (end < 0) {
            throw new EvaluationError("table-shape", {
              file,
              place: `line ${start}`,
              got: "a cell whose quotation mark is never closed",
              expected: "the mark at the cell's end",
              advice: "Was the table truncated? Write it again.",
            });
          }
          cell += text.slice(at + 1, end);
          at = end + 1;
          if (text.charAt(at) !== '"') break;
          cell += '"';
        }
      }
      // What follows a closing mark belongs to the cell, as pandas takes it.
      let end = at;
      while (end < text.length && !`${delimiter}\r\n`.includes(text.charAt(end))) end += 1;
      cell += text.slice(at, end);
      at = end;
      line += cell.split("\n").length - 1;
      cells.push(cell);
      if (text.charAt(at) !== delimiter) break;
      at += 1;
    }
    if (text.charAt(at) === "\r") at += 1;
    if (text.charAt(at) === "\n") at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== "") yield { line: start, cells };
  }
}
