import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "@vsi/command";
import { readChecksums, readJsonl } from "@vsi/dataset/node";
import { validateManifest, validateQuestion, validateReject, validateScene } from "@vsi/dataset/validate";
import {
  factsFromMetaInfo,
  parsePlyPositions,
  readAggregation,
  readFaces,
  readScanInfo,
  readSegments,
  type SceneFacts,
} from "@vsi/geometry";
import { openExportedFrames, openSensStream, readLabelMap } from "@vsi/geometry/node";
import { verifyDataset } from "@vsi/inspect";
import { answerQuery, generateQuestions, parseQuestion, type Query } from "@vsi/questions";
import { type RewardRequest, readAnswer, reward } from "@vsi/scoring";
import { compareScores, readBenchmark, readPredictions, readScoreReport } from "vsi-eval";
import { jsonText, mutateBytes, mutateJson, mutateText } from "./mutate.ts";
import type { Random } from "./random.ts";

/** A reader of something that users give, and how it is tried. */
export interface Reader {
  name: string;
  /** Its share of the cases; what works in memory takes many, what needs a folder for each case few. */
  share: number;
  /** Reads one mutated input. Whatever it throws must be a VsiError. */
  run(random: Random): unknown;
}

/** Where good inputs are. */
export interface Inputs {
  repository: string;
  /** A raw ScanNet folder with streams, of two rooms. */
  raw: string;
  /** A dataset of it with frames. */
  dataset: string;
  /** The runs of version 0.1: their forms are those of today. */
  evalRun: string;
  trainRun: string;
  /** A folder of this process's own. */
  work: string;
}

/** Made once; a case only changes copies. */
export async function makeReaders(inputs: Inputs): Promise<Reader[]> {
  return [
    ...rawScanReaders(inputs),
    ...factsReaders(inputs),
    ...datasetReaders(inputs),
    ...answerReaders(),
    ...(await runReaders(inputs)),
    ...(await folderReaders(inputs)),
  ];
}

function rawScanReaders({ raw, dataset, work }: Inputs): Reader[] {
  const [scan = ""] = readdirSync(join(raw, "scans")).sort();
  const read = (suffix: string) => readFileSync(join(raw, "scans", scan, `${scan}${suffix}`));
  const ply = read("_vh_clean_2.ply");
  const asciiPly = Buffer.from(
    "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n",
  );
  const aggregation: unknown = JSON.parse(read(".aggregation.json").toString("utf8"));
  const segments = read("_vh_clean_2.0.010000.segs.json");
  const info = read(".txt");
  const sens = read(".sens").subarray(0, 200_000);
  const labels = readFileSync(join(raw, "scannetv2-labels.combined.tsv"));
  const inFile = (name: string, bytes: Uint8Array | string): string => {
    const path = join(work, name);
    writeFileSync(path, bytes);
    return path;
  };
  return [
    {
      name: "ply",
      share: 6,
      run: async (random) => {
        const bytes = mutateBytes(random.chance(0.3) ? asciiPly : ply.subarray(0, 20_000), random);
        await parsePlyPositions(bytes);
        readFaces(bytes);
      },
    },
    {
      name: "aggregation",
      share: 8,
      run: (random) => readAggregation(Buffer.from(jsonText(mutateJson(aggregation, random), random))),
    },
    { name: "segments", share: 8, run: (random) => readSegments(mutateBytes(segments, random)) },
    { name: "scan info", share: 6, run: (random) => readScanInfo(mutateBytes(info, random)) },
    { name: "label map", share: 1, run: (random) => readLabelMap(inFile("labels.tsv", mutateBytes(labels, random))) },
    {
      name: ".sens",
      share: 2,
      run: async (random) => {
        const stream = await openSensStream(inFile("scan.sens", mutateBytes(sens, random)));
        try {
          for (const { index } of stream.frames.slice(0, 2)) {
            await stream.readColor(index);
            await stream.readDepth(index);
          }
        } finally {
          await stream.close();
        }
      },
    },
    {
      name: "exported frames",
      share: 1,
      run: async (random) => {
        const stream = await openExportedFrames(exportedFrames(join(work, "frames"), dataset, random));
        try {
          for (const { index } of stream.frames.slice(0, 2)) await stream.readColor(index);
        } finally {
          await stream.close();
        }
      },
    },
  ];
}

