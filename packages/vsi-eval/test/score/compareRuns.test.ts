import { describe, expect, test } from "@jest/globals";
import { compareRuns, countFlips, flippedQuestions } from "../../src/score/compareRuns.ts";
import { compareScores } from "../../src/score/compareScores.ts";
import { comparedReport, questionScore } from "../support/comparedReport.ts";

const FAST = { resamples: 200, seed: 1, level: 0.95 };

/** Twelve questions of two types, six scans, of which a run has those right whose number its own divides. */
function report(name: string, divisor: number, changed: Partial<ReturnType<typeof comparedReport>> = {}) {
  const questions = Array.from({ length: 12 }, (_, id) =>
    questionScore(id, id % divisor === 0 ? 1 : 0, {
      scan: `scannet/${id % 6}`,
      type: id < 6 ? "object_counting" : "route_planning",
    }),
  );
  return comparedReport(questions, { settings: { model: name }, ...changed });
}

const [one, two, three] = [report("one", 2), report("two", 1), report("three", 3)];

describe("compareRuns", () => {
  test("each run beside the first says what comparing the two says", () => {
    const many = compareRuns([one, two, three], FAST);
    for (const [run, other] of [two, three].entries()) {
      const pair = compareScores(one, other, FAST);
      for (const row of many.rows) {
        const { a, b, difference, interval } = pair.rows.find((of) => of.row === row.row)!.official;
        expect(row.official[0]!.score).toBe(a);
        expect(row.official[run + 1]).toMatchObject({ score: b, difference, difference_interval: interval });
      }
    }
    expect(many.rows[0]).toMatchObject({ row: "overall", questions: 12 });
    expect(many.rows[0]!.official.map(({ score }) => score)).toEqual([0.5, 1, 1 / 3]);
    expect(many.rows[0]!.official[0]).toMatchObject({ difference: null, difference_interval: null });
  });

  test("only questions that all runs have count; those of each that are left out are counted", () => {
    const fewer = report("fewer", 1);
    const moved = { ...report("moved", 1) };
    moved.questions = moved.questions.map((question) =>
      question.id === "11" ? { ...question, scan: "x/1" } : question,
    );
    const many = compareRuns([one, { ...fewer, questions: fewer.questions.slice(2) }, moved], FAST);
    expect(many.questions_shared).toBe(9);
    expect(many.runs.map(({ left_out }) => left_out)).toEqual([3, 1, 3]);
  });

  test("the settings in which not all agree, each run's value", () => {
    const settings = (frames: number, mode?: string) => ({
      model: "m",
      frames,
      ...(mode === undefined ? {} : { mode }),
    });
    const many = compareRuns(
      [settings(16, "think"), settings(16, "think"), settings(32)].map((of) => report("", 1, { settings: of })),
      FAST,
    );
    expect(many.settings).toEqual([
      { setting: "frames", values: ["16", "16", "32"] },
      { setting: "mode", values: ["think", "think", null] },
    ]);
  });

  test.each([
    [
      ["small", "large"],
      ["x/p.jsonl", "y/p.jsonl"],
      ["small", "large"],
    ],
    [
      ["m", "m"],
      ["runs/a/p.jsonl", "runs/b/p.jsonl"],
      ["a", "b"],
    ],
    [
      ["m", "m"],
      ["runs/a.jsonl", "runs/b.jsonl"],
      ["a.jsonl", "b.jsonl"],
    ],
    [
      ["m", "m"],
      ["p.jsonl", "p.jsonl"],
      ["1: p.jsonl", "2: p.jsonl"],
    ],
  ])("models %j in %j are called %j", (models, files, names) => {
    const reports = models.map((model, run) => report(model, 1, { predictions: { file: files[run]! } }));
    expect(compareRuns(reports, FAST).runs.map(({ name }) => name)).toEqual(names);
  });
});

describe("flippedQuestions", () => {
  test("right is half of the score or more; what all have right or all wrong is not among them", () => {
    const scores = [
      [1, 1],
      [0.5, 0.4],
      [0.4, 0.1],
      [0, 1],
    ];
    const reports = [0, 1].map((run) => comparedReport(scores.map((of, id) => questionScore(id, of[run]!))));
    const flipped = flippedQuestions(reports);
    expect(flipped.map(({ id, official }) => [id, official])).toEqual([
      ["1", [0.5, 0.4]],
      ["3", [0, 1]],
    ]);
    expect(countFlips(flipped, 1)).toEqual({ gained: 1, lost: 1 });
  });

  test("of three runs by the first", () => {
    const flipped = flippedQuestions([one, two, three]);
    expect(flipped.map(({ id }) => Number(id))).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10, 11]);
    expect(countFlips(flipped, 1)).toEqual({ gained: 6, lost: 0 });
    expect(countFlips(flipped, 2)).toEqual({ gained: 2, lost: 4 });
  });
});
