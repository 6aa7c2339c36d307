import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { auditDataset, auditGroup, DEFAULT_AUDIT_OPTIONS } from "../../src/audit/audit.ts";
import { writeAuditFolder } from "../support/auditFolder.ts";
import { lot, sideGroup, sizeGroup } from "../support/auditQuestion.ts";

describe("auditDataset", () => {
  const folder = temporaryFolder();
  const train = sideGroup(20, (_, room, index) => (lot(room, index) < 0.5 ? "left" : "right"));

  test("no split tells of another: what validation answers leaves what is said of train as it is", async () => {
    const [first, second] = [join(folder, "first"), join(folder, "second")];
    await writeAuditFolder(first, { train, validation: sideGroup(20, () => "left") });
    await writeAuditFolder(second, { train, validation: train });
    const [one, other] = [
      await auditDataset(first, [], DEFAULT_AUDIT_OPTIONS),
      await auditDataset(second, [], DEFAULT_AUDIT_OPTIONS),
    ];
    expect(one.splits.train).toEqual(other.splits.train);
    expect(one.splits.validation?.[0]?.verdict).toBe("gives the answer away");
    expect(other.splits.validation).toEqual(other.splits.train);
  });

  test("looks at the splits that it is told to", async () => {
    const both = join(folder, "both");
    await writeAuditFolder(both, { train, validation: train });
    const report = await auditDataset(both, ["validation"], { seed: 3, limit: 0.1 });
    expect(report).toMatchObject({ dataset: "rooms", seed: 3, limit: 0.1 });
    expect(Object.keys(report.splits)).toEqual(["validation"]);
  });
});

describe("auditGroup", () => {
  test("answers dealt out anew among a type's questions bring every shortcut back to chance", () => {
    const decided = sideGroup(100, ([, querying]) => (querying < "desk" ? "left" : "right"));
    expect(auditGroup(decided, DEFAULT_AUDIT_OPTIONS).verdict).toBe("gives the answer away");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (deal) => {
        const truths = decided.questions
          .map(({ truth }, index) => ({ truth, rank: lot(deal, index) }))
          .sort((a, b) => a.rank - b.rank);
        const questions = decided.questions.map((question, index) => ({ ...question, truth: truths[index]!.truth }));
        const { baselines } = auditGroup({ ...decided, questions }, DEFAULT_AUDIT_OPTIONS);
        // The majority stays what it was: of 600 answers 225 are left. What the labels told is gone: five deviations of
        // 600 draws.
        const shares = questions.filter(({ truth }) => truth === "right").length / questions.length;
        expect(baselines.at(-1)!.score.mean).toBeLessThan(Math.max(shares, 1 - shares) + 5 * Math.sqrt(0.25 / 600));
      }),
      { numRuns: 10 },
    );
  });

  test("counts questions, rooms and answers, and says how sure it is", () => {
    const audit = auditGroup(
      sizeGroup(30, (category, room) => (category === "bed" ? 200 : 50 + (room % 3))),
      DEFAULT_AUDIT_OPTIONS,
    );
    expect(audit).toMatchObject({
      type: "object_size_estimation",
      measure: "mean relative accuracy",
      questions: 150,
      rooms: 30,
      reference: "category mean",
      // Within 2 % of the truth: known outright.
      verdict: "gives the answer away",
    });
    expect(audit.answers).toEqual([
      { answer: "50", count: 40 },
      { answer: "51", count: 40 },
      { answer: "52", count: 40 },
      { answer: "200", count: 30 },
    ]);
    expect(audit.biasedLabels[0]?.label).toBe("bed");
  });

  test("no questions and a single room end in 'too few to tell'", () => {
    expect(
      auditGroup(
        sizeGroup(0, () => 1),
        DEFAULT_AUDIT_OPTIONS,
      ),
    ).toMatchObject({ verdict: "too few to tell", questions: 0 });
    expect(
      auditGroup(
        sideGroup(1, () => "left"),
        DEFAULT_AUDIT_OPTIONS,
      ),
    ).toMatchObject({
      verdict: "too few to tell",
      baselines: [],
      biasedLabels: [],
      biasedQuestions: [],
    });
  });
});
