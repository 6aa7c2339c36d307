import { DatasetError, type JsonlRecord, readJsonl } from "@vsi/dataset/node";
import { EvaluationError } from "../evaluationError.ts";
import { describeValue } from "./describeValue.ts";

/** One line of a JSONL file: a JSON object and where it stands. */
export interface FileRecord {
  /** 1 for the file's first line. */
  line: number;
  record: Readonly<Record<string, unknown>>;
}

/**
 * The objects of a JSONL file, one by one.
 * @param whatItIs names the file's purpose in an error: "predictions".
 * @throws EvaluationError "jsonl-..." or "file-..." as readJsonl's DatasetError, "record-not-an-object" for other JSON.
 */
export async function* readRecords(path: string, whatItIs: string): AsyncGenerator<FileRecord, void> {
  const file = path.replaceAll("\\", "/");
  for await (const { line, record } of explained(path, whatItIs)) {
    if (typeof record !== "object" || record === null || Array.isArray(record)) {
      throw new EvaluationError("record-not-an-object", {
        file,
        place: `line ${line}`,
        got: describeValue(record),
        expected: `one JSON object a line of the ${whatItIs}`,
        advice: "vsi-eval score --help shows what a line looks like.",
      });
    }
    yield { line, record: record as FileRecord["record"] };
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
    throw new EvaluationError(
      code,
      {
        ...detail,
        expected: isSyntax ? `one JSON record of the ${whatItIs}` : detail.expected,
        advice: isSyntax ? "Was the file cut while it was written? Mend or remove the line." : detail.advice,
      },
      { cause: error },
    );
  }
}
