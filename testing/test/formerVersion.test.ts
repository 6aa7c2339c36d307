import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { FIXTURES, runCommand } from "./support/runCommand.ts";

const out = mkdtempSync(join(tmpdir(), "vsi-former-"));
afterAll(() => rmSync(out, { recursive: true }));

const dataset = join(FIXTURES, "dataset");
const evalRun = join(FIXTURES, "eval-run");

describe("what 0.1 wrote is still read", () => {
  test("a dataset by verify, stats, audit and show", async () => {
    const [first = ""] = readFileSync(join(dataset, "data", "train.jsonl"), "utf8").split("\n");
    const { id, question } = JSON.parse(first) as { id: string; question: string };
    expect(await runCommand("vsi-build", ["verify", dataset])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("17 of 17 answers recomputed"),
    });
    expect(await runCommand("vsi-build", ["stats", dataset])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("train: 17 questions about 2 scenes"),
    });
    expect(await runCommand("vsi-build", ["audit", dataset])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await runCommand("vsi-build", ["show", dataset, id])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(question),
    });
  });

  test("a run of vsi-eval and its scores by score and compare", async () => {
    const words = ["score", join(evalRun, "predictions.jsonl"), "--data", join(evalRun, "questions.jsonl"), "--json"];
    const scored = await runCommand("vsi-eval", words);
    expect(scored).toMatchObject({ exitCode: 0, stderr: "" });
    type Row = Record<"row" | "questions" | "official" | "robust", unknown>;
    const before = JSON.parse(readFileSync(join(evalRun, "score.json"), "utf8")) as { rows: Row[]; settings: unknown };
    const { rows, settings } = JSON.parse(scored.stdout) as typeof before;
    expect(settings).toEqual(before.settings);
    const ofOfficial = (scores: Row[]) => scores.map(({ row, questions, official }) => ({ row, questions, official }));
    expect(ofOfficial(rows)).toEqual(ofOfficial(before.rows));
    // Our own reader takes no count that is not whole since 0.2: "About 1.5" earned a fifth.
    const changed = rows.filter(
      ({ row, robust }, place) => before.rows[place]?.row === row && before.rows[place].robust !== robust,
    );
    expect(changed.map(({ row }) => row).sort()).toEqual(["object_counting", "overall"]);
    const report = join(evalRun, "score.json");
    expect(await runCommand("vsi-eval", ["compare", report, report])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("a run of vsi-train, whose record had the name of vsi-eval's settings, by report", async () => {
    const run = join(FIXTURES, "train-run");
    expect(JSON.parse(readFileSync(join(run, "run.json"), "utf8"))).toMatchObject({ schema: "vsi-run/1" });
    const page = join(out, "report.html");
    expect(await runCommand("vsi-train", ["report", run, "--out", page])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(readFileSync(page, "utf8")).toContain("3 of 3");
  });
});
