import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { findTopLevelArray, scanSegmentIds } from "../../../src/sources/scannet/segmentIds.ts";

const find = (text: string, from = 0) => findTopLevelArray(new TextEncoder().encode(text), "key", from);

const scan = (text: string, start = 0) => scanSegmentIds(new TextEncoder().encode(text), start);

describe("findTopLevelArray", () => {
  test.each(['{"key":[', '{ "a": {"key":[1]}, "key" \r\n: [', '{"a":"\\"key\\":[","k\\u0065y":['])(
    "points behind the last bracket of %j",
    (text) => {
      expect(find(`${text}1]}`)).toEqual({ start: text.length, isOpen: true });
    },
  );

  test.each(["", "{}", '{"key":5}', '{"a":["key",[1]]}', '{"a":"key"}', '["key"]'])("finds none in %j", (text) => {
    expect(find(text)).toEqual({ start: -1, isOpen: false });
  });

  test.each(["{", '{"key', '{"a":[1', '{"a\\'])("says that %j ended inside something", (text) => {
    expect(find(text)).toEqual({ start: -1, isOpen: true });
  });

  test("goes on behind an array found before", () => {
    const text = '{"key":[1],"key":[2]}';
    expect(find(text, 10).start).toBe(18);
    expect(find('{"key":[1]}', 10)).toEqual({ start: -1, isOpen: false });
  });
});

describe("scanSegmentIds", () => {
  test("stops at the bracket, wherever it starts", () => {
    expect(scan('"a":[0, 10 ,2147483647],"b":[9]', 5)).toEqual({
      ids: Int32Array.of(0, 10, 2147483647),
      end: 22,
      problem: null,
    });
  });

  test.each([
    ["1,2", 3, "ended early"],
    ["1,", 2, "ended early"],
    ["", 0, "ended early"],
    ["1,x]", 2, "not JSON"],
    ["1,-2]", 2, "not an id"],
    ["1,2.0]", 3, "not an id"],
    ["99999999999]", 10, "not an id"],
  ])("%j stops at byte %d: %s", (text, end, problem) => {
    expect(scan(text)).toMatchObject({ end, problem });
  });

  test("reads what JSON.parse reads, however many digits and blanks", () => {
    const id = fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 1_500_000 }), fc.nat({ max: 2147483647 }));
    const separator = fc.constantFrom(",", ", ", " ,", ",  ", ",\n", " , ");
    fc.assert(
      fc.property(fc.array(fc.tuple(id, separator), { maxLength: 60 }), (members) => {
        const text = members.map(([value, between], place) => (place === 0 ? value : `${between}${value}`)).join("");
        const { ids, problem } = scan(`${text}]`);
        expect(problem).toBeNull();
        expect([...ids]).toEqual(JSON.parse(`[${text}]`));
      }),
    );
  });

  test.each([",", "01,", "00,", "12345678901,", "1.5,", "-1,", "x,", "1 2,"].map((wrong) => [wrong]))(
    "%j is refused far from the end, where ids are read quickly, as at the end",
    (wrong) => {
      const [near, far] = [scan(`7,8, ${wrong}`), scan(`7,8, ${wrong}${"1,".repeat(20)}1]`)];
      expect({ ids: far.ids, end: far.end }).toEqual({ ids: near.ids, end: near.end });
    },
  );
});
