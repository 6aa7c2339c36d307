import { commonFlags, splitAtCommas, UsageError, wholeNumber } from "@vsi/command";
import type { Argv } from "yargs";
import { ALARM_ACTIONS, type AlarmAction } from "../run/monitor.ts";
import { PRESET_NAMES, PRESETS } from "../settings/presets.ts";
import type { Method } from "../settings/runSettings.ts";
import { DEFAULT_TRAIN_OPTIONS } from "../settings/trainOptions.ts";
import { dataFlags } from "./dataFlags.ts";

/** The flags of GRPO. */
export function grpoFlags(commandLine: Argv) {
  return trainFlags(commandLine, "grpo")
    .option("reward", {
      choices: ["paper", "mra"] as const,
      default: DEFAULT_TRAIN_OPTIONS.reward as "paper" | "mra",
      describe: "How numbers are paid: by relative error, or by VSI-Bench's mean relative accuracy",
    })
    .option("rollouts", {
      type: "number",
      coerce: wholeNumber("--rollouts", 2),
      requiresArg: true,
      describe: "Completions a question",
    })
    .option("beta", { type: "number", coerce: numberFrom("--beta", 0), requiresArg: true, describe: "Weight of KL" })
    .option("vllm", {
      type: "string",
      requiresArg: true,
      describe: "Generate by vLLM: colocate, server, or a server's http address (configuration checked, not run)",
    })
    .example("$0 grpo --data ./vsi-100k --out runs/first --dry-run", "what the paper's settings come to")
    .example("$0 grpo --data ./vsi-100k --out runs/8gpus --processes 8 --vllm colocate", "eight GPUs of one host");
}

/** The flags of SFT. */
export function sftFlags(commandLine: Argv) {
  return trainFlags(commandLine, "sft").example(
    "$0 sft --data ./vsi-100k --out runs/sft",
    "the paper's first baseline",
  );
}

/** The flags of DPO. */
export function dpoFlags(commandLine: Argv) {
  return trainFlags(commandLine, "dpo")
    .option("beta", {
      type: "number",
      coerce: numberFrom("--beta", 0, "above"),
      requiresArg: true,
      describe: "How closely the reference is kept to",
    })
    .example("$0 dpo --data ./vsi-100k --out runs/dpo", "the paper's second baseline");
}

/** The flags of any method; those that a method does not have are absent. */
export type AnyTrainFlags = TrainFlags &
  Partial<Pick<Awaited<ReturnType<typeof grpoFlags>["argv"]>, "reward" | "rollouts" | "beta" | "vllm">>;

/** The flags that all three methods share. */
function trainFlags(commandLine: Argv, method: Method) {
  const presets = PRESET_NAMES.filter((name) => PRESETS[name].methods[method] !== undefined);
  return launchFlags(weightFlags(dataFlags(commonFlags(commandLine))))
    .option("out", { type: "string", demandOption: true, requiresArg: true, describe: "Folder of the run" })
    .option("preset", {
      choices: presets,
      requiresArg: true,
      describe: `Settings that go together: ${presets.map((name) => `${name} (${PRESETS[name].about})`).join("; ")}`,
    })
    .option("held-out", {
      type: "number",
      default: DEFAULT_TRAIN_OPTIONS.heldOut as number,
      coerce: wholeNumber("--held-out", 0),
      requiresArg: true,
      describe: "Evaluate on at most so many questions of data/validation.jsonl at each checkpoint; 0 for none",
    })
    .option("steps", {
      type: "number",
      coerce: wholeNumber("--steps", 1),
      requiresArg: true,
      describe: "Updates to make, in place of --epochs",
    })
    .option("epochs", {
      type: "number",
      coerce: numberFrom("--epochs", 0, "above"),
      requiresArg: true,
      describe: "Times each question is taken",
    })
    .option("batch", {
      type: "number",
      coerce: wholeNumber("--batch", 1),
      requiresArg: true,
      describe: "Rows a step on each process; for GRPO completions, which must make whole groups of --rollouts",
    })
    .option("accumulation", {
      type: "number",
      coerce: wholeNumber("--accumulation", 1),
      requiresArg: true,
      describe: "Steps whose gradients are added up before one update",
    })
    .option("learning-rate", {
      type: "number",
      coerce: numberFrom("--learning-rate", 0, "above"),
      requiresArg: true,
      describe: "Size of an update",
    })
    .option("save-every", {
      type: "number",
      default: DEFAULT_TRAIN_OPTIONS.saveEvery as number,
      coerce: wholeNumber("--save-every", 1),
      requiresArg: true,
      describe: "Updates between checkpoints",
    })
    .option("resume", {
      type: "string",
      describe: "Go on at the newest checkpoint in --out, or at the checkpoint given",
    })
    .option("on-alarm", {
      choices: ALARM_ACTIONS,
      default: "warn" as AlarmAction,
      describe: "What happens when a run goes wrong (no variance, exploding KL, NaN ...)",
    })
    .option("dry-run", {
      type: "boolean",
      default: false,
      describe: "Only say what would run: settings, first prompts, memory, command",
    });
}

