import { isRecord, jsonExcerpt } from "@vsi/dataset/internal";
import { DatasetError, type JsonlRecord, readJsonl } from "@vsi/dataset/node";
import { EvaluationError } from "./errors.ts";

/** One line of a JSONL file: a JSON object and where it stands. */
export interface FileRecord {
  /** 1 for the file's first line. */
  line: number;
  record: Readonly<Record<string, unknown>>;
}

const MAKE_LINES = "Is the whole file one JSON document? Write one record per line, for example with jq -c '.[]'.";

/**
 * The objects of a JSONL file, one by one.
 *
 * @param whatItIs names the file's purpose in an error: "predictions".
 * @throws EvaluationError "jsonl-..." or "file-..." as readJsonl's DatasetError, "record-not-an-object" for other JSON.
 */
export async function* readRecords(path: string, whatItIs: string): AsyncGenerator<FileRecord, void> {
  const file = path.replaceAll("\\", "/");
  for await (const { line, record } of explained(path, whatItIs)) {
    if (!isRecord(record)) {
      throw new EvaluationError("record-not-an-object", {
        file,
        place: `line ${line}`,
        got: describeValue(record),
        expected: `one JSON object per line of the ${whatItIs}`,
        advice: Array.isArray(record) ? MAKE_LINES : "vsi-eval score --help shows what a line looks like.",
      });
    }
    yield { line, record };
  }
}

/** readJsonl's records, its errors in the words of a user of vsi-eval. */
async function* explained(path: string, whatItIs: string): AsyncGenerator<JsonlRecord, void> {
  try {
    yield* readJsonl(path);
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
    return 'Is it compressed, or a Parquet file? Write its rows as JSONL, for example with pandas: read_parquet(FILE).to_json(OUT, orient="records", lines=True).';
  }
  if (code !== "jsonl-syntax") return detail.advice;
  // A truncated file has good lines before the bad one.
  if (detail.place !== "line 1") return "Was the file truncated? Correct or remove the line.";
  return detail.got.startsWith('"[') || detail.got.startsWith('"{')
    ? MAKE_LINES
    : "Is it CSV or plain text? Write each row as a JSON object on its own line.";
}

/** A value from a file as an error shows it: JSON in one line, truncated when long; "nothing" when missing. */
export function describeValue(value: unknown): string {
  return jsonExcerpt(value, "…");
}
