import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, defineCommand } from "@vsi/command/program";
import { type RewardRequest, reward } from "@vsi/scoring";
import { parquetWriteBuffer } from "hyparquet-writer";
import { compareScores, readBenchmark, readPredictions, readScoreReport } from "vsi-eval";
import { CHOICE, REQUEST } from "./answerReaders.ts";
import { internal } from "./internal.ts";
import { jsonText, mutateBytes, mutateJson } from "./mutate.ts";
import type { Random } from "./random.ts";
import type { Inputs, Reader } from "./reader.ts";

/** Readers of what runs of evaluation and training leave, of rewards' requests and of --config. */
export async function runReaders({ repository, dataset, evalRun, trainRun, work }: Inputs): Promise<Reader[]> {
  const { parseRewardRequest } = await internal<{ parseRewardRequest(line: string): RewardRequest }>(
    repository,
    "scoring/dist/node/rewardWorker.js",
  );
  const { readRun, renderRuns } = await internal<{
    readRun(folder: string): Promise<unknown>;
    renderRuns(runs: unknown[]): Promise<string>;
  }>(repository, "vsi-train/dist/report/report.js");
  const { readConfig } = await internal<{ readConfig(path: string, command: Command): unknown }>(
    repository,
    "command/dist/program/config.js",
  );
  const { readSettings } = await internal<{ readSettings(predictions: string): Promise<object | null> }>(
    repository,
    "vsi-eval/dist/settings.js",
  );
  const { openRunFolder } = await internal<{
    openRunFolder(out: string, settings: object, flags: object, questions: readonly unknown[]): Promise<unknown>;
  }>(repository, "vsi-eval/dist/run/folder.js");
  const data = join(dataset, "data");
  const benchmarkFile =
    readdirSync(data)
      .map((name) => join(data, name))
      .find((path) => readFileSync(path, "utf8") !== "") ?? "";
  const benchmark = readFileSync(benchmarkFile, "utf8")
    .split("\n")
    .slice(0, 12)
    .map((line) => JSON.parse(line) as { id: string });
  const vsiBench = {
    id: 3,
    dataset: "scannet",
    scene_name: "scene0011_00",
    question_type: "object_rel_distance",
    question: "Which?",
    ground_truth: "B",
    options: ["A. bed", "B. sofa"],
  };
  const vsti = { ...vsiBench, id: 5, question_type: "camera_obj_rel_dist_v1", ground_truth: "sofa", mc_answer: "B" };
  const revsi = {
    id: 6,
    scene_id: "s",
    num_frames: 32,
    question_type: "room_size_estimation_single",
    question: "What is the size of the main room (in square meters)?",
    ground_truth: "20.5",
    options: null,
  };
  const parquet = Buffer.from(
    parquetWriteBuffer({
      columnData: Object.entries(vsiBench).map(([name, value]) => ({ name, data: [value] })),
    }),
  );
  const linesOf = (records: readonly unknown[], random: Random): string => {
    const broken = random.below(records.length);
    return `${records.map((record, index) => (index === broken ? jsonText(mutateJson(record, random), random) : JSON.stringify(record))).join("\n")}\n`;
  };
  const written = (name: string, text: string | Uint8Array): string => {
    writeFileSync(join(work, name), text);
    return join(work, name);
  };
  const questions = await readBenchmark(benchmarkFile);
  const settings = JSON.parse(readFileSync(join(evalRun, "settings.json"), "utf8")) as object;
  const report = {
    schema: "vsi-score/1",
    data: { file: "a", sha256: "0".repeat(64) },
    predictions: { file: "p" },
    settings,
    questions: ["a", "b", "c"].map((id) => ({
      id,
      scan: `scannet/${id}`,
      type: "object_counting",
      official: 0.5,
      robust: 1,
    })),
  };
  const evalFolder = join(work, "eval-run");
  const trainFolder = join(work, "train-run");
  cpSync(trainRun, trainFolder, { recursive: true });
  // What a config may hold depends on the command's flags.
  const CONFIGURED = defineCommand({
    about: "Takes a config",
    flags: {
      scannet: { type: "path", describe: "A folder" },
      out: { type: "path", describe: "A folder" },
      types: { type: "list", describe: "Question types" },
      seed: { type: "whole", from: 0, describe: "A seed" },
    },
  });
  const config = { scannet: "./raw", out: "./x", types: ["object_counting"], seed: 3, quiet: true };
  return [
    {
      name: "reward request",
      share: 8,
      run: (random) =>
        reward(parseRewardRequest(jsonText(mutateJson(random.pick<object>([REQUEST, CHOICE]), random), random))),
    },
    {
      name: "benchmark",
      share: 1.5,
      run: (random) =>
        readBenchmark(
          written("bench.jsonl", linesOf(random.chance(0.5) ? benchmark : [vsiBench, { ...vsiBench, id: 4 }], random)),
        ),
    },
    {
      name: "predictions",
      share: 1.5,
      run: (random) =>
        readPredictions(
          written(
            "p.jsonl",
            linesOf(
              benchmark.map(({ id }) => ({ id, prediction: "2.5" })),
              random,
            ),
          ),
          questions,
        ),
    },
    {
      name: "published benchmarks",
      share: 1.5,
      run: (random) => {
        const records = [vsti, revsi, { ...vsiBench, options: "['A. bed', 'B. sofa']", pruned: false }];
        if (random.chance(0.5)) return readBenchmark(written("published.jsonl", linesOf(records, random)));
        const list = jsonText(mutateJson(records, random), random);
        return readBenchmark(written("published.json", list), random.chance(0.5) ? {} : { subset: "debiased" });
      },
    },
    {
      name: "others' logs",
      share: 1.5,
      run: (random) => {
        const logs = questions.map((question, doc_id) => ({
          doc_id,
          target: question.mc_answer ?? question.ground_truth,
          filtered_resps: ["2.5"],
          vsibench_overall: random.chance(0.5) ? null : { id: question.id, question_type: question.question_type },
        }));
        if (random.chance(0.3)) return readPredictions(written("log.jsonl", linesOf(logs, random)), questions);
        const r1v = questions.map(({ id }) => ({ problem_id: id, solution: "<answer>2</answer>", output: "2" }));
        if (random.chance(0.5)) {
          return readPredictions(written("log.json", jsonText(mutateJson(r1v, random), random)), questions);
        }
        const rows = questions.map(({ question, ground_truth }, index) => [index, `"${question}"`, ground_truth, "2"]);
        const table = [["index", "question", "answer", "prediction"], ...rows].map((row) => row.join("\t")).join("\n");
        return readPredictions(written("log.tsv", mutateBytes(Buffer.from(table), random)), questions);
      },
    },
    {
      name: "parquet benchmark",
      share: 0.5,
      run: (random) => readBenchmark(written("bench.parquet", mutateBytes(parquet, random))),
    },
    {
      name: "eval settings",
      share: 1.5,
      run: (random) => {
        written("settings.json", jsonText(mutateJson(settings, random), random));
        return readSettings(join(work, "p.jsonl"));
      },
    },
    {
      name: "score report",
      share: 1.5,
      run: async (random) => {
        const read = await readScoreReport(written("a.json", jsonText(mutateJson(report, random), random)));
        compareScores(read, read, { resamples: 10, seed: 0, level: 0.95 });
      },
    },
    {
      name: "eval run folder",
      share: 0.5,
      run: (random) => {
        rmSync(evalFolder, { recursive: true, force: true });
        cpSync(evalRun, evalFolder, { recursive: true });
        const answers = readFileSync(join(evalRun, "answers.jsonl"));
        if (random.chance(0.5)) {
          writeFileSync(join(evalFolder, "settings.json"), jsonText(mutateJson(settings, random), random));
        } else {
          writeFileSync(join(evalFolder, "answers.jsonl"), mutateBytes(answers, random));
        }
        const questions = answers
          .toString("utf8")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as unknown);
        return openRunFolder(evalFolder, settings, { resume: true, overwrite: false }, questions);
      },
    },
    {
      name: "train run",
      share: 0.5,
      run: async (random) => {
        const file = random.pick(["run.json", "run.json", "metrics.jsonl", "samples.jsonl", "alarms.jsonl"]);
        const good = readFileSync(join(trainRun, file));
        const bad =
          file === "run.json"
            ? jsonText(mutateJson(JSON.parse(good.toString("utf8")), random), random)
            : linesOf(
                good.length === 0
                  ? [{}]
                  : good
                      .toString("utf8")
                      .trim()
                      .split("\n")
                      .map((line) => JSON.parse(line) as unknown),
                random,
              );
        try {
          writeFileSync(join(trainFolder, file), bad);
          const run = await readRun(trainFolder);
          // Charts take a third of a second.
          if (random.chance(0.02)) await renderRuns([run]);
        } finally {
          writeFileSync(join(trainFolder, file), good);
        }
      },
    },
    {
      name: "config",
      share: 2,
      run: (random) => readConfig(written("config.json", jsonText(mutateJson(config, random), random)), CONFIGURED),
    },
  ];
}

