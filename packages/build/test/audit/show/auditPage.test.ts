import { describe, expect, test } from "@jest/globals";
import { auditGroup } from "../../../src/audit/auditGroup.ts";
import { auditPage } from "../../../src/audit/show/auditPage.ts";
import { sideGroup, sizeGroup } from "../../support/auditQuestion.ts";

const OPTIONS = { seed: 0, limit: 0.05 };

describe("auditPage", () => {
  const decided = sideGroup(20, ([, querying]) => (querying < "desk" ? "left" : "right"));
  const hostile = decided.questions.map((question) => ({
    ...question,
    text: `<script>alert("${question.id}")</script>`,
  }));
  const types = [
    auditGroup(
      sizeGroup(20, (_, room) => 50 + room),
      OPTIONS,
    ),
    auditGroup({ ...decided, questions: hostile }, OPTIONS),
  ];
  const report = { dataset: "rooms", ...OPTIONS, splits: { train: types, validation: [] } };

  test("a plot of the scores, of each type's answers and of each balance; the same bytes each time", async () => {
    const page = await auditPage(report);
    expect(page.match(/<img /g)).toHaveLength(1 + 2 + 1);
    expect(page).toContain("1 of 2 question types");
    expect(await auditPage(report)).toBe(page);
  });

  test("what questions say is text, never a part of the page", async () => {
    const page = await auditPage(report);
    expect(page).toContain("&lt;script&gt;alert");
    expect(page).not.toContain("<script");
  });
});
