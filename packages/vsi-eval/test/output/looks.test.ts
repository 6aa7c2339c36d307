import { expect, test } from "@jest/globals";
import { looksPage, looksText } from "../../src/output/looks.ts";
import { compareLooks } from "../../src/score/looks.ts";
import { comparedReport, questionScore } from "../support/comparedReport.ts";
import { readPage } from "../support/readPage.ts";

/** A model that is right with its own frames only, on counting questions in the scans, and one on size in the first. */
function looksAt(scans: number) {
  const run = (score: number) =>
    comparedReport([
      ...Array.from({ length: scans }, (_, scan) => questionScore(scan, score)),
      questionScore(99, score, { scan: "scannet/0", type: "object_size_estimation" }),
    ]);
  const looks = (["without", "shuffled", "other-rooms"] as const).map((shown) => ({ shown, report: run(0) }));
  return compareLooks(run(1), looks, { resamples: 50 });
}

const countOf = (text: string, part: string) => text.split(part).length - 1;

test("regression: of one scan, each run said that it is too few, and filled dots said that chance explains nothing", () => {
  const text = looksText(looksAt(1));
  expect(countOf(text, "With ")).toBe(3);
  expect(countOf(text, "so few scans")).toBe(1);
  expect(countOf(text, "No 95 % intervals: they are drawn over scans, which takes two or more.")).toBe(1);
  expect(
    readPage(looksPage(looksAt(1)))
      .textsOf("figure")
      .join(),
  ).toContain("hollow without a line: no interval");
});

test("regression: a task that one scan alone asks about had no interval, and no reason for that", () => {
  const text = looksText(looksAt(4));
  expect(text).toContain("No interval for Obj. Size: too few scans have such questions.");
  expect(text).not.toContain("so few scans");
});
