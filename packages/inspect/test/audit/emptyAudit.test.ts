import { expect, test } from "@jest/globals";
import { auditText } from "../../src/audit/report.ts";

test("regression: an audit of a dataset without questions printed an empty table", () => {
  const text = auditText({ dataset: "vsi-100k", limit: 0.03, seed: 0, splits: { train: [] } });
  expect(text.split("\n")[0]).toBe("vsi-100k, train: no questions to audit");
  expect(text).not.toContain("│");
});
