import { describe, expect, test } from "@jest/globals";
import { VSI_BENCH_TYPES } from "@vsi/dataset";
import fc from "fast-check";
import {
  MEAN_RELATIVE_ACCURACY_THRESHOLDS,
  meanRelativeAccuracy,
  OFFICIAL_TASKS,
  officialAnswer,
  officialTable,
  scoreOfficial,
} from "../src/official.ts";
import { nastyText, plainNumber } from "./support/nastyText.ts";
import { bits, hasPython, PYTHON_BITS, runPython } from "./support/python.ts";

describe("meanRelativeAccuracy", () => {
  (hasPython ? test : test.skip)(
    "the thresholds are numpy.linspace's doubles (its arithmetic, where numpy is missing)",
    () => {
      const program = `${PYTHON_BITS}
json.load(sys.stdin)
try:
    import numpy
    values = [float(x) for x in numpy.linspace(0.5, 0.95, 10)]
except ImportError:
    step = (0.95 - 0.5) / 9
    values = [0.5 + i * step for i in range(9)] + [0.95]
print(json.dumps([bits(x) for x in values]))`;
      expect(MEAN_RELATIVE_ACCURACY_THRESHOLDS.map(bits)).toEqual(runPython(program, null));
    },
  );

  test("counts the thresholds that the relative error passes", () => {
    expect(meanRelativeAccuracy(10, 10)).toBe(1);
    expect(meanRelativeAccuracy(12, 10)).toBe(0.6);
    expect(meanRelativeAccuracy(5, 10)).toBe(0.1);
    expect(meanRelativeAccuracy(4.9, 10)).toBe(0);
    expect(meanRelativeAccuracy(-10, 10)).toBe(0);
  });

  test("regression: the ninth threshold is below 0.9, so an error of exactly a tenth passes it", () => {
    expect(meanRelativeAccuracy(11, 10)).toBe(0.9);
  });

  test("follows IEEE 754 for infinities, NaN and a negative truth", () => {
    expect([Number.NaN, Infinity, -Infinity].map((predicted) => meanRelativeAccuracy(predicted, 2))).toEqual([0, 0, 0]);
    expect(meanRelativeAccuracy(7, -2)).toBe(1);
  });
});

test("officialAnswer takes the text before the first blank, without trailing dots, then stripped", () => {
  const cases: [string, string][] = [
    ["A. left", "A"],
    [" A", ""],
    ["3...", "3"],
    ["3.\n", "3."],
    ["\n3", "3"],
    ["3\tchairs", "3\tchairs"],
    ["\ufeff3", "\ufeff3"],
    ["", ""],
    ["....", ""],
  ];
  for (const [prediction, answer] of cases)
    expect([prediction, officialAnswer(prediction)]).toEqual([prediction, answer]);
});

