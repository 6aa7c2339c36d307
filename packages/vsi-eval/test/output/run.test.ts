import { describe, expect, test } from "@jest/globals";
import { describeRun } from "../../src/output/run.ts";
import type { RunReport } from "../../src/run/runModel.ts";

const report: RunReport = {
  questions: 30,
  answered: 30,
  kept: 0,
  failed: [],
  cut: 0,
  images: "shown",
  seconds: 12.34,
  out: "runs/tiny",
  data: "bench/test.jsonl",
};

describe("describeRun", () => {
  test("a good run takes three lines, the last of them what to type next", () => {
    expect(describeRun(report).split("\n")).toEqual([
      "30 of 30 questions answered, 12.3 seconds.",
      "Answers written to runs/tiny/answers.jsonl",
      "Next: vsi-eval score runs/tiny/predictions.jsonl --data bench/test.jsonl",
    ]);
  });

  test("what is wrong is said: failures by name and number, answers that were cut, images not seen", () => {
    const failed = Array.from({ length: 5 }, (_, index) => ({ id: `q${index}`, error: `status 50${index}` }));
    const text = describeRun({ ...report, answered: 25, failed, cut: 7, images: "unknown" });
    expect(text).toContain("25 of 30 questions answered");
    expect(text).toContain("failed: q2: status 502");
    expect(text).not.toContain("q3");
    expect(text).toContain("5 failed");
    expect(text).toContain("7 answers cut off by --max-tokens");
    expect(text).toContain("Images: unknown");
  });
});
