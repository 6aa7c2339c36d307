import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type RunResult, runVsiBuild, runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import type { ScoreReport } from "../../src/score/scorePredictions.ts";
import { datasetQuestion, jsonLines, vsiBenchRecords } from "../support/benchmarkRecords.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

/** Words with the names of files in the temporary folder: "@bench.jsonl". */
const run = (words: string): Promise<RunResult> =>
  runVsiEval(words.split(" ").map((word) => (word.startsWith("@") ? at(word.slice(1)) : word)));

const benchmark = vsiBenchRecords(6);
const right = benchmark.map(({ id, ground_truth }) => ({ id, prediction: ground_truth }));

/** The letter where it is A, and 1 for every number. */
const poor = benchmark.map(({ id, options }) => ({ id, prediction: options === null ? "1" : "A" }));

beforeAll(async () => {
  await mkdir(at("dataset/data"), { recursive: true });
  const files: Record<string, string> = {
    "bench.jsonl": jsonLines(benchmark),
    "right.jsonl": jsonLines(right),
    "poor.jsonl": jsonLines(poor),
    "turned.jsonl": jsonLines([...poor].reverse()),
    "half.jsonl": `${jsonLines(right.slice(0, 2))}{"id": 2, "predic`,
    "unknown.jsonl": jsonLines([{ id: "nobody", prediction: "1" }]),
    "run.json": '{"frames": 16}',
    "dataset/data/validation.jsonl": jsonLines([datasetQuestion()]),
    "one.jsonl": jsonLines([{ id: datasetQuestion().id, prediction: "to the right" }]),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(at(name), text);
});

describe("vsi-eval score", () => {
  test("prints the table and ends with 0", async () => {
    const { exitCode, stdout, stderr } = await run("score @right.jsonl --data @bench.jsonl");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/vsi-bench +│ +100\.0/);
    expect(stdout).toContain("60 questions about 6 scans");
  });

  test("writes CSV, JSONL and HTML whole, and JSON that knows the benchmark and the settings", async () => {
    const files = "--csv @out.csv --per-question @out.jsonl --html @out.html";
    const { exitCode, stdout } = await run(
      `score @poor.jsonl --data @bench.jsonl --settings @run.json --json ${files}`,
    );
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as ScoreReport;
    expect(report).toMatchObject({ schema: "vsi-score/1", settings: { frames: 16 }, questions_total: 60 });
    expect(report.data.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await readFile(at("out.csv"), "utf8")).trimEnd().split("\r\n")).toHaveLength(report.rows.length + 1);
    expect((await readFile(at("out.jsonl"), "utf8")).trimEnd().split("\n")).toHaveLength(60);
    expect(await readFile(at("out.html"), "utf8")).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    expect((await readdir(folder)).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  test("the order of the predictions changes nothing", async () => {
    const [one, other] = await Promise.all(
      ["poor", "turned"].map(async (name) => {
        const { stdout } = await run(`score @${name}.jsonl --data @bench.jsonl --json`);
        return { ...(JSON.parse(stdout) as ScoreReport), predictions: null };
      }),
    );
    expect(other).toEqual(one);
  });

  test("reads a dataset folder", async () => {
    const { exitCode, stdout } = await run("score @one.jsonl --data @dataset --json");
    expect(exitCode).toBe(0);
    expect((JSON.parse(stdout) as ScoreReport).questions).toMatchObject([{ official: 0, robust: 1 }]);
  });

  test("--quiet prints nothing", async () => {
    expect(await run("score @right.jsonl --data @bench.jsonl --quiet")).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
  });

  test("a folder that is not there is wrong usage, said before anything is scored", async () => {
    const { exitCode, stdout, stderr } = await run("score @right.jsonl --data @bench.jsonl --csv @none/out.csv");
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/none\/out\.csv: got no such folder as .*none, expected the folder to write to\. Create it/);
  });
});

describe("whose rules, which questions", () => {
  const rowOf = (stdout: string, row = "overall") =>
    (JSON.parse(stdout) as ScoreReport).rows.find((one) => one.row === row);

  test("several readers stand side by side by name and version in text, JSON, CSV and HTML, with a warning", async () => {
    const { stdout } = await run(
      "score @one.jsonl --data @dataset --reader vlmevalkit,robust --csv @r.csv --html @r.html",
    );
    expect(stdout).toMatch(/vlmevalkit +│/);
    expect(stdout).not.toMatch(/vsi-bench +│/);
    expect(stdout).toContain("Read by vlmevalkit e8e78f05 and robust 0.2.0.");
    expect(stdout).toContain(
      "readers differ by more than two points in Rel. Dir. (easy) (vlmevalkit 0.0, robust 100.0)",
    );
    expect(await readFile(at("r.csv"), "utf8")).toMatch(/vlmevalkit_reader.*vlmevalkit e8e78f05/s);
    expect(await readFile(at("r.html"), "utf8")).toContain("vlmevalkit e8e78f05");
    const json = await run("score @one.jsonl --data @dataset --reader vlmevalkit --json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      readers: [{ name: "vlmevalkit", version: "e8e78f05", metric: "vlmevalkit" }],
      questions: [{ official: 0, robust: 1, others: { vlmevalkit: 0 } }],
    });
    expect(rowOf(json.stdout, "object_rel_direction_easy")).toMatchObject({
      official: 0,
      others: { vlmevalkit: { score: 0 } },
    });
  });

  test("the limit of a run's settings is honoured, and said", async () => {
    await mkdir(at("limited"));
    await writeFile(at("limited/settings.json"), JSON.stringify({ limit: 10 }));
    await writeFile(at("limited/predictions.jsonl"), jsonLines(right.slice(0, 9)));
    const { stdout } = await run("score @limited --data @bench.jsonl");
    expect(stdout).toContain("10 questions about 1 scan");
    expect(stdout).toContain("Only the first 10 questions, the limit of the run's settings.");
    expect(stdout).toContain("1 question without a prediction, each scored 0.");
    // An answer beyond the limit: these are not that run's answers.
    await writeFile(at("limited/predictions.jsonl"), jsonLines(right.slice(0, 11)));
    expect((await run("score @limited --data @bench.jsonl")).stdout).toContain("60 questions about 6 scans");
  });

  test("a subset is scored alone; answers to the rest are counted, or refused by --strict", async () => {
    await writeFile(at("pruned.jsonl"), jsonLines(benchmark.map((one, index) => ({ ...one, pruned: index >= 20 }))));
    const { stdout } = await run("score @right.jsonl --data @pruned.jsonl --subset debiased");
    expect(stdout).toContain("20 questions about 2 scans");
    expect(stdout).toContain("Only the subset debiased of the benchmark.");
    expect(stdout).toContain("40 answers to questions that were not asked for, left aside.");
    const strict = await run("score @right.jsonl --data @pruned.jsonl --subset debiased --strict");
    expect(strict).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringContaining("right.jsonl: line 21, id"),
    });
  });
});

