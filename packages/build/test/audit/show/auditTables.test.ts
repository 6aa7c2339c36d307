import { describe, expect, test } from "@jest/globals";
import { auditGroup } from "../../../src/audit/auditGroup.ts";
import {
  balanceTable,
  baselineTable,
  labelTable,
  percentInterval,
  questionTable,
  verdictTable,
} from "../../../src/audit/show/auditTables.ts";
import { sideGroup, sizeGroup } from "../../support/auditQuestion.ts";

describe("the audit's tables", () => {
  const sides = auditGroup(
    sideGroup(40, ([, querying]) => (querying < "desk" ? "left" : "right")),
    { seed: 0, limit: 0.05 },
  );
  const lonely = auditGroup(
    sizeGroup(1, () => 1),
    { seed: 0, limit: 0.05 },
  );

  test("a row holds the type's own numbers, and dashes where there is nothing to tell", () => {
    const { columns, rows } = verdictTable([sides, lonely]);
    const row = Object.fromEntries(columns.map(({ head }, index) => [head, rows[0]?.[index]]));
    expect(row).toMatchObject({
      "question type": "object_rel_direction_easy",
      verdict: "gives the answer away",
      questions: 240,
      "chance %": "50.0",
      "known %": null,
      by: "blind predictor",
    });
    expect(rows[1]).toEqual(["object_size_estimation", "too few to tell", 5, null, null, null, null, null]);
  });

  test("every table has one cell a column", () => {
    for (const table of [
      balanceTable([sides]),
      ...[baselineTable, labelTable, questionTable].map((make) => make(sides)),
    ]) {
      expect(table.rows.length).toBeGreaterThan(0);
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    }
  });

  test("intervals in percent, and the mean alone without one", () => {
    expect(percentInterval({ mean: 0.1451, low: 0.1264, high: 0.164 })).toBe("14.5 (12.6 to 16.4)");
    expect(percentInterval({ mean: 0.5, low: null, high: null })).toBe("50.0");
  });
});