/** Frames as others export them, one file of them mutated. */
function exportedFrames(folder: string, dataset: string, random: Random): string {
  const [scan = ""] = readdirSync(join(dataset, "frames")).sort();
  const [jpeg = ""] = readdirSync(join(dataset, "frames", scan)).sort();
  const files: Record<string, Uint8Array> = {
    "color/0.jpg": readFileSync(join(dataset, "frames", scan, jpeg)),
    "color/1.jpg": readFileSync(join(dataset, "frames", scan, jpeg)),
    "pose/0.txt": Buffer.from("1 0 0 1\n0 1 0 2\n0 0 1 1.5\n0 0 0 1\n"),
    "pose/1.txt": Buffer.from("-1 0 0 1\n0 -1 0 2\n0 0 1 1.5\n0 0 0 1\n"),
    "intrinsic/intrinsic_color.txt": Buffer.from("577 0 80 0\n0 577 60 0\n0 0 1 0\n0 0 0 1\n"),
    "intrinsic/intrinsic_depth.txt": Buffer.from("577 0 80 0\n0 577 60 0\n0 0 1 0\n0 0 0 1\n"),
  };
  const broken = random.pick(Object.keys(files));
  rmSync(folder, { recursive: true, force: true });
  for (const sub of ["color", "pose", "intrinsic"]) mkdirSync(join(folder, sub), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    if (name !== broken) writeFileSync(join(folder, name), bytes);
    else if (random.chance(0.9)) writeFileSync(join(folder, name), mutateBytes(bytes, random));
  }
  return folder;
}

/** VSI-Bench's form of scene facts, made up. */
const META_INFO = {
  scene0011_00: {
    dataset: "scannet",
    room_size: 20.5,
    room_center: [0.5, 1, 1.2],
    object_counts: { chair: 2, table: 1 },
    object_bbox: {
      chair: [0, 2].map((x) => metaBox(x)),
      table: [metaBox(4)],
    },
  },
};

function metaBox(x: number) {
  const normalizedAxes = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  return {
    centroid: [x, 1, 0.5],
    axesLengths: [1, 0.5, 1],
    normalizedAxes,
    min: [x - 0.5, 0.75, 0],
    max: [x + 0.5, 1.25, 1],
  };
}

function factsReaders({ dataset }: Inputs): Reader[] {
  const scenes = readdirSync(join(dataset, "scenes")).map((name) => {
    const facts = JSON.parse(readFileSync(join(dataset, "scenes", name), "utf8")) as SceneFacts;
    // Eight objects: all kinds of questions, in a hundredth of the time.
    const objects = facts.objects.filter(({ excluded }) => excluded === null).slice(0, 8);
    const ids = new Set(objects.map(({ id }) => id));
    const camera = facts.camera && {
      ...facts.camera,
      frames: facts.camera.frames.map((frame) => ({
        ...frame,
        visible: frame.visible.filter(({ object_id }) => ids.has(object_id)),
      })),
      first_seen: facts.camera.first_seen?.filter(({ object_id }) => ids.has(object_id)) ?? null,
    };
    return { ...facts, objects, camera };
  });
  const queries: Query[] = scenes.flatMap(({ objects }) => {
    const [a = "a", b = "b", c = "c"] = [...new Set(objects.map(({ category }) => category))];
    return [
      { question_type: "object_counting", category: a },
      { question_type: "object_size_estimation", category: b },
      { question_type: "room_size_estimation" },
      { question_type: "object_abs_distance", objects: [a, b] },
      { question_type: "object_rel_distance", category: a, choices: [b, c] },
      { question_type: "object_rel_direction_hard", positioning: a, orienting: b, querying: c },
    ] as Query[];
  });
  return [
    { name: "published facts", share: 10, run: (random) => factsFromMetaInfo(mutateJson(META_INFO, random)) },
    {
      name: "scene facts, questions",
      share: 6,
      run: (random) => {
        const facts = mutateJson(random.pick(scenes), random) as SceneFacts;
        const protocol = random.pick(["vsi-100k", "vsi-bench"] as const);
        const maxPerScene = { route_planning: 1, object_rel_direction_hard: 2, object_rel_distance: 2 };
        generateQuestions(facts, protocol === "vsi-bench" ? { protocol, maxPerScene } : { protocol });
      },
    },
    {
      name: "scene facts, query",
      share: 8,
      run: (random) => {
        const isFacts = random.chance(0.6);
        const facts = random.pick(scenes);
        const query = random.pick(queries);
        const options = random.chance(0.2) ? mutateJson({ labels: "raw", distance: "box" }, random) : {};
        answerQuery(
          (isFacts ? mutateJson(facts, random) : facts) as SceneFacts,
          (isFacts ? query : mutateJson(query, random)) as Query,
          options as object,
        );
      },
    },
    {
      name: "scene schema",
      share: 6,
      run: (random) => validateScene(mutateJson(random.pick(scenes), random), { file: "scene.json" }),
    },
  ];
}

