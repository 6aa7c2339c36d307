import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readMatrixText } from "../../src/stream/readMatrixText.ts";
import { mutatedBytes } from "../mutatedBytes.ts";
import { thrownError } from "../thrownError.ts";

const encode = (text: string) => new TextEncoder().encode(text);

test("reads the numbers as written, in any spelling, whatever blanks and line ends", () => {
  // + 0: JavaScript writes -0 as "0".
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const blank = fc.constantFrom(" ", "  ", "\t");
  const lineEnd = fc.constantFrom("\n", "\r\n", " \n", "\n\n");
  fc.assert(
    fc.property(fc.array(number, { minLength: 16, maxLength: 16 }), blank, lineEnd, (numbers, between, end) => {
      const rows = [0, 4, 8, 12].map(
        (start) =>
          numbers
            .slice(start, start + 4)
            .map(String)
            .join(between) + end,
      );
      expect([...readMatrixText(encode(rows.join("")), "pose")]).toEqual(numbers);
    }),
  );
});

test.each(["-inf", "inf", "nan", "-nan(ind)", "-1.#INF"])("%s, as a lost pose has it, is read as NaN", (word) => {
  expect([...readMatrixText(encode(`${word} 1 1 1\n`.repeat(4)), "pose")].map(Number.isNaN)).toEqual(
    Array.from({ length: 16 }, (_, cell) => cell % 4 === 0),
  );
});

test.each(["1,5", "0x10", "1e", "infinite", "--1"])("%s is no number", async (word) => {
  const error = await thrownError(() => readMatrixText(encode(`1 1 1 1\n1 ${word} 1 1\n`), "pose"));
  expect([error?.code, error?.detail.place, error?.detail.got]).toEqual(["matrix-bad-number", "line 2", `"${word}"`]);
});

test("however damaged: 16 numbers or a GeometryError", async () => {
  await fc.assert(
    fc.asyncProperty(mutatedBytes(encode("1 0 0 0.5\n0 1 0 -2e-3\n0 0 1 1\n0 0 0 1\n")), async (bytes) => {
      await thrownError(() => expect(readMatrixText(bytes, "pose")).toHaveLength(16));
    }),
  );
});
