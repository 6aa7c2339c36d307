import { expect, test } from "@jest/globals";
import { ownValue } from "../../src/json/ownValue.ts";

test("a field of the file is found, whatever its name", () => {
  expect(ownValue({ label: "chair" }, "label")).toBe("chair");
  expect(ownValue(JSON.parse('{"__proto__": 1}'), "__proto__")).toBe(1);
});

test.each(["constructor", "__proto__", "toString", "label"])(
  "%s, which the file does not have, is undefined",
  (key) => {
    expect(ownValue({}, key)).toBeUndefined();
  },
);