function datasetReaders({ dataset, work }: Inputs): Reader[] {
  const data = join(dataset, "data");
  const questionFile =
    readdirSync(data)
      .map((name) => readFileSync(join(data, name), "utf8"))
      .find((text) => text !== "") ?? "";
  const lines = questionFile
    .split("\n")
    .filter((line) => line !== "")
    .slice(0, 40);
  const questions = lines.map((line) => JSON.parse(line) as { question: string });
  const [reject = "{}"] = readFileSync(join(dataset, "rejects.jsonl"), "utf8").split("\n");
  const rejected: unknown = JSON.parse(reject || "{}");
  const manifest: unknown = JSON.parse(readFileSync(join(dataset, "manifest.json"), "utf8"));
  const checksums = readFileSync(join(dataset, "SHA256SUMS"));
  const copy = join(work, "dataset");
  cpSync(dataset, copy, { recursive: true });
  const checked = readdirSync(dataset, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".jpg"))
    .map((entry) => join(entry.parentPath, entry.name).slice(dataset.length + 1));
  return [
    {
      name: "question text",
      share: 8,
      run: (random) => {
        const { question } = random.pick(questions);
        const text = mutateText(question, random);
        parseQuestion(text, random.chance(0.5) ? { categories: ["table", "chair and the lamp"] } : {});
      },
    },
    {
      name: "question record",
      share: 10,
      run: (random) => validateQuestion(mutateJson(random.pick(questions), random), { file: "q.jsonl" }),
    },
    { name: "reject record", share: 2, run: (random) => validateReject(mutateJson(rejected, random), { file: "r" }) },
    { name: "manifest", share: 6, run: (random) => validateManifest(mutateJson(manifest, random), { file: "m" }) },
    {
      name: "JSONL",
      share: 1,
      run: async (random) => {
        const path = join(work, "questions.jsonl");
        writeFileSync(path, mutateBytes(Buffer.from(lines.slice(0, 8).join("\n")), random));
        for await (const { record } of readJsonl(path)) validateQuestion(record, { file: path });
      },
    },
    {
      name: "checksums",
      share: 1,
      run: (random) => {
        writeFileSync(join(work, "SHA256SUMS"), mutateBytes(checksums, random));
        return readChecksums(work);
      },
    },
    {
      name: "whole dataset",
      share: 0.05,
      run: async (random) => {
        const file = random.pick(checked);
        const good = readFileSync(join(dataset, file));
        const isJson = file.endsWith(".json") && random.chance(0.7);
        const bad = isJson
          ? jsonText(mutateJson(JSON.parse(good.toString("utf8")), random), random)
          : mutateBytes(good, random);
        try {
          writeFileSync(join(copy, file), bad);
          await verifyDataset(copy);
        } finally {
          writeFileSync(join(copy, file), good);
        }
      },
    },
  ];
}

const COMPLETIONS = [
  "<think>The table is near.</think><answer>2.5 meters</answer>",
  "About twenty-one and a half feet, so 6.5 m.",
  "B. front-left",
  "The answer is **C**: chair",
  "first 3/4, no: 1,234.5 cm²",
] as const;

const REQUEST = {
  completion: COMPLETIONS[0],
  ground_truth: "2.4",
  question_type: "object_abs_distance",
  options: null,
  mode: "think",
  accuracy: "mra",
} as const;

const CHOICE = {
  ...REQUEST,
  question_type: "object_rel_direction_easy",
  ground_truth: "A",
  options: ["A. left", "B. right"],
};

function answerReaders(): Reader[] {
  return [
    {
      name: "answer",
      share: 12,
      run: (random) => {
        const isNumber = random.chance(0.5);
        const text = mutateText(random.pick(COMPLETIONS), random);
        const repeated = random.chance(0.02) ? text.repeat(1000) : text;
        readAnswer(
          repeated,
          isNumber
            ? { questionType: "object_abs_distance" }
            : { questionType: CHOICE.question_type, options: CHOICE.options },
        );
      },
    },
    {
      name: "reward",
      share: 6,
      run: (random) => {
        const request = structuredClone(random.pick<object>([REQUEST, CHOICE])) as RewardRequest;
        reward({ ...request, completion: mutateText(random.pick(COMPLETIONS), random) });
      },
    },
  ];
}

/** What a package keeps to itself is loaded from its built files. */
async function internal<Module>(repository: string, path: string): Promise<Module> {
  return (await import(join(repository, "packages", path))) as Module;
}

async function runReaders({ repository, dataset, evalRun, trainRun, work }: Inputs): Promise<Reader[]> {
  const { parseRewardRequest } = await internal<{ parseRewardRequest(line: string): RewardRequest }>(
    repository,
    "scoring/dist/node/rewardWorker.js",
  );
  const { readRun, renderRuns } = await internal<{
    readRun(folder: string): Promise<unknown>;
    renderRuns(runs: unknown[]): Promise<string>;
  }>(repository, "vsi-train/dist/report/report.js");
  const { readSettings } = await internal<{ readSettings(predictions: string): Promise<object | null> }>(
    repository,
    "vsi-eval/dist/settings.js",
  );
  const { openRunFolder } = await internal<{
    openRunFolder(out: string, settings: object, flags: object): Promise<unknown>;
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
        if (random.chance(0.5)) {
          writeFileSync(join(evalFolder, "settings.json"), jsonText(mutateJson(settings, random), random));
        } else {
          const answers = readFileSync(join(evalRun, "answers.jsonl"));
          writeFileSync(join(evalFolder, "answers.jsonl"), mutateBytes(answers, random));
        }
        return openRunFolder(evalFolder, settings, { resume: true, overwrite: false });
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
      run: (random) => readConfig(written("config.json", jsonText(mutateJson(config, random), random))),
    },
  ];
}

async function folderReaders({ repository, work }: Inputs): Promise<Reader[]> {
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
