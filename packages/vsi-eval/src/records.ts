import { open } from "node:fs/promises";
import { extname } from "node:path";
import { isRecord, jsonExcerpt } from "@vsi/dataset/internal";
import { fileError, readParquetRows } from "@vsi/dataset/internal/node";
import { DatasetError, readJsonl } from "@vsi/dataset/node";
import { EvaluationError } from "./errors.ts";
import { encodingOf, readText, textTableRows } from "./tableFiles.ts";

/** One record of a file and where it stands: "line 3", or "item 3" of a JSON list, or "row 3" of a Parquet file. */
export interface FileRecord {
  place: string;
  record: Readonly<Record<string, unknown>>;
}

/**
 * The records of a file, one by one: JSONL, a JSON list, Parquet, or a table with tabs or commas (.tsv, .csv), told
 * apart by the first bytes and the name.
 *
 * @param whatItIs names the file's purpose in an error: "predictions".
 * @throws EvaluationError "jsonl-..." or "file-..." as readJsonl's DatasetError, "record-not-an-object" for other JSON,
 * "json-syntax", "parquet-unreadable", "table-...", "records-format" for a workbook.
 */
export async function* readRecords(path: string, whatItIs: string): AsyncGenerator<FileRecord, void> {
  const file = path.replaceAll("\\", "/");
  const form = await formOf(path, file, whatItIs);
  for await (const { place, record } of recordsOf(path, form, whatItIs)) {
    if (!isRecord(record)) {
      throw new EvaluationError("record-not-an-object", {
        file,
        place,
        got: describeValue(record),
        expected: `one JSON object per ${form === "json" ? "item" : "line"} of the ${whatItIs}`,
        advice: "vsi-eval score --help shows what a line looks like.",
      });
    }
    yield { place, record };
  }
}

type Form = "jsonl" | "json" | "jsonOrLines" | "parquet" | "tsv" | "csv";

/** Enough for a byte order mark, some blank lines and the first character. */
const FIRST_BYTES = 256;

async function formOf(path: string, file: string, whatItIs: string): Promise<Form> {
  const extension = extname(path).toLowerCase();
  let first = "";
  try {
    const handle = await open(path);
    try {
      // What a pipe gives can be read once only.
      if ((await handle.stat()).isFile()) {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
        first = new TextDecoder(encodingOf(buffer)).decode(buffer.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const error = fileError(cause, file, `the ${whatItIs} to read`);
    throw new EvaluationError(error.code, error.detail, { cause });
  }
  if (first.startsWith("PAR1") || extension === ".parquet") return "parquet";
  // A zip or an OLE file by this name: what Excel writes.
  if (extension === ".xlsx" || extension === ".xls") {
    throw new EvaluationError("records-format", {
      file,
      place: "file",
      got: "an Excel workbook",
      expected: `the ${whatItIs} as .tsv, JSON, JSONL or Parquet`,
      advice: 'Save it as .tsv: pandas.read_excel(FILE).to_csv(OUT, sep="\\t", index=False).',
    });
  }
  if (extension === ".tsv") return "tsv";
  if (extension === ".csv") return "csv";
  const start = first.trimStart();
  if (start.startsWith("[")) return "json";
  return extension === ".json" && start.startsWith("{") ? "jsonOrLines" : "jsonl";
}

function recordsOf(path: string, form: Form, whatItIs: string): AsyncIterable<{ place: string; record: unknown }> {
  switch (form) {
    case "parquet":
      return parquetRows(path);
    case "tsv":
      return textTableRows(path, "\t");
    case "csv":
      return textTableRows(path, ",");
    case "json":
      return jsonItems(path, whatItIs);
    case "jsonOrLines":
      return itemsOrLines(path, whatItIs);
    default:
      return jsonLines(path, whatItIs);
  }
}

/** The items of a JSON list, which may stand in an object as "results" (R1-V's evaluations) or "data". */
async function* jsonItems(path: string, whatItIs: string): AsyncGenerator<{ place: string; record: unknown }, void> {
  const file = path.replaceAll("\\", "/");
  const fail = (code: string, got: string, cause?: unknown): EvaluationError =>
    new EvaluationError(
      code,
      {
        file,
        place: "file",
        got,
        expected: `a JSON list of the ${whatItIs}, or one JSON object per line`,
        advice: "Was the file truncated? Write it again as a JSON list, or one record per line.",
      },
      { cause },
    );
  const text = await readText(path, "json-encoding");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail("json-syntax", `text that is not JSON (${(error as Error).message})`, error);
  }
  const list = isRecord(value) ? (value.results ?? value.data) : value;
  if (!Array.isArray(list)) throw fail("json-syntax", describeValue(value));
  for (const [index, record] of list.entries()) yield { place: `item ${index + 1}`, record };
}

/** Of a .json that begins with an object: the list in it, or one record a line, as some programs name such files. */
async function* itemsOrLines(path: string, whatItIs: string): AsyncGenerator<{ place: string; record: unknown }, void> {
  const [first = "", ...others] = (await readText(path, "json-encoding")).trim().split("\n");
  const record = parsed(first);
  const isLines = isRecord(record) && (others.length > 0 || (record.results ?? record.data) === undefined);
  yield* isLines ? jsonLines(path, whatItIs) : jsonItems(path, whatItIs);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** readParquetRows' rows, its errors as this package's. */
async function* parquetRows(path: string): AsyncGenerator<{ place: string; record: unknown }, void> {
  try {
    for await (const { row, values } of readParquetRows(path, true)) yield { place: `row ${row}`, record: values };
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    throw new EvaluationError(error.code, error.detail, { cause: error });
  }
}

/** readJsonl's records, its errors in the words of a user of vsi-eval. */
async function* jsonLines(path: string, whatItIs: string): AsyncGenerator<{ place: string; record: unknown }, void> {
  try {
    for await (const { line, record } of readJsonl(path)) yield { place: `line ${line}`, record };
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    const { code, detail } = error;
    const isSyntax = code === "jsonl-syntax";
    const expected = isSyntax ? `one JSON record of the ${whatItIs}` : detail.expected;
    throw new EvaluationError(code, { ...detail, expected, advice: adviceFor(error) }, { cause: error });
  }
}

/** What a user of vsi-eval can do about a file that is not JSONL. */
function adviceFor({ code, detail }: DatasetError): string {
  if (code === "jsonl-encoding") {
    return "Is it compressed, in another encoding (UTF-16: save it as UTF-8), or a table under another name? Parquet, .tsv, .csv and JSON are read by their names.";
  }
  if (code !== "jsonl-syntax") return detail.advice;
  if (
    /Unexpected token '?[NI]|No number after minus sign/.test(detail.got) &&
    /[:[,]\s*-?(?:NaN|Infinity)\b/.test(detail.got)
  ) {
    return "JSON has no NaN and no Infinity, which Python writes all the same: write null, or the number as a text.";
  }
  // A truncated file has good lines before the bad one.
  if (detail.place !== "line 1") return "Was the file truncated? Correct or remove the line.";
  return detail.got.startsWith('"{')
    ? "Is the whole file one JSON document? Write one record per line, for example with jq -c '.[]'."
    : "Is it a table or plain text? Name a table .tsv or .csv; write anything else as JSON, one object per line.";
}

/** A value from a file as an error shows it: JSON in one line, truncated when long; "nothing" when missing. */
export function describeValue(value: unknown): string {
  return jsonExcerpt(value, "…");
}
