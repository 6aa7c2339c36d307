import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { hashFile } from "@vsi/dataset/node";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { type Comparison, compareScores, differingSettings, readScoreReport } from "../../src/score/compareScores.ts";
import { SCORE_SCHEMA } from "../../src/score/scorePredictions.ts";
import type { TableRow } from "../../src/score/tableRows.ts";
import { jsonLines, vsiBenchRecords } from "../support/benchmarkRecords.ts";
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

test("lists only what differs, also what only one run has, and everything when the other is not known", () => {
  const a = { frames: 16, model: "m", image: { pixels: 1 }, stop: ["x"] };
  const b = { frames: 32, model: "m", image: { pixels: 1 }, seed: 3, stop: ["x"] };
  expect(differingSettings(a, b)).toEqual([
    { setting: "frames", a: "16", b: "32" },
    { setting: "seed", a: null, b: "3" },
  ]);
  expect(differingSettings(a, { ...a })).toEqual([]);
  expect(differingSettings(null, a).map(({ setting }) => setting)).toEqual(["frames", "image.pixels", "model", "stop"]);
});

const folder = temporaryFolder();
const good = { schema: SCORE_SCHEMA, ...comparedReport([questionScore(1, 0.5), questionScore(2, 1)]) };

async function read(text: string) {
  const path = join(folder, "report.json");
  await writeFile(path, text);
  return readScoreReport(path);
}

describe("readScoreReport", () => {
  test("gives back what was written", async () => {
    expect(await read(JSON.stringify(good))).toEqual(good);
  });

  test.each(["utf16le", "utf8"] as const)("in %s with its mark too, as PowerShell redirects it", async (encoding) => {
    const path = join(folder, `${encoding}.json`);
    await writeFile(path, Buffer.from(`\ufeff${JSON.stringify(good)}\r\n`, encoding));
    expect(await readScoreReport(path)).toEqual(good);
  });

  test.each([
    ["text", "score: 3", "text that is not JSON"],
    ["nothing", "", "text that is not JSON"],
    ["a list", "[]", "got []"],
    ["another version", JSON.stringify({ ...good, schema: "vsi-score/2" }), "schema: got"],
    ["no data", JSON.stringify({ ...good, data: undefined }), "data: got nothing"],
    ["settings of another kind", JSON.stringify({ ...good, settings: [] }), "settings: got []"],
    ["no questions", JSON.stringify({ ...good, questions: {} }), "questions: got {}"],
    ["a score out of range", JSON.stringify({ ...good, questions: [questionScore(1, 1.5)] }), "questions[0]: got"],
    ["a score of null", JSON.stringify({ ...good, questions: [questionScore(1, Number.NaN)] }), "questions[0]: got"],
    [
      "a type without a name",
      JSON.stringify({ ...good, questions: [{ ...questionScore(1, 1), type: "" }] }),
      "questions[0]",
    ],
    [
      "an id twice",
      JSON.stringify({ ...good, questions: [questionScore(1, 1), questionScore(1, 0)] }),
      "questions[1]: got the id 1",
    ],
  ])("refuses %s", async (_, text, part) => {
    await expect(read(text)).rejects.toMatchObject({
      code: "score-report-shape",
      message: expect.stringContaining(part),
    });
  });

  test("a file that is not there is named", async () => {
    await expect(readScoreReport(join(folder, "none.json"))).rejects.toMatchObject({
      name: "EvaluationError",
      code: "file-missing",
    });
  });
});

describe("a run's folder given to compare", () => {
  const benchmark = vsiBenchRecords(2);
  const makeRun = async (name: string, settings: object) => {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "settings.json"), JSON.stringify(settings));
    const answers = benchmark.slice(0, 5).map(({ id, ground_truth }) => ({ id, prediction: ground_truth }));
    await writeFile(join(folder, name, "predictions.jsonl"), jsonLines(answers));
    return join(folder, name);
  };

  test("is scored on the questions that it was asked (was: 'Move the folder of this name out of the way')", async () => {
    const data = join(folder, "asked.jsonl");
    await writeFile(data, jsonLines(benchmark));
    const settings = { schema: "vsi-run/1", model: "m", data, data_sha256: await hashFile(data) };
    const report = await readScoreReport(await makeRun("run", settings));
    expect(report.settings).toEqual(settings);
    expect(report.questions.map(({ official }) => official)).toEqual(benchmark.map((_, index) => (index < 5 ? 1 : 0)));
    await writeFile(data, jsonLines(benchmark.slice(1)));
    await expect(readScoreReport(join(folder, "run"))).rejects.toThrow(/asked\.jsonl, which is changed/);
  });

  test("whose questions are gone, or never named, is told how to score first", async () => {
    const gone = await makeRun("gone", { data: join(folder, "nowhere.jsonl"), data_sha256: "0" });
    await expect(readScoreReport(gone)).rejects.toThrow(/nowhere\.jsonl, which is gone.*--json > FILE/);
    await expect(readScoreReport(await makeRun("unnamed", {}))).rejects.toMatchObject({ code: "score-run-data" });
  });
});
