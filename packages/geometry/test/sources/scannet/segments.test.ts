import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readSegments } from "../../../src/sources/scannet/segments.ts";
import { mutatedBytes } from "../../support/mutatedBytes.ts";
import { thrownCode, thrownError } from "../../support/thrownError.ts";

const encode = (text: string) => new TextEncoder().encode(text);

const id = fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 0x7fffffff }));

/** The definition of a good file: JSON.parse takes it and segIndices is a list of integers from 0 to 2^31 - 1. */
function idsByJsonParse(bytes: Uint8Array): number[] | null {
  try {
    const document = JSON.parse(new TextDecoder().decode(bytes));
    const ids: unknown = Object.hasOwn(document, "segIndices") ? document.segIndices : null;
    const isId = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0x7fffffff;
    return !Array.isArray(document) && Array.isArray(ids) && ids.every(isId) ? ids : null;
  } catch {
    return null;
  }
}

describe("readSegments", () => {
  test("agrees with JSON.parse on any document, whatever stands around the list", () => {
    const other = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("sceneId", "__proto__", 'x"segIndices":[1]')),
      fc.oneof(fc.jsonValue(), fc.constantFrom('"segIndices": [1', "\\", { segIndices: [1] }, [{ segIndices: [2] }])),
    );
    const blanks = fc.constantFrom(undefined, 1, "\t", "\r\n");
    fc.assert(
      fc.property(other, fc.array(id), other, blanks, (before, segIndices, after, space) => {
        delete before.segIndices;
        delete after.segIndices;
        const text = JSON.stringify({ ...before, segIndices, ...after }, null, space);
        expect([...readSegments(encode(text))]).toEqual(segIndices);
      }),
      { numRuns: 500 },
    );
  });

  test("accepts a damaged file exactly when JSON.parse does and the ids are integers from 0 to 2^31 - 1", async () => {
    const good = encode('{"a":{"segIndices":[1]},"segIndices": [10,2147483647 ,0],\r\n"b":"\\"segIndices\\":[3]"}');
    await fc.assert(
      fc.asyncProperty(mutatedBytes(good), async (bytes) => {
        let ids: number[] | null = null;
        const code = await thrownCode(() => {
          ids = [...readSegments(bytes)];
        });
        const expected = idsByJsonParse(bytes);
        // JSON.parse has no way to tell 1.0, 1e0 and -0 from plain digits.
        const isOddlyWritten = code === "segs-bad-id" && /\d[.eE]|-0/.test(new TextDecoder().decode(bytes));
        if (!isOddlyWritten) expect(ids).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  test("random bytes are refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        expect(await thrownCode(() => readSegments(bytes))).toMatch(/^segs-/);
      }),
    );
  });

  test("takes a byte order mark, CRLF, a key with escapes and an empty list", () => {
    expect([...readSegments(encode('\ufeff{\r\n"segIndices"\r\n:\r\n[\r\n1\r\n,\r\n2\r\n]\r\n}\r\n'))]).toEqual([1, 2]);
    expect([...readSegments(encode('{"seg\\u0049ndices":[3]}'))]).toEqual([3]);
    expect([...readSegments(encode('{"segIndices":[ ]}'))]).toEqual([]);
  });

  test.each([
    ["", "segs-json-incomplete"],
    ["{", "segs-json-incomplete"],
    ['{"segIndices":[1,2', "segs-json-incomplete"],
    ['{"segIndices":[1,2,', "segs-json-incomplete"],
    ['{"segIndices":[1,2]', "segs-json-incomplete"],
    ['{"segIndices":[1,2],"a":"', "segs-json-incomplete"],
    ["<html>", "segs-not-json"],
    ['{"segIndices":[1,2]}}', "segs-not-json"],
    ['{"segIndices":[1,2]} {}', "segs-not-json"],
    ['{"segIndices":[1,,2]}', "segs-not-json"],
    ['{"segIndices":[1 2]}', "segs-not-json"],
    ['{"segIndices":[1,]}', "segs-not-json"],
    ['{"segIndices":[01]}', "segs-not-json"],
    ['{"segIndices":[+1]}', "segs-not-json"],
    ['{,"segIndices":[1]}', "segs-not-json"],
    ['{"segIndices":[-1]}', "segs-bad-id"],
    ['{"segIndices":[1.5]}', "segs-bad-id"],
    ['{"segIndices":[1e3]}', "segs-bad-id"],
    ['{"segIndices":[2147483648]}', "segs-bad-id"],
    ['{"segIndices":["1"]}', "segs-bad-id"],
    ['{"segIndices":[[1]]}', "segs-bad-id"],
    ['{"segIndices":[null]}', "segs-bad-id"],
    ["[]", "segs-no-indices"],
    ["null", "segs-no-indices"],
    ["{}", "segs-no-indices"],
    ['{"segIndices":5}', "segs-no-indices"],
    ['{"segIndices":[1],"segIndices":5}', "segs-no-indices"],
    ['{"a":{"segIndices":[1]}}', "segs-no-indices"],
    ['{"segIndices":[1],"segIndices":[2]}', "segs-repeated-key"],
  ])("%s is %s", async (text, code) => {
    expect(await thrownCode(() => readSegments(encode(text)))).toBe(code);
  });

  test("deep nesting and a very long digit string end in an error, not in a crash", async () => {
    expect(await thrownCode(() => readSegments(encode("[".repeat(200_000))))).toBe("segs-json-incomplete");
    expect(await thrownCode(() => readSegments(encode(`{"segIndices":[${"9".repeat(200_000)}]}`)))).toBe("segs-bad-id");
  });

  test("compares the count with the mesh's and the scene with the scan's", async () => {
    const bytes = encode('{"sceneId":"scene0000_00","segIndices":[1,2]}');
    expect([...readSegments(bytes, { vertexCount: 2, sceneName: "scene0000_00" })]).toEqual([1, 2]);
    expect(await thrownCode(() => readSegments(bytes, { vertexCount: 3 }))).toBe("segs-count-mismatch");
    expect(await thrownCode(() => readSegments(bytes, { sceneName: "scene0000_01" }))).toBe("segs-wrong-scene");
  });

  test("names the file, the entry and the byte", async () => {
    const error = await thrownError(() => readSegments(encode('{"segIndices":[1,x]}'), { file: "a/b.json" }));
    expect(error?.detail).toMatchObject({ file: "a/b.json", place: "segIndices[1], byte 17", got: '"x]}"' });
  });
});