type TrainFlags = Awaited<ReturnType<typeof trainFlags>["argv"]>;

function weightFlags<T>(commandLine: Argv<T>) {
  return commandLine
    .option("model", { type: "string", requiresArg: true, describe: "Hub name or folder of the base model" })
    .option("revision", { type: "string", requiresArg: true, describe: "The model's commit, tag or branch on the hub" })
    .option("full", { type: "boolean", default: false, describe: "Train every weight in place of an adapter" })
    .option("lora-r", {
      type: "number",
      coerce: wholeNumber("--lora-r", 1),
      requiresArg: true,
      describe: "The adapter's rank",
    })
    .option("lora-alpha", {
      type: "number",
      coerce: wholeNumber("--lora-alpha", 1),
      requiresArg: true,
      describe: "The adapter counts by alpha / rank",
    })
    .option("lora-dropout", {
      type: "number",
      coerce: numberFrom("--lora-dropout", 0),
      requiresArg: true,
      describe: "Share of the adapter's inputs left out while training",
    })
    .option("lora-targets", {
      type: "string",
      requiresArg: true,
      describe: "Layers' last names with commas between, or one regular expression over full names",
    })
    .option("adapter", { type: "string", requiresArg: true, describe: "Go on training this adapter, such as SFT's" });
}

function launchFlags<T>(commandLine: Argv<T>) {
  return commandLine
    .option("processes", {
      type: "number",
      default: DEFAULT_TRAIN_OPTIONS.processes,
      coerce: wholeNumber("--processes", 1),
      requiresArg: true,
      describe: "Training processes on this host, usually its GPUs",
    })
    .option("hosts", {
      type: "string",
      array: true,
      coerce: splitAtCommas,
      requiresArg: true,
      defaultDescription: "what the scheduler says (SLURM_*, or NNODES, NODE_RANK, MASTER_ADDR)",
      describe: "All hosts' names, the same on each; run the same command on every one",
    })
    .option("deepspeed", {
      type: "string",
      requiresArg: true,
      describe: "zero2, zero3, or a DeepSpeed configuration file (configuration checked, not run)",
    });
}

/**
 * A check for a flag that takes a finite number.
 *
 * @param least the smallest that is accepted; `above` refuses the bound itself.
 * @throws UsageError from the check, naming the flag; also when the flag was given twice.
 */
export function numberFrom(flag: string, least: number, bound: "from" | "above" = "from") {
  return (value: number): number => {
    if (Number.isFinite(value) && (bound === "from" ? value >= least : value > least)) return value;
    const expected = bound === "from" ? `at least ${least}` : `above ${least}`;
    throw new UsageError(`${flag}: got ${value}, expected one number ${expected}.`);
  };
}
