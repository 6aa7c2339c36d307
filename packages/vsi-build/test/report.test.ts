import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { type BuildReport, printReport } from "../src/report.ts";

const REPORT: BuildReport = {
  out: "./rooms",
  shard: null,
  scans_read: 1,
  scans_skipped: [],
  test_scans: 0,
  excluded_scans: 0,
  warnings: [],
  rules: "careful",
  rooms_learnt_from: 0,
  questions: {},
  seconds: 1,
};

let printed = "";

beforeEach(() => {
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

function said(questions: BuildReport["questions"], source: Parameters<typeof printReport>[2]): string {
  printed = "";
  printReport({ ...REPORT, questions }, { json: false, quiet: false }, source);
  return printed;
}

const FACTS = { frames: null, metaInfo: ["facts.json"] };
const NONE = { made: 0, refused: 0 };

test("regression: rows of no questions stood at 0 without a word of what they need", () => {
  const questions = { object_counting: { made: 2, refused: 0 }, camera_displacement: NONE, route_planning: NONE };
  expect(said(questions, FACTS)).toContain(
    "No camera_displacement, which needs the scans' streams: build from --scannet with --frames N.\n" +
      "No route_planning, which needs the scans' meshes: build from --scannet.\n",
  );
  expect(said(questions, { frames: null, metaInfo: null })).toContain("the scans' streams: add --frames N.");
});

test("regression: a dataset without a question was written as any other", () => {
  expect(said({ object_counting: NONE }, FACTS)).toContain("No questions at all: the scans hold nothing");
  expect(said({ object_counting: { made: 0, refused: 3 } }, FACTS)).toContain(
    "No questions at all: rejects.jsonl says why",
  );
  expect(said({ object_counting: { made: 1, refused: 0 } }, FACTS)).not.toContain("No questions");
});

test("what was refused, or asked, needs no word, nor does what the command does not know after a merge", () => {
  expect(said({ object_counting: { made: 1, refused: 0 }, route_planning: NONE }, null)).not.toContain(
    "No route_planning",
  );
  const refused = { object_counting: { made: 1, refused: 0 }, camera_displacement: { made: 0, refused: 4 } };
  expect(said(refused, FACTS)).not.toContain("No camera_displacement");
});
