import { createLog, formatDuration, listenForSignals } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { formatBytes, freeSpace } from "../environment/disk.ts";
import type { FoundPython } from "../environment/findPython.ts";
import {
  DEFAULT_SETUP_OPTIONS,
  EXPECTED_BYTES,
  planSetup,
  type SetupOptions,
  type SetupPlan,
  setupEnvironment,
} from "../environment/setup.ts";
import { captureOutput } from "../process/programOutput.ts";
import type { SETUP } from "./flags.ts";

/**
 * Makes the trainer's environment, or says what would be done.
 * @returns the exit code
 * @throws TrainError as in planSetup and setupEnvironment; the Interruption when a signal stopped it.
 */
export async function run(flags: Values<typeof SETUP>): Promise<number> {
  const options: SetupOptions = {
    ...DEFAULT_SETUP_OPTIONS,
    device: flags.cpu ? "cpu" : "gpu",
    installer: flags.uv ? "uv" : "pip",
    python: flags.python,
  };
  const log = createLog(flags.quiet ? "error" : flags.logLevel, (line) => process.stderr.write(`${line}\n`));
  const plan = await planSetup(options);
  if (plan.unused !== null) log("warn", describeUnused(plan, plan.unused));
  if (flags.dryRun) {
    process.stdout.write(printable(`${flags.json ? JSON.stringify(plan, null, 2) : describePlan(plan, options)}\n`));
    return 0;
  }
  if (plan.steps.length > 0) log("info", describePlan(plan, options));
  const free = await freeSpace(options.cache);
  if (plan.finished === null && free !== null && free < EXPECTED_BYTES[options.device]) {
    log("warn", `${formatBytes(free)} free on its disk may not be enough.`);
  }
  const interruption = listenForSignals();
  try {
    const marker = await setupEnvironment(plan, log, interruption.signal);
    if (options.device === "gpu") await warnOfCpuBuild(plan.python, log);
    if (flags.json) process.stdout.write(printable(`${JSON.stringify({ python: plan.python, ...marker }, null, 2)}\n`));
    else if (!flags.quiet) {
      process.stdout.write(
        `${describeDone(plan, marker.seconds)}: ${plan.python} (Python ${marker.versions.python}, ${formatBytes(marker.bytes)}).\n`,
      );
    }
    return 0;
  } finally {
    interruption.stopListening();
  }
}

function describeUnused({ folder, finished }: SetupPlan, { command, version }: FoundPython): string {
  return `--python ${command} is Python ${version} and stays unused: ${folder} is there, with Python ${finished?.versions.python}. To make it anew, remove that folder first.`;
}

function describeDone({ finished, steps }: SetupPlan, seconds: number): string {
  if (finished === null) return `Made in ${formatDuration(seconds)}`;
  return steps.length === 0 ? "Already up to date" : "Worker replaced";
}

function describePlan({ folder, finished, steps, requirements }: SetupPlan, { device }: SetupOptions): string {
  if (finished !== null && steps.length === 0) {
    return `Nothing to do: ${folder} is finished (${formatBytes(finished.bytes)}).`;
  }
  if (finished !== null) {
    return [
      `${folder} is finished, but its worker is from another vsi-train:`,
      ...steps.map(({ command }) => `  ${command.join(" ")}`),
    ].join("\n");
  }
  return [
    `The trainer's environment goes to ${folder}, about ${formatBytes(EXPECTED_BYTES[device])}:`,
    `  ${requirements.map(({ name, version }) => `${name} ${version}`).join(", ")}`,
    ...steps.map(({ command }) => `  ${command.join(" ")}`),
  ].join("\n");
}

const BACKEND_QUESTION =
  "import torch; print('cuda' if torch.version.cuda else 'rocm' if torch.version.hip else 'mps' if torch.backends.mps.is_built() else 'cpu')";

async function warnOfCpuBuild(python: string, log: ReturnType<typeof createLog>): Promise<void> {
  if ((await torchBackend(python)) === "cpu") {
    log(
      "warn",
      "torch was installed as a CPU-only build. For a GPU, point your installer at the wheels for your driver (pytorch.org, Get started), remove the folder and run vsi-train setup again; without a GPU, use vsi-train setup --cpu.",
    );
  }
}

/** What torch was built for: "cuda", "rocm", "mps" or "cpu"; null when torch can't be imported. No GPU is needed. */
async function torchBackend(python: string): Promise<string | null> {
  const { exitCode, stdout } = await captureOutput([python, "-c", BACKEND_QUESTION]);
  return exitCode === 0 ? stdout.trim() : null;
}