describe("officialTable", () => {
  test("averages direction over its difficulties, not its questions, and overall over the tasks", () => {
    const table = officialTable([
      { question_type: "object_rel_direction_easy", score: 1 },
      { question_type: "object_rel_direction_easy", score: 1 },
      { question_type: "object_rel_direction_easy", score: 1 },
      { question_type: "object_rel_direction_medium", score: 0 },
      { question_type: "object_rel_direction_hard", score: 0.5 },
      { question_type: "object_counting", score: 0.1 },
      { question_type: "object_counting", score: 0.3 },
    ]);
    expect(table.tasks.object_rel_direction).toBeCloseTo(0.5, 12);
    expect(table.tasks.object_counting).toBeCloseTo(0.2, 12);
    expect(table.overall).toBeCloseTo(0.35, 12);
    expect(table.tasks.route_planning).toBeNull();
    expect(table.questions).toEqual({
      object_counting: 2,
      object_rel_direction_easy: 3,
      object_rel_direction_medium: 1,
      object_rel_direction_hard: 1,
    });
  });

  test("leaves direction out when a difficulty is missing, and has no overall without questions", () => {
    const table = officialTable([{ question_type: "object_rel_direction_easy", score: 1 }]);
    expect([table.tasks.object_rel_direction, table.overall]).toEqual([null, null]);
    expect(officialTable([]).overall).toBeNull();
  });

  test.each(["colour", "camera_displacement"])("refuses a type that VSI-Bench's table has no row for: %s", (type) => {
    expect(() => officialTable([{ question_type: type, score: 1 }])).toThrow(
      expect.objectContaining({ code: "question-type-unknown" }),
    );
  });

  test("does not depend on the order, and stays between the smallest and the largest score", () => {
    const scored = fc.array(
      fc.record({
        question_type: fc.constantFrom(...VSI_BENCH_TYPES),
        score: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(scored, (questions) => {
        const table = officialTable(questions);
        const reversed = officialTable([...questions].reverse());
        for (const task of OFFICIAL_TASKS) {
          const value = table.tasks[task];
          expect(value === null).toBe(reversed.tasks[task] === null);
          if (value !== null) expect(Math.abs(value - reversed.tasks[task]!)).toBeLessThan(1e-12);
          if (value !== null) expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
        }
      }),
    );
  });
});

const PROGRAM = `${PYTHON_BITS}
step = (0.95 - 0.5) / 9
thresholds = [0.5 + i * step for i in range(9)] + [0.95]
def to_float(text):
    try: return float(text)
    except ValueError: return None
def score(kind, truth, prediction):
    answer = prediction.split(' ')[0].rstrip('.').strip()
    if kind == 'choice': return 1.0 if answer.lower() == truth.lower() else 0.0
    predicted, truth = to_float(answer), to_float(truth)
    if predicted is None or truth is None: return 0.0
    if truth == 0: return None
    error = abs(predicted - truth) / truth
    return sum(error <= 1 - t for t in thresholds) / 10
scores = [score(*row) for row in json.load(sys.stdin)]
print(json.dumps([None if s is None else bits(s) for s in scores]))`;

const TYPES = { number: "room_size_estimation", choice: "object_rel_distance" };

function ours(kind: "number" | "choice", ground_truth: string, prediction: string): string | null {
  try {
    return bits(scoreOfficial({ question_type: TYPES[kind], ground_truth, prediction }));
  } catch (error) {
    expect(error).toMatchObject({ code: "truth-zero" });
    return null;
  }
}

describe("scoreOfficial", () => {
  (hasPython ? test : test.skip)(
    "equals the official arithmetic in Python on 30,000 random and nasty predictions",
    () => {
      const number = fc.oneof(plainNumber, nastyText);
      const row = fc.oneof(
        fc.tuple(
          fc.constant("number" as const),
          fc.oneof(plainNumber, fc.constantFrom("3", "1.5", "0", "-0", "-2", "nan", "")),
          number,
        ),
        fc.tuple(fc.constant("choice" as const), fc.constantFrom("A", "B", "b", "İ", "ΑΣ", "σ", "K", ""), nastyText),
        fc
          .tuple(fc.constant("choice" as const), nastyText, nastyText)
          .map(([kind, truth, tail]) => [kind, truth, `${truth.toUpperCase()}. ${tail}`] as const),
      );
      const rows = fc.sample(row, { numRuns: 30_000, seed: 11 });
      const theirs = runPython(PROGRAM, rows) as (string | null)[];
      expect(theirs.filter((score) => score !== null && score !== bits(0)).length).toBeGreaterThan(1000);
      const differing = rows.filter(
        ([kind, truth, prediction], index) => ours(kind, truth, prediction) !== theirs[index],
      );
      expect(differing).toEqual([]);
    },
  );

  (hasPython ? test : test.skip)(
    "lower-cases as Python does: every letter of the Basic Multilingual Plane, alone, after and before a sigma",
    () => {
      const program = `
import json, sys, unicodedata
json.load(sys.stdin)
known = [c for c in range(0x10000) if unicodedata.category(chr(c)) not in ('Cn', 'Cs', 'Co')]
print(json.dumps([[c, unicodedata.category(chr(c)) == 'Ll', (chr(c) + ' A\\u03a3' + chr(c) + ' ' + chr(c) + '\\u03a3').lower()] for c in known]))`;
      const lowered = runPython(program, null) as [number, boolean, string][];
      expect(lowered.length).toBeGreaterThan(50_000);
      const differing = lowered.filter(([code, isLowerCase, lower]) => {
        const letter = String.fromCharCode(code);
        // Unicode versions differ in the category of U+0295; the two runtimes need not have the same version.
        if (/\p{Ll}/u.test(letter) !== isLowerCase) return false;
        return `${letter} A\u03a3${letter} ${letter}\u03a3`.toLowerCase() !== lower;
      });
      expect(differing).toEqual([]);
    },
  );

  test("refuses a truth of 0 and an unknown type, and says so", () => {
    const question = { question_type: "object_counting", ground_truth: "0", prediction: "0" };
    expect(() => scoreOfficial(question)).toThrow(expect.objectContaining({ code: "truth-zero" }));
    expect(() => scoreOfficial({ ...question, question_type: "colour" })).toThrow(
      expect.objectContaining({ code: "question-type-unknown" }),
    );
  });
});
