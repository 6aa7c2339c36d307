import { countOf } from "@vsi/dataset/internal";
import { formatBytes, freeSpace } from "../environment/disk.ts";
import {
  installedVersions,
  pythonAdvice,
  type Requirement,
  readRequirements,
  versionDifferences,
} from "../environment/requirements.ts";
import { DEFAULT_SETUP_OPTIONS } from "../environment/setup.ts";
import { findTrainerPython, pythonEnvironment } from "../environment/trainerPython.ts";
import { TrainError } from "../errors.ts";
import { captureOutput, lastWords } from "../process/programOutput.ts";
import type { Finding } from "./finding.ts";

export async function checkTrainer(): Promise<Finding[]> {
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

/** The trainer's Python, and its packages compared with the pinned versions. */
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

/** What `python -m vsi_trainer.doctor` prints. */
export interface WorkerDoctor {
  /** Version by name of Python and what the worker imports; null for a package that is missing. */
  versions: Record<string, string | null>;
  /** The same for what only some settings need (vllm, deepspeed ...). */
  optional: Record<string, string | null>;
  /** Memory in bytes; null where it is the machine's own. */
  devices: { kind: string; name: string; memory: number | null }[];
  cores: number | null;
  /** Main memory in bytes. */
  memory: number | null;
}

/** Asks the worker's own doctor, which imports torch. @throws TrainError "doctor-failed" with its last line. */
export async function askWorkerDoctor(python: string): Promise<WorkerDoctor> {
  const output = await captureOutput([python, "-m", "vsi_trainer.doctor"], { env: pythonEnvironment() });
  try {
    if (output.exitCode === 0) return JSON.parse(output.stdout) as WorkerDoctor;
  } catch {
    // Falls through: the output is not a report.
  }
  throw new TrainError("doctor-failed", {
    file: python,
    place: "-m vsi_trainer.doctor",
    got: lastWords(output),
    expected: "its report",
    advice: pythonAdvice(python),
  });
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
          advice: "fine for --preset tiny; if there is a GPU, check its driver, and that setup ran without --cpu",
        };
  const size = memory === null ? "memory unknown" : formatBytes(memory);
  return [
    gpu,
    {
      what: "CPU",
      state: "fine",
      found: `${cores === null ? "unknown cores" : countOf(cores, "core")}, ${size}`,
      advice: null,
    },
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
 * A 2B model in 16 bits is 4.4 GB, and a run keeps some checkpoints of its adapter: with less than this, the download
 * or a checkpoint may fail halfway.
 */
const ENOUGH_BYTES = 10e9;

/** The space left where runs are written. */
export async function checkDisk(folder: string): Promise<Finding> {
  const free = await freeSpace(folder);
  if (free === null) return { what: "disk", state: "note", found: `unknown (${folder})`, advice: null };
  const found = `${formatBytes(free)} free (${folder})`;
  if (free >= ENOUGH_BYTES) return { what: "disk", state: "fine", found, advice: null };
  return {
    what: "disk",
    state: "note",
    found,
    advice: `a 2B model and its run need about ${formatBytes(ENOUGH_BYTES)}`,
  };
}
