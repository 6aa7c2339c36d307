import { describe, expect, test } from "@jest/globals";
import { scanSegmentIds } from "../../src/segments/scanSegmentIds.ts";

const scan = (text: string, start = 0) => scanSegmentIds(new TextEncoder().encode(text), start);

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
