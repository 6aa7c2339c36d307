import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { QUESTION_TYPE_ROWS } from "@vsi/dataset";
import { countOf, isRecord } from "@vsi/dataset/internal";
import { type Cell, markdownTable, type Table } from "@vsi/report";
import { percent } from "@vsi/report/internal";
import { evaluationFiles, meanOfScores, readScore, type Score } from "./evaluate.ts";
import { allRuns, type PlannedRun, type StudyPlace, seedsOf } from "./plan.ts";
import { type RunState, stateOf } from "./state.ts";
import type { PublishedRow, Study, StudyCell } from "./studyFile.ts";

/** The format and major version of table.json. */
export const TABLE_SCHEMA = "vsi-study-table/1";

/** A score of 0 to 1 by the benchmark's official metric, with its bootstrap interval over scans. */
export interface TableScore {
  score: number | null;
  interval: readonly [number, number] | null;
}

/** Scores by row of vsi-eval's table: overall, object_counting, ... */
export type ScoresByRow = Readonly<Record<string, TableScore>>;

/** One cell of a study and what came of it. */
export interface TableCell {
  id: string;
  title: string;
  method: StudyCell["method"];
  mode: string;
  from: string;
  seeds: { seed: number; state: RunState; scores: ScoresByRow | null }[];
  /** Of the seeds that are done, of the mean of their scores; null where none is. */
  mean: ScoresByRow | null;
  published: PublishedRow | null;
}

/** table.json: the table of a study, whole or half done. */
export interface StudyTable {
  schema: typeof TABLE_SCHEMA;
  study: string;
  notes: string;
  model: string;
  /** What was trained on, and the rules that built it; null where it has no manifest. */
  data: { path: string; rules: string | null };
  /** What was asked; null before the first score. */
  benchmark: { questions: number; scans: number; sha256: string } | null;
  /** Of the intervals; null before the first score. */
  bootstrap: Score["bootstrap"] | null;
  /** The columns: rows of vsi-eval's table with questions. */
  rows: string[];
  cells: TableCell[];
}

/**
 * The table of what a study's folder holds, whatever part of it was run.
 *
 * @throws TrainError "evaluation-failed" when vsi-eval can't make the mean of seeds.
 */
export async function studyTable(study: Study, options: StudyPlace): Promise<StudyTable> {
  const runs = allRuns(study, options);
  const cells: TableCell[] = [];
  let first: Score | null = null;
  const rows = new Set<string>();
  for (const cell of study.cells) {
    const seeds = seedsOf(cell, options.model).map((seed) =>
      runs.find((run) => run.cell === cell && run.seed === seed),
    );
    const own = seeds.filter((run): run is PlannedRun => run !== undefined);
    const results: { run: PlannedRun; state: RunState; score: Score | null }[] = [];
    for (const run of own) {
      const state = await stateOf(run);
      const score = state === "done" ? await readScore(evaluationFiles(run.folder).score) : null;
      results.push({ run, state, score });
      first ??= score;
      for (const { row, questions } of score?.rows ?? []) if (questions > 0) rows.add(row);
    }
    const done = results.flatMap(({ run, score }) => (score === null ? [] : [{ run, score }]));
    cells.push({
      id: cell.id,
      title: cell.title,
      method: cell.method,
      mode: cell.mode,
      from: cell.from,
      seeds: results.map(({ run, state, score }) => ({ seed: run.seed, state, scores: score && scoresOf(score) })),
      mean: await meanOf(join(resolve(options.out), "cells", cell.id), done),
      published: cell.published,
    });
  }
  return {
    schema: TABLE_SCHEMA,
    study: study.name,
    notes: study.notes,
    model: options.model,
    data: { path: options.data, rules: await rulesOf(options.data) },
    benchmark: first && { questions: first.questions_total, scans: first.scans_total, sha256: first.data.sha256 },
    bootstrap: first?.bootstrap ?? null,
    rows: [...rows],
    cells,
  };
}

