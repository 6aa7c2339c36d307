import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { scoreOfficial } from "../../src/official/scoreOfficial.ts";
import { nastyText, plainNumber } from "./nastyText.ts";
import { bits, hasPython, PYTHON_BITS, runPython } from "./python.ts";

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
