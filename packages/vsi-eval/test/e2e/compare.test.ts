import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import type { Comparison } from "../../src/score/compareScores.ts";
import { jsonLines, vsiBenchRecords } from "../support/benchmarkRecords.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

/** Makes a score report as users do. */
async function score(name: string, frames: number, predictions: readonly object[], benchmark: readonly object[]) {
  await writeFile(at(`${name}.jsonl`), jsonLines(predictions));
  await writeFile(at(`${name}.settings.json`), JSON.stringify({ model: "m", frames }));
  await writeFile(at(`${name}.bench.jsonl`), jsonLines(benchmark));
  const words = [at(`${name}.jsonl`), "--data", at(`${name}.bench.jsonl`), "--settings", at(`${name}.settings.json`)];
  const { exitCode, stdout } = await runVsiEval(["score", ...words, "--json"]);
  expect(exitCode).toBe(0);
  await writeFile(at(`${name}.json`), stdout);
}

const compare = (words: readonly string[]) => runVsiEval(["compare", ...words]);

beforeAll(async () => {
  const benchmark = vsiBenchRecords(6);
  const right = benchmark.map(({ id, ground_truth }) => ({ id, prediction: ground_truth }));
  await score("poor", 16, right.slice(0, 30), benchmark);
  await score("good", 32, right, benchmark);
  await score("fewer", 32, right.slice(0, 40), benchmark.slice(0, 40));
  const others = benchmark.map((question) => ({ ...question, id: question.id + 1000 }));
  await score("other", 32, [{ id: 1000, prediction: "1" }], others);
});

describe("vsi-eval compare", () => {
  test("shows the settings that differ, then what changed", async () => {
    const { exitCode, stdout, stderr } = await compare([at("poor.json"), at("good.json"), "--html", at("c.html")]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout.indexOf("frames 16 / 32")).toBeGreaterThan(0);
    expect(stdout.indexOf("frames 16 / 32")).toBeLessThan(stdout.indexOf("Avg."));
    // Half of the questions were answered, all of them right; then all were.
    expect(stdout).toMatch(/Avg\. +│ +60 │ +50\.0 │ +100\.0 │ +\+50\.0/);
    expect(await readFile(at("c.html"), "utf8")).toContain("+50.0 percentage points");
  });

  test("two runs show which questions flipped", async () => {
    const { stdout } = await compare([at("poor.json"), at("good.json"), "--json"]);
    const { flipped } = JSON.parse(stdout) as { flipped: { id: string; official: number[] }[] };
    expect(flipped.map(({ id }) => Number(id))).toEqual(Array.from({ length: 30 }, (_, place) => 30 + place));
    expect((await compare([at("poor.json"), at("good.json")])).stdout).toContain(
      "30 questions flipped (right: half of the score or more): b has 30 right that a has wrong, and 0 wrong that it has right.",
    );
  });

  test("many runs: one table, what flipped, a page, and rows for a paper", async () => {
    const runs = ["poor.json", "good.json", "fewer.json"].map(at);
    const { exitCode, stdout, stderr } = await compare([...runs, "--html", at("many.html")]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("frames 16 / 32 / 32");
    // 30 of the 40 questions that all have were answered by the first.
    expect(stdout).toMatch(/Avg\. +│ +40 │ 75\.0 \(.*\) │ 100\.0 \(100\.0 to 100\.0\) │/);
    expect(stdout).toContain("10 questions flipped");
    expect(await readFile(at("many.html"), "utf8")).toContain("3 runs compared");
    expect(JSON.parse((await compare([...runs, "--json"])).stdout)).toMatchObject({
      schema: "vsi-runs/1",
      questions_shared: 40,
      same_data: false,
    });
    const rows = (await compare([...runs, "--markdown"])).stdout.split("\n");
    expect(rows[0]).toMatch(/^\| {2}\| Avg\. \| /);
    expect(rows[2]).toMatch(/^\| poor\.jsonl \| 75\.0 \(/);
    expect(rows[3]).toMatch(/^\| good\.jsonl \| 100\.0 \(/);
    expect(rows.slice(0, 5).every((row) => row.split("|").length === rows[0]!.split("|").length)).toBe(true);
  });

  test("pairs the same questions only and counts the rest", async () => {
    const { stdout } = await compare([at("good.json"), at("fewer.json"), "--json"]);
    const comparison = JSON.parse(stdout) as Comparison;
    expect(comparison).toMatchObject({ questions_shared: 40, only_in_a: 20, only_in_b: 0, same_data: false });
    expect(comparison.rows[0]!.official).toEqual({ a: 1, b: 1, difference: 0, interval: [0, 0] });
  });

  test.each([
    [["poor.json", "nowhere.json"], /nowhere\.json.*got nothing/],
    [["poor.json", "poor.jsonl"], /poor\.jsonl.*not JSON/],
    [["poor.json", "poor.settings.json"], /schema: got nothing/],
    [["poor.json", "other.json"], /no question of the first run/],
  ])("%j: exit code 2 and text that helps", async (names, part) => {
    const { exitCode, stdout, stderr } = await compare(names.map(at));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(part);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("vsi-eval mean", () => {
  test("prints the mean of two runs, and as JSON what compare takes for one", async () => {
    const { exitCode, stdout } = await runVsiEval(["mean", at("poor.json"), at("good.json")]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Avg\. +│ +60 │ +75\.0 \(/);
    expect(stdout).toContain("Mean of 2 runs, 60 questions about");
    await writeFile(at("mean.json"), (await runVsiEval(["mean", at("poor.json"), at("good.json"), "--json"])).stdout);
    expect((await compare([at("mean.json"), at("good.json")])).stdout).toMatch(
      /Avg\. +│ +60 │ +75\.0 │ +100\.0 │ +\+25\.0/,
    );
  });

  test("refuses runs of other questions, and one run alone", async () => {
    const other = await runVsiEval(["mean", at("good.json"), at("fewer.json")]);
    expect(other).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Only runs of the very same questions"),
    });
    expect(await runVsiEval(["mean", at("good.json")])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("OTHERS is missing"),
    });
  });
});