async function meanOf(folder: string, done: readonly { run: PlannedRun; score: Score }[]): Promise<ScoresByRow | null> {
  const [only, second] = done;
  if (only === undefined) return null;
  if (second === undefined) return scoresOf(only.score);
  const file = join(folder, "mean.json");
  const scores = done.map(({ run }) => evaluationFiles(run.folder).score);
  const answers = done.map(({ score }) => score.predictions.file);
  if (!(await isMeanOf(file, scores, answers))) await meanOfScores(scores, file);
  const mean = await readScore(file);
  return mean && scoresOf(mean);
}

/** Whether the mean is of these very scores: of no others, and younger than each of them. */
async function isMeanOf(file: string, scores: readonly string[], answers: readonly string[]): Promise<boolean> {
  const [mean, ...others] = await Promise.all([file, ...scores].map((path) => stat(path).catch(() => null)));
  const isYoungest =
    mean !== null && mean !== undefined && others.every((one) => one !== null && one.mtimeMs <= mean.mtimeMs);
  return isYoungest && (await readScore(file))?.mean_of?.join("\n") === answers.join("\n");
}

function scoresOf({ rows }: Score): ScoresByRow {
  return Object.fromEntries(
    rows
      .filter(({ questions }) => questions > 0)
      .map(({ row, official, official_interval }) => [row, { score: official, interval: official_interval }]),
  );
}

/** The rules that a dataset folder was built by; a manifest of 0.1 does not name them: they were the paper's. */
async function rulesOf(data: string): Promise<string | null> {
  const text = await readFile(join(data, "manifest.json"), "utf8").catch(() => "");
  try {
    const manifest: unknown = JSON.parse(text);
    if (!isRecord(manifest) || !isRecord(manifest.settings)) return null;
    return typeof manifest.settings.rules === "string" ? manifest.settings.rules : "paper";
  } catch {
    return null;
  }
}

/** VSI-Bench's questions: what is published covers all of them. */
const VSI_BENCH_QUESTIONS = 5130;

/** What a reader of the table has to know, a sentence or two each. */
export function tableNotes(table: StudyTable): string[] {
  const { benchmark, bootstrap, data, cells, notes, model } = table;
  const published = cells.flatMap(({ published: row }) => row ?? []);
  const others = [...new Set(published.map((row) => row.model).filter((name) => name !== model))];
  const shown = new Set([...KNOWN_ROWS, ...table.rows]);
  const unknown = [...new Set(published.flatMap(({ scores }) => Object.keys(scores)))].filter((row) => !shown.has(row));
  const missing = cells.filter(({ seeds }) => seeds.some(({ state }) => state !== "done"));
  return [
    ...(notes === "" ? [] : [notes.trim()]),
    ...(data.rules === null || data.rules === "paper"
      ? []
      : [
          `Trained on data built by the rules "${data.rules}", not by the paper's (vsi-build --rules paper): cells so trained are marked, and no replication of the published rows.`,
        ]),
    ...(data.rules === null ? ["By which rules the data was built is unknown: it has no manifest."] : []),
    ...(benchmark === null || published.length === 0 || benchmark.questions === VSI_BENCH_QUESTIONS
      ? []
      : [
          `The published rows cover all ${VSI_BENCH_QUESTIONS.toLocaleString("en-US")} questions of VSI-Bench; these cells were asked ${countOf(benchmark.questions, "question")}, so they are not comparable.`,
        ]),
    ...(others.length === 0 ? [] : [`The published rows are of ${others.join(", ")}, these cells of ${model}.`]),
    ...(unknown.length === 0 || benchmark === null
      ? []
      : [`Published scores that are of no row of this table, and not shown: ${unknown.join(", ")}.`]),
    ...(missing.length === 0 ? [] : [`Not done yet: ${missing.map(({ id }) => id).join(", ")}.`]),
    ...(benchmark === null || bootstrap === null
      ? []
      : [
          `${countOf(benchmark.questions, "question")} about ${countOf(benchmark.scans, "scan")}; official metric, percent; in brackets ${bootstrap.level * 100} %, bootstrap over scans (${bootstrap.resamples.toLocaleString("en-US")} resamples, seed ${bootstrap.seed}).`,
        ]),
  ];
}

