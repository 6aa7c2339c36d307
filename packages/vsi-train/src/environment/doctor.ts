import { access, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatasetError, type Question } from "@vsi/dataset";
import { fileError, readJsonl } from "@vsi/dataset/node";
import { validateManifest, validateQuestion } from "@vsi/dataset/validate";
import { TrainError } from "../errors.ts";
import { isHubName } from "../settings/settings.ts";
import { askWorkerDoctor, findTrainerPython, type WorkerDoctor } from "./python.ts";
import {
  type CacheSystem,
  cacheFolder,
  DEFAULT_SETUP_OPTIONS,
  formatBytes,
  freeSpace,
  installedVersions,
  type Requirement,
  readRequirements,
  thisSystem,
  versionDifferences,
} from "./setup.ts";

/** What the doctor looks at beside the environment; null leaves it out. */
interface DiagnoseOptions {
  /** A dataset folder. */
  data: string | null;
  /** A hub's name or a model's folder. */
  model: string | null;
}

/** Looks at all that training needs. Changes nothing and downloads nothing. */
export async function diagnose({ data, model }: DiagnoseOptions): Promise<Finding[]> {
  return [
    ...(await checkTrainer()),
    await checkDisk(process.cwd()),
    ...(data === null ? [] : await checkDataset(data)),
    ...(model === null ? [] : [await checkModel(model)]),
  ];
}

async function checkTrainer(): Promise<Finding[]> {
  const trainer = await findTrainerPython();
  if ("missing" in trainer) {
    return [{ what: "trainer", state: "missing", found: "no environment", advice: trainer.missing }];
  }
  const findings = await checkPython(trainer.python, await readRequirements(DEFAULT_SETUP_OPTIONS.requirements));
  if (findings.some(({ state }) => state === "missing")) return findings;
  try {
    return [...findings, ...checkDevices(await askWorkerDoctor(trainer.python))];
  } catch (error) {
    if (!(error instanceof TrainError)) throw error;
    return [...findings, { what: "torch", state: "missing", found: error.detail.got, advice: error.detail.advice }];
  }
}

/** The file whose questions are trained on. */
const TRAIN_FILE = "data/train.jsonl";

/**
 * A dataset folder at a glance: its manifest, its training questions, and of each scan the first frame. Training itself
 * looks at every frame.
 */
export async function checkDataset(folder: string): Promise<Finding[]> {
  try {
    return [await checkManifest(folder), ...(await checkQuestions(folder))];
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    return [
      {
        what: "dataset",
        state: "missing",
        found: error.message,
        advice: "build one with vsi-build, or correct --data",
      },
    ];
  }
}

async function checkManifest(folder: string): Promise<Finding> {
  const path = join(folder, "manifest.json");
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileError(error, path, "a dataset's manifest");
  });
  const manifest = parseManifest(text, path);
  validateManifest(manifest, { file: path });
  return { what: "dataset", state: "fine", found: `${manifest.name}, protocol ${manifest.protocol}`, advice: null };
}

function parseManifest(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DatasetError("manifest-syntax", {
      file,
      place: "its text",
      got: (error as Error).message,
      expected: "JSON",
      advice: "Was the file cut or edited? Compare it with SHA256SUMS.",
    });
  }
}

async function checkQuestions(folder: string): Promise<Finding[]> {
  const path = join(folder, TRAIN_FILE);
  let count = 0;
  let withoutFrames = 0;
  const firstFrames = new Map<string, string>();
  for await (const { line, record } of readJsonl(path)) {
    validateQuestion(record, { file: path, place: `line ${line}` });
    count++;
    const frame = (record as Question).frames[0];
    if (frame === undefined) withoutFrames++;
    else firstFrames.set((record as Question).scene_name, frame);
  }
  const questions: Finding = {
    what: "questions",
    state: count > 0 ? "fine" : "missing",
    found: `${count.toLocaleString("en-US")} to train on`,
    advice: count > 0 ? null : `${TRAIN_FILE} is empty: build the dataset with scans of the train split`,
  };
  return [questions, await checkFrames(folder, firstFrames, withoutFrames)];
}

