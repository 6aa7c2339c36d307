import { describe, expect, test } from "@jest/globals";
import { findTopLevelArray } from "../../src/segments/findTopLevelArray.ts";

const find = (text: string, from = 0) => findTopLevelArray(new TextEncoder().encode(text), "key", from);

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