/** Rows that a benchmark may have; one that this one does not ask is no mistake. */
const KNOWN_ROWS = ["overall", ...QUESTION_TYPE_ROWS.flatMap(({ metricGroup, name }) => [metricGroup, name])];

/** Titles of the rows; the three directions count as one. */
const TITLES: ReadonlyMap<string, string> = new Map(
  QUESTION_TYPE_ROWS.map(({ metricGroup, name, title }) => [
    metricGroup,
    metricGroup === name ? title : title.replace(/ \(.*\)$/, ""),
  ]),
);

/** What a row of vsi-eval's table is called. */
export function rowTitle(row: string): string {
  return row === "overall" ? "Avg." : (TITLES.get(row) ?? row);
}

/** What a run that is not done says in place of its score. */
const STATES: Readonly<Record<RunState, string>> = {
  missing: "not run",
  training: "training",
  trained: "not evaluated",
  evaluating: "evaluating",
  answered: "not scored",
  done: "done",
};

/** The paper's layout: a line a cell, each seed below it, the published row below that; the rows as columns. */
export function scoresTable(table: StudyTable): Table {
  const { rows, cells, data } = table;
  const isMarked = data.rules !== null && data.rules !== "paper";
  const line = (name: string, mode: string, seed: string, scores: ScoresByRow | null): Cell[] => {
    return [name, mode, seed, ...rows.map((row) => withInterval(scores?.[row]))];
  };
  return {
    columns: [
      { head: "cell" },
      { head: "mode" },
      { head: "seed" },
      ...rows.map((row) => ({ head: rowTitle(row), align: "right" as const })),
    ],
    rows: cells.flatMap(({ title, method, mode, seeds, mean, published }) => {
      const name = isMarked && method !== "base" ? `${title} (${data.rules} data)` : title;
      const done = seeds.filter(({ state }) => state === "done");
      const [only] = seeds;
      const own =
        seeds.length === 1 && only !== undefined
          ? [line(name, mode, only.state === "done" ? String(only.seed) : `${only.seed}: ${STATES[only.state]}`, mean)]
          : [
              line(name, mode, `mean of ${done.length} of ${seeds.length}`, mean),
              ...seeds.map(({ seed, state, scores }) =>
                line(name, mode, state === "done" ? String(seed) : `${seed}: ${STATES[state]}`, scores),
              ),
            ];
      const theirs = published === null ? [] : [publishedLine(published, mode, rows)];
      return [...own, ...theirs];
    }),
  };
}

function publishedLine({ model, scores }: PublishedRow, mode: string, rows: readonly string[]): Cell[] {
  const name = `published: ${model.split("/").at(-1)}`;
  return [name, mode, null, ...rows.map((row) => scores[row]?.toFixed(1) ?? null)];
}

function withInterval(found: TableScore | undefined): string | null {
  const { score = null, interval = null } = found ?? {};
  const text = percent(score);
  return interval === null || text === null ? text : `${text} (${percent(interval[0])} to ${percent(interval[1])})`;
}

/** table.md. */
export function tableMarkdown(table: StudyTable): string {
  const sources = [...new Set(table.cells.flatMap(({ published }) => published?.source ?? []))];
  const notes = [...tableNotes(table), ...sources.map((source) => `Published: ${source}.`)];
  const scores = table.rows.length === 0 ? "Nothing is scored yet.\n" : markdownTable(scoresTable(table));
  return `# ${table.study}\n\n${scores}\n${notes.map((note) => `${note.replaceAll(/\s+/g, " ")}\n`).join("\n")}`;
}
