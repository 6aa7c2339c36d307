import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { shellWord, UsageError } from "@vsi/command";
import { checkOutsideDatasets, LOCK_FILE } from "@vsi/command/internal";
import type { Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { findTrainerPython, pythonEnvironment } from "../environment/trainerPython.ts";
import { TrainError } from "../errors.ts";
import { lockOutput } from "../process/lockOutput.ts";
import { captureOutput, lastWords } from "../process/programOutput.ts";
import type { TINY_MODEL } from "./flags.ts";

/**
 * Makes the tiny model by the trainer's Python and says what to type next.
 *
 * @returns the exit code
 * @throws UsageError without a trainer, TrainError "tiny-model-failed" with what Python said, DatasetError
 * "write-no-space" for a full disk.
 */
export async function run(flags: Values<typeof TINY_MODEL>): Promise<number> {
  await checkOutsideDatasets("--out", flags.out, "folder");
  await checkModelFolder(flags.out);
  const found = await findTrainerPython();
  if ("missing" in found) throw new UsageError(found.missing);
  const lock = lockOutput(flags.out, "vsi-train tiny-model");
  try {
    await makeModel(found.python, flags);
  } finally {
    lock.release();
  }
  const next = `Next: vsi-train grpo --preset tiny --model ${shellWord(flags.out)} --data ./vsi-100k --out runs/tiny`;
  if (flags.json) process.stdout.write(printable(`${JSON.stringify({ model: flags.out, seed: flags.seed })}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`A tiny random Qwen2-VL is in ${flags.out}.\n${next}\n`));
  return 0;
}

/** As in tiny_model.py; no real model is this small. */
const TINY_HIDDEN_SIZE = 128;

/** @throws UsageError for a folder that holds something else than a tiny model, which would be written over. */
async function checkModelFolder(out: string): Promise<void> {
  const names = (await readdir(out).catch(() => [])).filter((name) => !name.startsWith(LOCK_FILE));
  if (names.length === 0) return;
  const config = await readFile(join(out, "config.json"), "utf8")
    .then(JSON.parse)
    .catch(() => null);
  const size: unknown = config?.text_config?.hidden_size ?? config?.hidden_size;
  if (config?.model_type === "qwen2_vl" && size === TINY_HIDDEN_SIZE) return;
  throw new UsageError(
    `--out ${out}: holds other files (${names
      .slice(0, 3)
      .map((name) => JSON.stringify(name))
      .join(", ")}), expected a new or empty folder, or a tiny model. Choose another folder; nothing was touched.`,
  );
}

/** What the C library calls a full disk. */
const NO_SPACE = "No space left on device";

async function makeModel(python: string, flags: Values<typeof TINY_MODEL>): Promise<void> {
  const command = [python, "-m", "vsi_trainer.tiny_model", flags.out, "--seed", String(flags.seed)];
  const output = await captureOutput(command, { env: pythonEnvironment() });
  if (output.exitCode !== 0) {
    // Python's libraries say it in words of their own, and the system's.
    if (output.stderr.includes(NO_SPACE)) throw fileError({ code: "ENOSPC" }, flags.out, "a folder to write to");
    throw new TrainError("tiny-model-failed", {
      file: python,
      place: "-m vsi_trainer.tiny_model",
      got: lastWords(output),
      expected: "the folder of a model",
      advice: "vsi-train doctor says what is missing.",
    });
  }
}
