import { describe, expect, test } from "@jest/globals";
import { readSplits, splitsFrom } from "../../src/node/readSplits.ts";
import { thrownCode } from "../thrownError.ts";

describe("readSplits", () => {
  test("the shipped table has ScanNet's 807 rooms, 100 of them for the test", async () => {
    const splits = await readSplits();
    expect(splits.size).toBe(807);
    expect([...splits.values()].filter((split) => split === "test")).toHaveLength(100);
    expect(splits.get("scene0000")).toBe("train");
  });

  test.each([
    ["a scan for a room", [["scene0000_00", "train"]]],
    ["an unknown split", [["scene0000", "validation"]]],
    [
      "a room twice",
      [
        ["scene0000", "train"],
        ["scene0000", "train"],
      ],
    ],
  ])("refuses %s", async (_, rows) => {
    expect(await thrownCode(() => splitsFrom(rows))).toBe("splits-bad-row");
  });
});
