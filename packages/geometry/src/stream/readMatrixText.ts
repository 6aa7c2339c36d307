import { GeometryError } from "../geometryError.ts";

const decimalNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** What numpy and C++ (the last two: Microsoft's) write for a pose that was lost. */
const lostNumber = /^[+-]?(inf|infinity|nan|nan\(ind\)|1\.#\w+)$/i;

/**
 * Reads a 4 by 4 matrix from a text file as ScanNet's exporter writes it (SensReader/python): a row a line, LF or CRLF, blank lines
 * ignored. "-inf", "inf" and "nan", which stand in poses that were lost, are read as NaN.
 *
 * @param file The file's name in messages.
 * @returns Row major.
 * @throws GeometryError "matrix-bad-number", "matrix-bad-row" or "matrix-bad-row-count", with the line.
 */
export function readMatrixText(bytes: Uint8Array, file: string): Float64Array {
  const fail = (code: string, line: number, got: string, expected: string): GeometryError =>
    new GeometryError(code, {
      file,
      place: `line ${line}`,
      got,
      expected,
      advice: "Export the frames again, or take the scan's .sens file.",
    });
  const numbers: number[] = [];
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const words = line.split(/\s+/).filter((word) => word !== "");
    if (words.length === 0) continue;
    if (words.length !== 4) throw fail("matrix-bad-row", index + 1, `${words.length} numbers`, "4 numbers");
    if (numbers.length === 16) throw fail("matrix-bad-row-count", index + 1, "a fifth row", "4 rows of 4 numbers");
    for (const word of words) {
      if (!decimalNumber.test(word) && !lostNumber.test(word)) {
        // 80: enough to recognise the word; that of a binary file has no end.
        throw fail("matrix-bad-number", index + 1, JSON.stringify(word.slice(0, 80)), "a number");
      }
      numbers.push(decimalNumber.test(word) ? Number(word) : Number.NaN);
    }
  }
  if (numbers.length < 16) {
    throw fail("matrix-bad-row-count", lines.length, `the end after ${numbers.length / 4} rows`, "4 rows of 4 numbers");
  }
  return Float64Array.from(numbers);
}
