import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Comparison, compareScores } from "../../src/compare/compareScores.ts";
import type { TableRow } from "../../src/score/tableRows.ts";
import { comparedReport, questionScore } from "../support/comparedReport.ts";

const rowOf = ({ rows }: Comparison, name: TableRow) => rows.find(({ row }) => row === name)!;

describe("compareScores", () => {
  test("the difference is b - a on what both have; the rest is counted and left out", () => {
    const a = comparedReport([questionScore(1, 0.5), questionScore(2, 0), questionScore(3, 1)]);
    const b = comparedReport([questionScore(2, 1), questionScore(1, 0.7), questionScore(4, 0), questionScore(5, 0)]);
    const comparison = compareScores(a, b);
    expect(comparison).toMatchObject({
      questions_shared: 2,
      scans_shared: 2,
      only_in_a: 1,
      only_in_b: 2,
      same_data: true,
    });
    const { official } = rowOf(comparison, "object_counting");
    expect(official.a).toBeCloseTo(0.25, 12);
    expect(official.b).toBeCloseTo(0.85, 12);
    expect(official.difference).toBeCloseTo(0.6, 12);
  });

  test("an id that stands for another question is not paired", () => {
    const a = comparedReport([questionScore(1, 1), questionScore(2, 1)]);
    const b = comparedReport([
      questionScore(1, 1, { type: "route_planning" }),
      questionScore(2, 1, { scan: "scannet/other" }),
    ]);
    const comparison = compareScores(a, b);
    expect(comparison.questions_shared).toBe(0);
    expect(rowOf(comparison, "overall").official).toEqual({ a: null, b: null, difference: null, interval: null });
  });

  test("pairing sees a small change behind questions of very different difficulty", () => {
    const ease = (id: number) => (id % 10) / 10;
    const scores = (change: number) =>
      Array.from({ length: 50 }, (_, id) => questionScore(id, Math.min(1, ease(id) + change)));
    const { official } = rowOf(
      compareScores(comparedReport(scores(0)), comparedReport(scores(0.05))),
      "object_counting",
    );
    expect(official.interval![0]).toBeCloseTo(0.05, 12);
    expect(official.interval![1]).toBeCloseTo(0.05, 12);
  });

  test("a run compared with itself differs by nothing, and exchanging the two turns every sign", () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 12 }), (drawn) => {
        const a = comparedReport(drawn.map(([official], id) => questionScore(id, official)));
        const b = comparedReport(drawn.map(([, official], id) => questionScore(id, official)));
        const few = { resamples: 50, seed: 0, level: 0.95 };
        expect(rowOf(compareScores(a, a, few), "overall").official).toMatchObject({ difference: 0, interval: [0, 0] });
        const there = rowOf(compareScores(a, b, few), "overall").official;
        const back = rowOf(compareScores(b, a, few), "overall").official;
        expect(back.difference).toBeCloseTo(-there.difference!, 12);
        expect(back.interval![0]).toBeCloseTo(-there.interval![1], 12);
        expect(back.interval![1]).toBeCloseTo(-there.interval![0], 12);
      }),
      { numRuns: 30 },
    );
  });

  test("says which settings differ, which are not known, and whether the data is the same", () => {
    const one = comparedReport([questionScore(1, 1)], { settings: { frames: 16 } });
    const other = comparedReport([questionScore(1, 1)], { settings: null, data: { file: "c.jsonl", sha256: "1" } });
    expect(compareScores(one, other)).toMatchObject({
      settings: [{ setting: "frames", a: "16", b: null }],
      settings_known: { a: true, b: false },
      same_data: false,
    });
  });
});