describe("wrong usage", () => {
  test.each([
    ["score", "--help"],
    ["score @right.jsonl", "data"],
    ["score @nowhere.jsonl --data @bench.jsonl", /nowhere\.jsonl.*got nothing/],
    ["score @right.jsonl --data @nowhere", /nowhere.*got nothing.*dataset folder/],
    ["score @half.jsonl --data @bench.jsonl", /half\.jsonl: line 3: got/],
    ["score @unknown.jsonl --data @bench.jsonl", /unknown\.jsonl: line 1, id: got "nobody"/],
    ["score @one.jsonl --data @dataset --split train", "data/train.jsonl"],
    ["score @one.jsonl --data @dataset --split half", "split"],
    ["score @one.jsonl --data @dataset --split all", /got all, expected .*test: a score must not mix held-out rooms/],
    ["score @right.jsonl --data @bench.jsonl --html @right.jsonl", "--html"],
    ["score @right.jsonl --data @bench.jsonl --settings @run.json --csv @run.json", "--csv"],
    ["score @right.jsonl --data @bench.jsonl --settings @nowhere.json", "nowhere.json"],
    ["score @right.jsonl --data @bench.jsonl --data @bench.jsonl", "once"],
    ["score @right.jsonl --data @bench.jsonl --resample 3", "resample"],
    ["score @right.jsonl --data @bench.jsonl --reader nobody", "vlmevalkit"],
    ["score @right.jsonl --data @bench.jsonl --subset 16_frame", /bench\.jsonl: line 1, num_frames: got nothing/],
    ["grade @right.jsonl", "grade"],
    ["--quiet", "Commands: run, score, compare, mean, looks, export-task"],
  ])("%s: exit code 2, no stack, and text that helps", async (words, part) => {
    const { exitCode, stdout, stderr } = await run(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^vsi-eval: /);
    expect(stderr).toMatch(part);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("regression, it was refused by the schema: a dataset's own Parquet is scored as its JSON lines", async () => {
    expect(await runVsiBuild(["samples", at("rooms"), "--rooms", "1", "--quiet"])).toMatchObject({ exitCode: 0 });
    const words = ["--scannet", at("rooms"), "--out", at("built"), "--protocol", "vsi-bench", "--format", "parquet"];
    expect(await runVsiBuild([...words, "--quiet"])).toMatchObject({ exitCode: 0 });
    const built = await readLines<{ id: string; ground_truth: string }>(at("built/data/train.jsonl"));
    const answers = built.map(({ id, ground_truth }) => ({ id, prediction: ground_truth }));
    await writeFile(at("built.jsonl"), jsonLines(answers));
    const scores = async (file: string): Promise<ScoreReport["rows"]> =>
      (JSON.parse((await run(`score @built.jsonl --data @built/data/${file} --json`)).stdout) as ScoreReport).rows;
    expect(await scores("train-00000-of-00001.parquet")).toEqual(await scores("train.jsonl"));
  });

  test("what it was given is never lost", async () => {
    expect(await readFile(at("right.jsonl"), "utf8")).toBe(jsonLines(right));
  });
});

test("--help shows every flag, an example and the exit codes", async () => {
  const { exitCode, stdout, stderr } = await run("score --help");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  for (const flag of "data split subset reader strict settings csv per-question html json quiet config".split(" ")) {
    expect(stdout).toMatch(new RegExp(`^ +--${flag}\\b`, "m"));
  }
  expect(stdout).toContain("vsi-eval score answers.jsonl --data");
  expect(stdout).toContain("Exit codes: 0 done");
});
