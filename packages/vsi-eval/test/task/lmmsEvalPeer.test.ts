import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import type { ScoreReport } from "../../src/score/scorePredictions.ts";
import { makeBenchmark } from "../support/makeBenchmark.ts";

const SCRIPT = fileURLToPath(new URL("./python/run_task.py", import.meta.url));

/**
 * A Python with torch, datasets, accelerate and transformers, such as that of `vsi-train setup --cpu`: gigabytes that
 * this test does not download.
 */
const PYTHON = process.env.VSI_PEERS_PYTHON ?? "python3";

/** The release that the task is loaded by, and what it imports besides. */
const PINNED = [
  "colorama==0.4.6",
  "dataproperty==1.1.1",
  "evaluate==0.4.6",
  "filelock==3.16.1",
  "lmms_eval==0.7.3",
  "loguru==0.7.3",
  "lxml==6.1.3",
  "mbstrdecoder==1.1.5",
  "pathvalidate==3.3.1",
  "portalocker==4.4.2",
  "pytablewriter==1.2.1",
  "pytz==2026.6",
  "sacrebleu==2.6.0",
  "sqlitedict==2.1.0",
  "tabledata==1.3.5",
  "tabulate==0.10.0",
  "tcolorpy==0.1.7",
  "tenacity==9.2.1",
  "typepy==2.0.0",
];

const folder = temporaryFolder();

/** Where pip put the packages; null with a printed reason when they or what they need are not to be had. */
function installed(): string | null {
  const skipped = (reason: string): null => {
    process.stderr.write(`skipped: ${reason}\n`);
    return null;
  };
  const heavy = spawnSync(PYTHON, ["-c", "import torch, datasets, accelerate, transformers"], { encoding: "utf8" });
  if (heavy.status !== 0)
    return skipped(`${PYTHON} has no torch, datasets, accelerate, transformers: set VSI_PEERS_PYTHON`);
  const target = join(folder, "packages");
  const words = ["-m", "pip", "install", "-q", "--no-deps", "--target", target, ...PINNED];
  const pip = spawnSync(PYTHON, words, { encoding: "utf8" });
  return pip.status === 0 ? target : skipped(`lmms_eval can't be installed: ${pip.error?.message ?? pip.stderr}`);
}

/** A minute and a download: `npm run test:peers`. */
(process.env.VSI_PEERS === undefined ? test.skip : test)(
  "lmms_eval loads an exported task, asks what vsi-eval asks, and its log scores as its metric did",
  async () => {
    const packages = installed();
    if (packages === null) return;
    const { data, framesFolder, questions } = await makeBenchmark(folder, 4, 3);
    const task = join(folder, "my_rooms");
    const exported = await runVsiEval([
      "export-task",
      data,
      "--frames-dir",
      framesFolder,
      "--frames",
      "2",
      "--out",
      task,
    ]);
    expect(exported).toMatchObject({ exitCode: 0, stderr: "" });
    const answers = questions.map(({ id, ground_truth }) => {
      const said = [`${ground_truth}. I am sure`, "2.4 m", "B", "", ` ${ground_truth}`, "1e400", "nan"];
      return [String(id), said[id % said.length]] as const;
    });
    await writeFile(join(folder, "answers.json"), JSON.stringify(Object.fromEntries(answers)));
    // Moved without its frames, as to another computer.
    await mkdir(join(folder, "elsewhere"));
    const moved = join(folder, "elsewhere", "my_rooms");
    await rename(task, moved);
    const logs = join(folder, "logs");
    await mkdir(logs);
    const peer = spawnSync(PYTHON, [SCRIPT, moved, "my_rooms", join(folder, "answers.json"), logs], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        PYTHONPATH: packages,
        HF_HOME: join(folder, "cache"),
        HF_HUB_OFFLINE: "1",
        VSI_FRAMES_DIR: framesFolder,
      },
    });
    if (peer.status !== 0) throw new Error(peer.stderr);
    const theirs = JSON.parse(await readFile(join(logs, "report.json"), "utf8")) as {
      scores: Record<string, number>;
      asked: { id: string; prompt: string; sizes: number[][] }[];
    };
    expect(theirs.asked.map(({ id }) => id)).toEqual(questions.map(({ id }) => String(id)));
    expect(theirs.asked.every(({ sizes }) => JSON.stringify(sizes) === "[[112,84],[112,84]]")).toBe(true);
    const dry = await runVsiEval(
      [
        "run",
        "--model",
        "m",
        "--base-url",
        "http://127.0.0.1:9/v1",
        "--data",
        data,
        "--frames-dir",
        framesFolder,
      ].concat("--dry-run", "--json"),
    );
    expect(theirs.asked[0]?.prompt).toBe(JSON.parse(dry.stdout).first_prompt);

    const log = (await readdir(logs)).find((name) => name.endsWith("_samples_my_rooms.jsonl"))!;
    const { stdout } = await runVsiEval(["score", join(logs, log), "--data", data, "--json"]);
    const ours = JSON.parse(stdout) as ScoreReport;
    expect(ours.unanswered).toBe(0);
    const types = new Set(questions.map(({ question_type }) => question_type as string));
    for (const { row, official } of ours.rows) {
      const name = types.has(row) || row === "overall" ? row : null;
      if (name !== null)
        expect({ name, score: theirs.scores[name] }).toEqual({ name, score: expect.closeTo(official!, 12) });
    }
    expect(ours.rows.filter(({ row }) => types.has(row))).toHaveLength(10);
  },
  600_000,
);
