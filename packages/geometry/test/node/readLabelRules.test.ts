import { describe, expect, test } from "@jest/globals";
import { labelRulesFrom, readLabelRules } from "../../src/node/readLabelRules.ts";
import { thrownCode } from "../thrownError.ts";

describe("readLabelRules", () => {
  test("the shipped table leaves out walls and floors and keeps chairs", async () => {
    const rules = await readLabelRules();
    expect(rules.get("wall")?.excluded).toBe("structure");
    expect(rules.get("floor")?.excluded).toBe("structure");
    expect(rules.get("armchair")?.excluded).toBeNull();
  });

  test("a row is a rule, whatever the label's name", () => {
    const rules = labelRulesFrom([
      ["__proto__", "chair", ""],
      ["object", "object", "ambiguous"],
    ]);
    expect([...rules]).toEqual([
      ["__proto__", { category: "chair", excluded: null }],
      ["object", { category: "object", excluded: "ambiguous" }],
    ]);
  });

  test.each([
    ["an unknown exclusion", [["wall", "wall", "yes"]]],
    ["no category", [["wall", "", ""]]],
    [
      "a label twice",
      [
        ["wall", "wall", ""],
        ["wall", "wall", ""],
      ],
    ],
  ])("refuses %s", async (_, rows) => {
    expect(await thrownCode(() => labelRulesFrom(rows))).toBe("label-rules-bad-row");
  });
});
