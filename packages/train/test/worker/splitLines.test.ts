import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { splitLines } from "../../src/worker/splitLines.ts";

function split(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const splitter = splitLines((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

describe("splitLines", () => {
  test("gives the same lines wherever the bytes are cut, also inside of a character", () => {
    const lines = fc.array(fc.string({ unit: "binary" }).map((line) => line.replace(/[\r\n]/g, "€")));
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 7 }), (expected, size) => {
        // A string of lone surrogates has no UTF-8 of its own.
        const bytes = Buffer.from(expected.map((line) => `${line}\n`).join(""));
        const text = bytes.toString().split("\n").slice(0, -1);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        expect(split(chunks)).toEqual(text);
      }),
    );
  });

  test("a last line without an end counts, and Windows' line ends are taken off", () => {
    expect(split([Buffer.from("a\r\n\nb")])).toEqual(["a", "", "b"]);
    expect(split([])).toEqual([]);
  });

  test("output without any line end does not fill the memory: it is handed on in pieces, whole", () => {
    const chunk = Buffer.alloc(1024 * 1024, "x");
    const pieces = split(Array(20).fill(chunk));
    expect(pieces).toHaveLength(2);
    expect(pieces.join("")).toHaveLength(20 * chunk.length);
  });
});
