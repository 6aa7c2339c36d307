import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkFlagValues, UsageError } from "@vsi/command";
import { resolveLaunch, worldSize } from "../settings/launch.ts";
import type { Preset } from "../settings/presets.ts";
import { DEFAULT_PRESETS, methodPreset, PRESETS } from "../settings/presets.ts";
import type { LoraSettings, Method } from "../settings/runSettings.ts";
import {
  checkBatch,
  DEFAULT_TRAIN_OPTIONS,
  isHubName,
  type ResumeChoice,
  type TrainOptions,
  type VllmChoice,
} from "../settings/trainOptions.ts";
import type { AnyTrainFlags } from "./trainFlags.ts";

/** Flags that take several values. */
const LIST_FLAGS = ["types", "hosts"];

/** DeepSpeed's configurations that come with the package. */
const DEEPSPEED_FILES = new URL("../../deepspeed/", import.meta.url);

/**
 * From the flags as yargs read them, completed by the preset.
 *
 * @throws UsageError naming the flag, what it got and what to give.
 */
export function toTrainOptions(method: Method, flags: AnyTrainFlags, environment = process.env): TrainOptions {
  // "--resume" alone means the newest checkpoint.
  checkFlagValues({ ...flags, resume: undefined }, LIST_FLAGS);
  const name = flags.preset ?? DEFAULT_PRESETS[method];
  const { settings } = methodPreset(name, method);
  if (method === "dpo" && flags.mode !== "vanilla") {
    throw new UsageError(
      `--mode: got ${flags.mode}, expected vanilla: with reasoning in both answers of a pair, DPO would learn from the text which answer follows, not from the frames.`,
    );
  }
  if (flags.resume !== undefined && flags.overwrite) {
    throw new UsageError("--resume goes on with a run, --overwrite starts it again: give one of them.");
  }
  if (flags.steps !== undefined && flags.epochs !== undefined) {
    throw new UsageError("--steps and --epochs both say how long to train: give one of them.");
  }
  const options: TrainOptions = {
    method,
    preset: name,
    model: modelOf(flags, PRESETS[name]),
    revision: flags.revision ?? null,
    data: flags.data,
    out: flags.out,
    mode: flags.mode,
    reward: flags.reward ?? DEFAULT_TRAIN_OPTIONS.reward,
    split: flags.split,
    types: flags.types ?? null,
    limit: flags.limit ?? null,
    heldOut: flags["held-out"],
    frames: flags.frames ?? settings.frames,
    maxPixels: flags["max-pixels"] ?? settings.maxPixels,
    lora: loraOf(flags, settings.lora),
    adapter: adapterOf(flags.adapter),
    batch: flags.batch ?? settings.batch,
    accumulation: flags.accumulation ?? settings.accumulation,
    learningRate: flags["learning-rate"] ?? settings.learningRate,
    epochs: flags.epochs ?? settings.epochs,
    steps: flags.steps ?? null,
    saveEvery: flags["save-every"],
    seed: flags.seed,
    trainer: {
      ...settings.trainer,
      ...(flags.rollouts === undefined ? {} : { num_generations: flags.rollouts }),
      ...(flags.beta === undefined ? {} : { beta: flags.beta }),
    },
    vllm: vllmOf(flags.vllm),
    deepspeed: deepspeedOf(flags.deepspeed),
    launch: resolveLaunch({ processes: flags.processes, hosts: flags.hosts ?? null }, environment, hostname()),
    resume: resumeOf(flags.resume),
    overwrite: flags.overwrite,
  };
  if (method === "grpo") {
    const rollouts = Number(options.trainer.num_generations);
    checkBatch({
      batch: options.batch,
      accumulation: options.accumulation,
      processes: worldSize(options.launch),
      rollouts,
    });
  }
  return options;
}

function modelOf({ model, preset }: AnyTrainFlags, { model: presetModel }: Preset): string {
  const chosen = model ?? presetModel;
  if (chosen !== null && !existsSync(chosen) && !isHubName(chosen)) {
    throw new UsageError(
      `--model: got ${chosen}, expected a folder that is there, or a hub's name such as Qwen/Qwen2-VL-2B-Instruct.`,
    );
  }
  if (chosen !== null) return chosen;
  throw new UsageError(
    `--model: the preset ${preset} names none. Make one by vsi-train tiny-model --out ./tiny and give --model ./tiny.`,
  );
}

function loraOf(flags: AnyTrainFlags, preset: LoraSettings): LoraSettings | null {
  const own = (["lora-r", "lora-alpha", "lora-dropout", "lora-targets"] as const).find(
    (name) => flags[name] !== undefined,
  );
  const without = flags.full ? "--full trains every weight" : "--adapter goes on with an adapter as it is";
  if (flags.full && flags.adapter !== undefined) {
    throw new UsageError("--full trains every weight, --adapter an adapter: give one of them.");
  }
  if (flags.full || flags.adapter !== undefined) {
    if (own !== undefined) throw new UsageError(`--${own} makes a new adapter, but ${without}: give one of them.`);
    return null;
  }
  const targets = flags["lora-targets"];
  return {
    r: flags["lora-r"] ?? preset.r,
    lora_alpha: flags["lora-alpha"] ?? preset.lora_alpha,
    lora_dropout: flags["lora-dropout"] ?? preset.lora_dropout,
    target_modules: targets === undefined ? preset.target_modules : targetsOf(targets),
  };
}

function adapterOf(value: string | undefined): string | null {
  if (value === undefined || existsSync(join(value, "adapter_config.json"))) return value ?? null;
  throw new UsageError(
    `--adapter: got ${value}, expected the folder of an adapter (with adapter_config.json), such as model/ in an earlier run's folder.`,
  );
}

/** Plain names become a list; all else is an expression, or peft's "all-linear". */
function targetsOf(text: string): string | string[] {
  const names = text.split(",").map((name) => name.trim());
  return names.every((name) => /^\w+$/.test(name)) ? names : text;
}

function vllmOf(value: string | undefined): VllmChoice | null {
  if (value === undefined) return null;
  if (value === "colocate") return { mode: "colocate" };
  if (value === "server") return { mode: "server", url: null };
  if (/^https?:\/\/\S+$/.test(value)) return { mode: "server", url: value };
  throw new UsageError(
    `--vllm: got ${value}, expected colocate, server, or a server's address such as http://gpu09:8000.`,
  );
}

function deepspeedOf(value: string | undefined): string | null {
  if (value === undefined) return null;
  if (value === "zero2" || value === "zero3") return fileURLToPath(new URL(`${value}.json`, DEEPSPEED_FILES));
  if (existsSync(value)) return resolve(value);
  throw new UsageError(`--deepspeed: got ${value}, expected zero2, zero3, or a file that is there.`);
}

function resumeOf(value: string | undefined): ResumeChoice {
  if (value === undefined) return null;
  if (value === "" || value === "latest") return "latest";
  if (existsSync(value)) return { checkpoint: value };
  throw new UsageError(`--resume: got ${value}, expected no value, or a checkpoint's folder that is there.`);
}
