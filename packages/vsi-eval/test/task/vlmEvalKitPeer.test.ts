import { spawnSync } from "node:child_process";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import type { ScoreReport } from "../../src/score/scorePredictions.ts";
import { jsonLines } from "../support/benchmarkRecords.ts";
import { makeBenchmark } from "../support/makeBenchmark.ts";

const SCRIPT = fileURLToPath(new URL("./python/load_table.py", import.meta.url));

/** A Python with `pip install ms-vlmeval`, VLMEvalKit as EvalScope packages it: gigabytes that this test does not download. */
const PYTHON = process.env.VSI_VLMEVALKIT_PYTHON ?? "python3";

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

function python(words: readonly string[]): string {
  const env = { ...process.env, LMUData: at("LMUData") };
  const { status, stdout, stderr } = spawnSync(PYTHON, words, { encoding: "utf8", maxBuffer: 1 << 28, env });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Two minutes where its package is not in the disk's cache: `npm run test:peers`. */
(process.env.VSI_PEERS === undefined ? test.skip : test)(
  "VLMEvalKit loads an exported table, also after a move, shows its frames, and its predictions score as the same answers",
  async () => {
    if (spawnSync(PYTHON, ["-c", "import importlib.util as u; exit(u.find_spec('vlmeval') is None)"]).status !== 0) {
      process.stderr.write(`skipped: ${PYTHON} has no vlmeval: set VSI_VLMEVALKIT_PYTHON\n`);
      return;
    }
    await mkdir(at("here"));
    const made = await makeBenchmark(at("here"), 2, 3);
    const [first, ...others] = made.questions;
    const questions = [{ ...first!, question: 'A "quoted"\tquestion,\nof two lines?' }, ...others];
    await writeFile(made.data, jsonLines(questions));
    const words = ["--frames-dir", made.framesFolder, "--frames", "2", "--out", at("here/my_rooms")];
    expect(await runVsiEval(["export-task", made.data, ...words])).toMatchObject({ exitCode: 0, stderr: "" });
    await rename(at("here"), at("there"));
    python([at("there/my_rooms/utils.py")]);
    await mkdir(at("LMUData"));
    await rename(at("there/my_rooms/my_rooms.tsv"), at("LMUData/my_rooms.tsv"));

    const said = (id: number): string => ["2", "B", "I think it is 2.4 m.", "<answer>A</answer>", 'A "b"\tc'][id % 5]!;
    const answers = questions.map(({ id }) => [String(id), said(id)] as const);
    await writeFile(at("answers.json"), JSON.stringify(Object.fromEntries(answers)));
    const printed = python([SCRIPT, "my_rooms", at("answers.json"), at("predictions.tsv")]);
    const theirs = JSON.parse(printed.slice(printed.indexOf('{"class"'))) as {
      class: string;
      asked: { index: string; sizes: number[][]; text: string }[];
    };
    expect(theirs.class).toBe("CustomMCQDataset");
    expect(theirs.asked.map(({ index }) => index)).toEqual(questions.map(({ id }) => String(id)));
    for (const [row, { sizes, text }] of theirs.asked.entries()) {
      const { question, options } = questions[row]!;
      expect(sizes).toEqual([
        [112, 84],
        [112, 84],
      ]);
      for (const part of [question as string, ...((options as string[] | null) ?? [])]) expect(text).toContain(part);
    }

    await writeFile(at("answers.jsonl"), jsonLines(answers.map(([id, prediction]) => ({ id, prediction }))));
    const scores = async (file: string): Promise<unknown> => {
      const { stdout } = await runVsiEval(["score", at(file), "--data", at("there/test.jsonl"), "--json"]);
      return (JSON.parse(stdout) as ScoreReport).questions;
    };
    expect(await readFile(at("predictions.tsv"), "utf8")).toContain("prediction");
    expect(await scores("predictions.tsv")).toEqual(await scores("answers.jsonl"));
  },
  600_000,
);
