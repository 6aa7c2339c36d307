import { expect, test } from "@jest/globals";
import { auditGroup } from "../../../src/audit/auditGroup.ts";
import { auditText } from "../../../src/audit/show/auditText.ts";
import { sideGroup } from "../../support/auditQuestion.ts";

const OPTIONS = { seed: 0, limit: 0.05 };

test("names each type that gives answers away, with its labels, and no other", () => {
  const decided = sideGroup(40, ([, querying]) => (querying < "desk" ? "left" : "right"));
  const text = auditText({ dataset: "rooms", ...OPTIONS, splits: { train: [auditGroup(decided, OPTIONS)], test: [] } });
  expect(text).toContain("rooms, train");
  expect(text).toContain("rooms, test");
  expect(text).toContain("object_rel_direction_easy gives the answer away.");
  expect(text).toMatch(/│ bed +│ +\d+ │/);
  const even = sideGroup(40, (_, __, index) => (index % 2 === 0 ? "left" : "right"));
  const questions = even.questions.map((question) => ({ ...question, places: {}, text: "" }));
  const quiet = auditText({
    dataset: "rooms",
    ...OPTIONS,
    splits: { train: [auditGroup({ ...even, questions }, OPTIONS)] },
  });
  expect(quiet).not.toContain("gives the answer away.");
  expect(quiet).toContain("near chance");
});