async function checkFrames(
  folder: string,
  firstFrames: ReadonlyMap<string, string>,
  withoutFrames: number,
): Promise<Finding> {
  const advice = "build the dataset with --frames, or copy its frames folder here";
  const missing: string[] = [];
  for (const [scene, frame] of firstFrames) {
    const path = join("frames", scene, frame);
    await access(join(folder, path)).catch(() => missing.push(path));
  }
  if (missing.length > 0) {
    const found = `${missing.length} of ${firstFrames.size} scans lack theirs, such as ${missing[0]}`;
    return { what: "frames", state: "missing", found, advice };
  }
  if (withoutFrames > 0)
    return { what: "frames", state: "missing", found: `${withoutFrames} questions name none`, advice };
  return { what: "frames", state: "fine", found: `of ${firstFrames.size} scans`, advice: null };
}

/** fine: as it should be; note: works without, good to know; missing: training will not work. */
export type FindingState = "fine" | "note" | "missing";

/** One thing the doctor looked at. */
export interface Finding {
  /** What was looked at, such as "GPU". */
  what: string;
  state: FindingState;
  /** What is there. */
  found: string;
  /** What to do or to type; null when nothing. */
  advice: string | null;
}

/** What torch can compute on, the memory, and the packages that only some settings need. */
export function checkDevices({ devices, cores, memory, optional }: WorkerDoctor): Finding[] {
  const gpus = devices.filter(({ kind }) => kind !== "cpu");
  const gpu: Finding =
    gpus.length > 0
      ? { what: "GPU", state: "fine", found: gpus.map(describeDevice).join(", "), advice: null }
      : {
          what: "GPU",
          state: "note",
          found: "none that torch can use",
          advice:
            "enough for --preset tiny; there is one? Its driver and torch's build (vsi-train setup without --cpu) must fit",
        };
  const size = memory === null ? "memory unknown" : formatBytes(memory);
  return [
    gpu,
    { what: "processor", state: "fine", found: `${cores ?? "unknown"} cores, ${size}`, advice: null },
    describeOptional(optional),
  ];
}

function describeOptional(optional: WorkerDoctor["optional"]): Finding {
  const installed = Object.entries(optional).flatMap(([name, version]) =>
    version === null ? [] : `${name} ${version}`,
  );
  const absent = Object.keys(optional).filter((name) => optional[name] === null);
  return {
    what: "packages for some settings only",
    state: "fine",
    found: installed.join(", ") || "none",
    advice: absent.length === 0 ? null : `not installed: ${absent.join(", ")}`,
  };
}

function describeDevice({ name, memory }: WorkerDoctor["devices"][number]): string {
  return memory === null ? name : `${name} (${formatBytes(memory)})`;
}

/**
 * A 2B model in 16 bits is 4.4 GB, and a run keeps some checkpoints of its adapter: with less than this left, the download
 * or a checkpoint may fail in the middle.
 */
const ENOUGH_BYTES = 10e9;

/** The space left where runs are written. */
async function checkDisk(folder: string): Promise<Finding> {
  const free = await freeSpace(folder);
  if (free === null) return { what: "disk", state: "note", found: `unknown (${folder})`, advice: null };
  const found = `${formatBytes(free)} free (${folder})`;
  if (free >= ENOUGH_BYTES) return { what: "disk", state: "fine", found, advice: null };
  return {
    what: "disk",
    state: "note",
    found,
    advice: `a 2B model and its run want about ${formatBytes(ENOUGH_BYTES)}`,
  };
}

/** A model by a local folder or a hub's name: complete, in the hub's cache, or to be downloaded. */
export async function checkModel(model: string, env: NodeJS.ProcessEnv = process.env): Promise<Finding> {
  if (await isFolder(model)) return judgeFolder(model, "copy or download the missing files");
  if (!isHubName(model)) {
    return {
      what: "model",
      state: "missing",
      found: `no folder ${model}`,
      advice: "give an existing folder, or a hub's name such as Qwen/Qwen2-VL-2B-Instruct",
    };
  }
  const snapshots = join(hubModelFolder(hubCache({ ...thisSystem(), env }), model), "snapshots");
  for (const revision of await readdir(snapshots).catch(() => [])) {
    const finding = await judgeFolder(join(snapshots, revision), "the rest is downloaded when training starts");
    if (finding.state === "fine") return finding;
  }
  const isOffline = ["1", "true", "yes", "on"].includes((env.HF_HUB_OFFLINE ?? "").toLowerCase());
  return isOffline
    ? {
        what: "model",
        state: "missing",
        found: `${model} is not complete on this machine, and HF_HUB_OFFLINE forbids to download it`,
        advice: "unset HF_HUB_OFFLINE, or give a local folder",
      }
    : {
        what: "model",
        state: "note",
        found: `${model} is not complete on this machine`,
        advice: "it is downloaded when training starts",
      };
}