/** Readers of the folder that a command is told to write into. */
export async function folderReaders({ repository, work }: Inputs): Promise<Reader[]> {
  interface Opened {
    lock: { release(): void };
  }
  const { openOutputFolder } = await internal<{ openOutputFolder(path: string, options: object): Promise<Opened> }>(
    repository,
    "command/dist/output/outputFolder.js",
  );
  const options = {
    command: "vsi-build",
    identity: { file: "manifest.json", schema: "vsi-dataset/1", noun: "dataset" },
    resume: true,
    overwrite: false,
    settings: "{}",
    firstFiles: ["README.md"],
  };
  const out = join(work, "out");
  const good = {
    "settings.json": { schema: "vsi-work/1", command: "vsi-build", settings: "{}" },
    "publishing.json": {
      schema: "vsi-publishing/1",
      command: "vsi-build",
      settings: "{}",
      files: { "README.md": "0".repeat(64), "data/train.jsonl": "1".repeat(64) },
      replaced: { "old.txt": "2".repeat(64) },
      report: {},
    },
    ".vsi-lock": {
      schema: "vsi-lock/1",
      command: "vsi-build",
      pid: 2 ** 22 + 1,
      started: "1",
      boot: "b",
      namespace: "n",
      host: "h",
      since: "2026",
    },
  };
  return [
    {
      name: "working folder",
      share: 0.5,
      run: async (random) => {
        rmSync(out, { recursive: true, force: true });
        mkdirSync(join(out, ".vsi-build"), { recursive: true });
        const broken = random.pick(Object.keys(good) as (keyof typeof good)[]);
        for (const [name, value] of Object.entries(good)) {
          if (name === broken || (name === "settings.json" && random.chance(0.5))) {
            const text = name === broken ? jsonText(mutateJson(value, random), random) : JSON.stringify(value);
            writeFileSync(join(out, name === ".vsi-lock" ? name : `.vsi-build/${name}`), text);
          }
        }
        const overwrite = random.chance(0.3);
        const opened = await openOutputFolder(out, { ...options, resume: !overwrite, overwrite });
        opened.lock.release();
      },
    },
  ];
}
