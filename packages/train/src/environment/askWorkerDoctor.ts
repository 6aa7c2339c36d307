import { captureOutput } from "../process/captureOutput.ts";
import { TrainError } from "../trainError.ts";
import { pythonEnvironment } from "./pythonFolder.ts";

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
  const { exitCode, stdout, stderr, failure } = await captureOutput([python, "-m", "vsi_trainer.doctor"], {
    env: pythonEnvironment(),
  });
  try {
    if (exitCode === 0) return JSON.parse(stdout) as WorkerDoctor;
  } catch {
    // Falls through: what it printed instead is no report.
  }
  throw new TrainError("doctor-failed", {
    file: python,
    place: "-m vsi_trainer.doctor",
    got: failure ?? stderr.trim().split("\n").at(-1) ?? `exit code ${exitCode}`,
    expected: "its report",
    advice: "Make the environment again: vsi-train setup.",
  });
}
