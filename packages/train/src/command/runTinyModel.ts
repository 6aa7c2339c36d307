import { checkFlagValues, UsageError } from "@vsi/command";
import { pythonEnvironment } from "../environment/pythonFolder.ts";
import { findTrainerPython } from "../environment/trainerPython.ts";
import { captureOutput } from "../process/captureOutput.ts";
import { TrainError } from "../trainError.ts";
import type { TinyModelFlags } from "./tinyModelFlags.ts";

/**
 * Makes the tiny model by the trainer's Python and says what to type next.
 *
 * @returns the exit code
 * @throws UsageError without a trainer, TrainError "tiny-model-failed" with what Python said.
 */
export async function runTinyModel(flags: TinyModelFlags): Promise<number> {
  checkFlagValues(flags);
  const found = await findTrainerPython();
  if ("missing" in found) throw new UsageError(found.missing);
  const command = [found.python, "-m", "vsi_trainer.tiny_model", flags.out, "--seed", String(flags.seed)];
  const { exitCode, stderr, failure } = await captureOutput(command, { env: pythonEnvironment() });
  if (exitCode !== 0) {
    throw new TrainError("tiny-model-failed", {
      file: flags.out,
      place: "-m vsi_trainer.tiny_model",
      got: failure ?? stderr.trim().split("\n").at(-1) ?? "an error",
      expected: "the folder of a model",
      advice: "vsi-train doctor says what is missing.",
    });
  }
  const next = `Next: vsi-train grpo --preset tiny --model ${flags.out} --data ./vsi-100k --out runs/tiny`;
  if (flags.json) process.stdout.write(`${JSON.stringify({ model: flags.out, seed: flags.seed })}\n`);
  else if (!flags.quiet) process.stdout.write(`A tiny random Qwen2-VL is in ${flags.out}.\n${next}\n`);
  return 0;
}
