import { describe, expect, test } from "@jest/globals";
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
});
