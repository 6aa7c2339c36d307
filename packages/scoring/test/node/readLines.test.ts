import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readLines } from "../../src/node/readLines.ts";

async function linesOf(chunks: Iterable<string>, longest?: number): Promise<(string | null)[]> {
  const lines: (string | null)[] = [];
  const source = (async function* () {
    yield* chunks;
  })();
  for await (const some of readLines(source, longest)) lines.push(...some);
  return lines;
}

describe("readLines", () => {
  test("gives the same as split, however the text is cut, and null for what is too long", async () => {
    const chunks = fc.array(fc.string({ unit: fc.constantFrom("a", "\n", "\r", "ü", "\u2028") }));
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 0, max: 6 }), async (pieces, longest) => {
        const expected = pieces.join("").split("\n");
        if (expected.at(-1) === "") expected.pop();
        expect(await linesOf(pieces, longest)).toEqual(expected.map((line) => (line.length > longest ? null : line)));
      }),
    );
  });

  test("a byte order mark at the start belongs to no line, one later does", async () => {
    expect(await linesOf(["", "\ufeffa\n", "\ufeffb"])).toEqual(["a", "\ufeffb"]);
  });

  test("keeps nothing of a line without an end", async () => {
    const chunk = "x".repeat(2 ** 20);
    const endless = (function* () {
      // 4 Gi characters: more than a string can hold, and more than this process may use.
      for (let at = 0; at < 4096; at += 1) yield chunk;
      yield "\nafter";
    })();
    expect(await linesOf(endless)).toEqual([null, "after"]);
  });
});
