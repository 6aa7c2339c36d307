import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { markdownTable } from "@vsi/report";
import { temporaryFolder } from "@vsi/testing/folders";
import { allRuns } from "../../src/study/plan.ts";
import { readStudy } from "../../src/study/studyFile.ts";
import { studyPage } from "../../src/study/studyPage.ts";
import { rowTitle, scoresTable, studyTable, tableMarkdown, tableNotes } from "../../src/study/table.ts";

const root = temporaryFolder();

/** A question's official score in each of three rooms, by seed. */
const SCORES: Readonly<Record<number, readonly number[]>> = { 0: [1, 0, 0.5], 1: [0, 0, 1] };

/** What `vsi-eval score --json` prints for questions that earned these scores, without intervals. */
function scoreReport(scores: readonly number[]): unknown {
  const questions = scores.map((official, index) => {
    return { id: `q${index}`, scan: `room${index}`, type: "object_counting", official, robust: official };
  });
  const official = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const row = (name: string, count: number) => {
    return { row: name, questions: count, official: count === 0 ? null : official, official_interval: null };
  };
  return {
    schema: "vsi-score/1",
    data: { file: "test.jsonl", sha256: "0" },
    predictions: { file: `${scores.join("-")}.jsonl` },
    settings: null,
    rows: [row("overall", 3), row("object_counting", 3), row("route_planning", 0)],
    questions_total: 3,
    scans_total: 3,
    bootstrap: { resamples: 2000, seed: 0, level: 0.95 },
    questions,
  };
}

const STUDY = `name: mine
notes: Made up.
cells:
  - {id: base, method: base, title: base model}
  - id: sft
    method: sft
    title: + SFT
    seeds: [0, 1, 2]
    train: {preset: tiny}
    published: {model: org/Other-2B, source: a paper, scores: {overall: 29.6, route_planning: 3, object_count: 21.4}}
`;

async function makeStudy(name: string, rules: string | null) {
  const folder = join(root, name);
  const model = join(folder, "model");
  await mkdir(model, { recursive: true });
  await writeFile(join(model, "config.json"), '{"model_type":"qwen2_vl"}');
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  if (rules !== null) await writeFile(join(data, "manifest.json"), JSON.stringify({ settings: { rules } }));
  await writeFile(join(folder, "study.yaml"), STUDY);
  return {
    study: readStudy(join(folder, "study.yaml")),
    options: { data, model, out: join(folder, "out") },
  };
}

/** Makes a run of the study look done. */
async function finish(out: string, cell: string, seed: number): Promise<void> {
  const folder = join(out, "cells", cell, `seed-${seed}`);
  await mkdir(join(folder, "train", "model"), { recursive: true });
  const session = { started: "2026-01-01T00:00:00Z", ended: null, exit_code: 0, resumed_from_step: null };
  const settings = { method: "sft", model: "m" };
  const record = { schema: "vsi-train-run/1", settings, versions: {}, git: null, dataset: {}, trainer: null };
  await writeFile(join(folder, "train", "run.json"), JSON.stringify({ ...record, sessions: [session] }));
  await writeFile(join(folder, "score.json"), JSON.stringify(scoreReport(SCORES[seed] ?? [])));
}

describe("the table of a study", () => {
  test("half done: what is there, the mean of the seeds that are done, and what is missing", async () => {
    const { study, options } = await makeStudy("half", "paper");
    await finish(options.out, "sft", 0);
    await finish(options.out, "sft", 1);
    const table = await studyTable(study, options);
    expect(table).toMatchObject({
      schema: "vsi-study-table/1",
      rows: ["overall", "object_counting"],
      benchmark: { questions: 3 },
    });
    const [base, sft] = table.cells;
    expect(base).toMatchObject({ mean: null, seeds: [{ seed: 0, state: "missing", scores: null }] });
    expect(sft?.seeds.map(({ state }) => state)).toEqual(["done", "done", "missing"]);
    expect(sft?.seeds.map(({ scores }) => scores?.overall?.score ?? null)).toEqual([0.5, 1 / 3, null]);
    // Recomputed: the mean of the seeds' means, as all have the same questions.
    expect(sft?.mean?.overall?.score).toBeCloseTo((0.5 + 1 / 3) / 2, 12);
    // Its interval is over rooms: every resample's mean lies between the room with the least and the one with the most.
    const rooms = [0, 1, 2].map((room) => ((SCORES[0]?.[room] ?? 0) + (SCORES[1]?.[room] ?? 0)) / 2);
    const [low, high] = sft?.mean?.overall?.interval ?? [Number.NaN, Number.NaN];
    expect(low).toBeGreaterThanOrEqual(Math.min(...rooms));
    expect(high).toBeLessThanOrEqual(Math.max(...rooms));
    expect(low).toBeLessThan(high);
    const lines = markdownTable(scoresTable(table)).split("\n");
    expect(lines[2]).toContain("| base model | vanilla | 0: not run | – |");
    expect(lines[3]).toMatch(/^\| \+ SFT \| vanilla \| mean of 2 of 3 \| 41\.7 \(/);
    expect(lines[4]).toMatch(/^\| \+ SFT \| vanilla \| 0 \| 50\.0 \|/);
    expect(lines[6]).toContain("2: not run");
    expect(lines[7]).toContain("| published: Other-2B | vanilla | – | 29.6 | – |");
    expect(tableNotes(table).join("\n")).toContain("Not done yet: base, sft.");
    expect(tableMarkdown(table)).toContain("Published: a paper.");
    // A row that this benchmark does not ask is no mistake.
    expect(tableNotes(table)).toContain(
      "Published scores that are of no row of this table, and not shown: object_count.",
    );
  });

  test("data built by other rules than the paper's is labelled in every trained line", async () => {
    const { study, options } = await makeStudy("careful", "careful");
    await finish(options.out, "sft", 0);
    const table = await studyTable(study, options);
    expect(table.data.rules).toBe("careful");
    const titles = scoresTable(table).rows.map(([title]) => title);
    expect(titles).toContain("+ SFT (careful data)");
    expect(titles).toContain("base model");
    const notes = tableNotes(table).join("\n");
    expect(notes).toContain('built by the rules "careful"');
    expect(notes).toContain("cover all 5,130 questions of VSI-Bench; these cells were asked 3 questions");
    expect(notes).toContain("The published rows are of org/Other-2B");
  });

  test("nothing done yet: a table that says so", async () => {
    const { study, options } = await makeStudy("nothing", null);
    const table = await studyTable(study, options);
    expect(tableMarkdown(table)).toContain("Nothing is scored yet.");
    expect(tableNotes(table).join("\n")).toContain("By which rules the data was built is unknown");
    const page = await studyPage(table, allRuns(study, options));
    expect(page).toContain("Nothing is scored yet.");
  });

  test("the page shows scores, the chart and the curves that there are", async () => {
    const { study, options } = await makeStudy("page", "paper");
    await finish(options.out, "sft", 0);
    const page = await studyPage(await studyTable(study, options), allRuns(study, options));
    for (const text of ["Study: mine", "Average by cell", "published: Other-2B", "1 of 2 cells are scored"]) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain("Training curves");
  });
});

test("the three directions share a title; unknown rows keep their name", () => {
  expect(["overall", "object_counting", "object_rel_direction", "my_type"].map(rowTitle)).toEqual([
    ...["Avg.", "Obj. Count", "Rel. Dir.", "my_type"],
  ]);
});
