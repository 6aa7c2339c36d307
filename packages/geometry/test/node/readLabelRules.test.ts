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

  test("with VSI-Bench's names its set is named as it names it, and everything else is excluded", async () => {
    const canonical = await readLabelRules();
    const benchmark = await readLabelRules("vsi-bench");
    expect(canonical.get("trash bin")?.category).toBe("trash can");
    expect(benchmark.get("trash can")).toEqual({ category: "trash bin", excluded: null });
    expect(benchmark.get("couch")).toEqual({ category: "sofa", excluded: null });
    expect(benchmark.get("office chair")).toEqual({ category: "chair", excluded: null });
    expect(benchmark.get("kitchen cabinets")?.excluded).toBe("not-in-benchmark");
    expect(benchmark.get("wall")?.excluded).toBe("structure");
    expect(canonical.get("kitchen cabinets")).toEqual({ category: "kitchen cabinet", excluded: null });
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