async function judgeFolder(folder: string, advice: string): Promise<Finding> {
  const missing = await missingModelFiles(folder);
  if (missing.length === 0) return { what: "model", state: "fine", found: `complete (${folder})`, advice: null };
  return { what: "model", state: "missing", found: `${folder} lacks ${missing.join(", ")}`, advice };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Where huggingface_hub keeps what it downloaded: HF_HUB_CACHE, else HF_HOME/hub, else huggingface/hub in XDG_CACHE_HOME or
 * ~/.cache (its documentation, "Environment variables"; ~/.cache on every system).
 */
export function hubCache(system: CacheSystem = thisSystem()): string {
  const { env } = system;
  if (env.HF_HUB_CACHE) return env.HF_HUB_CACHE;
  if (env.HF_HOME) return join(env.HF_HOME, "hub");
  return join(cacheFolder("huggingface", { ...system, platform: "linux" }), "hub");
}

/** The folder of a model there. @param name such as "Qwen/Qwen2-VL-2B-Instruct". */
export function hubModelFolder(cache: string, name: string): string {
  return join(cache, `models--${name.replaceAll("/", "--")}`);
}

/** What a vision-language model's folder needs; one file of each row is enough. */
const NEEDED: readonly (readonly string[])[] = [
  ["config.json"],
  ["preprocessor_config.json", "processor_config.json"],
  ["tokenizer.json", "vocab.json", "tokenizer.model"],
];

/** The lists of a model's weights that is cut into several files. */
const WEIGHT_LISTS = ["model.safetensors.index.json", "pytorch_model.bin.index.json"];

/**
 * The files that a model's folder lacks, as transformers saves it; none when it is complete.
 * An adapter's folder is no model: it lacks the weights.
 * @throws the file system's error when the folder cannot be read.
 */
async function missingModelFiles(folder: string): Promise<string[]> {
  const files = new Set(await readdir(folder));
  const missing = NEEDED.filter((names) => !names.some((name) => files.has(name))).map((names) => names.join(" or "));
  const list = WEIGHT_LISTS.find((name) => files.has(name));
  if (list !== undefined) {
    const parts = await weightFiles(join(folder, list));
    if (parts === null) missing.push(`a readable ${list}`);
    else missing.push(...parts.filter((part) => !files.has(part)));
  } else if (!["model.safetensors", "pytorch_model.bin"].some((name) => files.has(name))) {
    missing.push("model.safetensors");
  }
  return missing;
}

async function weightFiles(list: string): Promise<string[] | null> {
  try {
    const { weight_map } = JSON.parse(await readFile(list, "utf8")) as { weight_map: Record<string, string> };
    return [...new Set(Object.values(weight_map))].sort();
  } catch {
    return null;
  }
}

/** The trainer's Python and the packages in it, held against the pinned versions. */
async function checkPython(python: string, requirements: readonly Requirement[]): Promise<Finding[]> {
  try {
    const installed = await installedVersions(python);
    const differences = new Map(versionDifferences(requirements, installed).map((found) => [found.name, found.found]));
    return [
      { what: "Python", state: "fine", found: `${installed.python} (${python})`, advice: null },
      ...requirements.map(({ name, version }) => judge(name, version, differences)),
    ];
  } catch (error) {
    if (!(error instanceof TrainError)) throw error;
    return [{ what: "Python", state: "missing", found: error.detail.got, advice: error.detail.advice }];
  }
}

function judge(name: string, version: string, differences: ReadonlyMap<string, string | null>): Finding {
  const found = differences.get(name);
  if (found === undefined) return { what: name, state: "fine", found: version, advice: null };
  if (found === null) return { what: name, state: "missing", found: "not installed", advice: "vsi-train setup" };
  const advice = `tested with ${version}; vsi-train setup makes an environment with it`;
  return { what: name, state: "note", found, advice };
}
