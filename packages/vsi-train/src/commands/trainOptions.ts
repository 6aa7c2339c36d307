import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { typedName } from "@vsi/command/internal/program";
import { UsageError, type Values } from "@vsi/command/program";
import { isRecord } from "@vsi/dataset/internal";
import { REWARDS, type RewardName, type RewardWeights } from "@vsi/scoring";
import { parseGiven } from "../settings/givenSettings.ts";
import { resolveLaunch, worldSize } from "../settings/launch.ts";
import type { Preset } from "../settings/presets.ts";
import { DEFAULT_PRESETS, methodPreset, PRESETS } from "../settings/presets.ts";
import type { LoraSettings, Method } from "../settings/runSettings.ts";
import {
  checkBatch,
  isHubName,
  type ResumeChoice,
  type RewardPlugin,
  type TrainOptions,
} from "../settings/trainOptions.ts";
import { type DPO, GRPO, type SFT } from "./trainingFlags.ts";

/** What was typed for a run of any method. */
export type AnyTrainFlags = Values<typeof GRPO> | Values<typeof SFT> | Values<typeof DPO>;

/** The worker refuses TRL's use_vllm in the same words (config.py), with what was read. */
const VLLM_REFUSED =
  "--vllm: TRL gives vLLM prompts whose image placeholders are already expanded, and vLLM expands them again: the model that generates would see other pictures than the one that learns (TRL issue 6294). Leave it out until TRL has the fix (pull request 6718; not in 1.16.0) and vsi-train pins that version.";

/** DeepSpeed's configurations that come with the package. */
const DEEPSPEED_FILES = new URL("../../deepspeed/", import.meta.url);

/**
 * A run's options from what was typed, completed by the preset.
 *
 * @throws UsageError naming the flag, what it got and what to give.
 */
export function toTrainOptions(method: Method, typed: AnyTrainFlags, environment = process.env): TrainOptions {
  const flags = {
    rollouts: null,
    beta: null,
    vllm: null,
    reward: GRPO.flags.reward.default,
    rewardWeights: null,
    rewardPlugin: null,
    ...typed,
  };
  const name = flags.preset ?? DEFAULT_PRESETS[method];
  const { settings } = methodPreset(name, method);
  if (method === "dpo" && flags.mode !== "vanilla") {
    throw new UsageError(
      `--mode: got ${flags.mode}, expected vanilla: with reasoning in both answers of a pair, DPO would learn from the text, not from the frames.`,
    );
  }
  if (flags.resume !== null && flags.overwrite) {
    throw new UsageError("--resume continues a run, --overwrite starts over: give only one.");
  }
  if (flags.steps !== null && flags.epochs !== null) {
    throw new UsageError("--steps and --epochs both set how long to train: give only one.");
  }
  if (flags.vllm !== null) throw new UsageError(VLLM_REFUSED);
  const given = parseGiven(flags.set, new Set(Object.keys(typed)));
  const { plugin: pluginWeight, ...parts } = weightsOf(flags.rewardWeights) ?? {};
  const partWeights = Object.keys(parts).length === 0 ? null : parts;
  checkWeights(flags.reward, parts, flags.rewardPlugin !== null);
  const options: TrainOptions = {
    method,
    preset: name,
    model: modelOf(flags, PRESETS[name]),
    revision: flags.revision,
    data: flags.data,
    framesDir: framesDirOf(flags),
    out: flags.out,
    mode: flags.mode,
    reward: flags.reward,
    rewardWeights: partWeights,
    split: flags.split,
    types: flags.types,
    limit: flags.limit,
    heldOut: flags.heldOut,
    frames: flags.frames ?? settings.frames,
    maxPixels: flags.maxPixels ?? settings.maxPixels,
    lora: loraOf(flags, settings.lora),
    adapter: adapterOf(flags.adapter),
    batch: flags.batch ?? settings.batch,
    accumulation: flags.accumulation ?? settings.accumulation,
    learningRate: flags.learningRate ?? settings.learningRate,
    epochs: flags.epochs ?? settings.epochs,
    steps: flags.steps,
    saveEvery: flags.saveEvery,
    seed: flags.seed,
    trainer: {
      ...settings.trainer,
      ...(flags.rollouts === null ? {} : { num_generations: flags.rollouts }),
      ...(flags.beta === null ? {} : { beta: flags.beta }),
      ...given,
    },
    given,
    rewardPlugin: pluginOf(flags.rewardPlugin, pluginWeight),
    deepspeed: deepspeedOf(flags.deepspeed),
    launch: resolveLaunch({ processes: flags.processes, hosts: flags.hosts }, environment, hostname()),
    resume: resumeOf(flags.resume),
    overwrite: flags.overwrite,
  };
  checkZero3(options);
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

const PLUGIN = "plugin";
const PARTS: ReadonlySet<string> = new Set(Object.keys(REWARDS.paper.weights));

/** @throws UsageError for weights that change nothing, or with which nothing is ever paid. */
function checkWeights(reward: RewardName, parts: Partial<RewardWeights>, hasPlugin: boolean): void {
  if (parts.length !== undefined && !REWARDS[reward].hasLength) {
    throw new UsageError(
      `--reward-weights: got length, which --reward ${reward} has no part for. Use --reward paper-length.`,
    );
  }
  const { format, accuracy, length } = { ...REWARDS[reward].weights, ...parts };
  if (format + accuracy + length > 0 || hasPlugin) return;
  throw new UsageError("--reward-weights: got 0 for every part, expected one above 0, or a --reward-plugin.");
}

/** "format=0.5,accuracy=1" as weights by part; "plugin" is --reward-plugin's. */
function weightsOf(given: readonly string[] | null): Partial<RewardWeights & { plugin: number }> | null {
  if (given === null) return null;
  return Object.fromEntries(
    given.map((text) => {
      const [part = "", weight = "", more] = text.split("=").map((side) => side.trim());
      const value = Number(weight);
      if (
        (PARTS.has(part) || part === PLUGIN) &&
        more === undefined &&
        /^[\d.]+$/.test(weight) &&
        Number.isFinite(value)
      )
        return [part, value];
      throw new UsageError(
        `--reward-weights: got ${text}, expected ${[...PARTS, PLUGIN].join(", ")}, each with a number from 0: format=0.5,accuracy=1.`,
      );
    }),
  );
}

/**
 * Where the frames of a JSONL are.
 *
 * @throws UsageError for a file without --frames-dir, and for a folder with it.
 */
export function framesDirOf({ data, framesDir }: { data: string; framesDir: string | null }): string | null {
  const isFile = statSync(data, { throwIfNoEntry: false })?.isFile() === true;
  if (framesDir === null) {
    if (isFile && data.endsWith(".jsonl")) {
      throw new UsageError(`--data: got the file ${data}, whose frames are somewhere else. Add --frames-dir FOLDER.`);
    }
    return null;
  }
  if (!isFile) throw new UsageError(`--frames-dir: goes with a JSONL in --data, got ${data}, which is no file.`);
  if (existsSync(framesDir)) return framesDir;
  throw new UsageError(`--frames-dir: got ${framesDir}, expected an existing folder.`);
}

/** The function that --reward-plugin FILE takes where no name stands behind it. */
const PLUGIN_FUNCTION = "reward";

function pluginOf(value: string | null, weight: number | undefined): RewardPlugin | null {
  if (value === null) {
    if (weight === undefined) return null;
    throw new UsageError("--reward-weights: got plugin without --reward-plugin, expected both or neither.");
  }
  const { file = "", name = PLUGIN_FUNCTION } =
    /^(?<file>.+?\.py)(?::(?<name>[A-Za-z_]\w*))?$/.exec(value)?.groups ?? {};
  if (!existsSync(file)) {
    throw new UsageError(
      `--reward-plugin: got ${value}, expected an existing Python file, such as ./my_reward.py, or ./my_reward.py:my_function.`,
    );
  }
  const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
  return { file: resolve(file), name, sha256, ...(weight === undefined ? {} : { weight }) };
}

function modelOf({ model, preset }: AnyTrainFlags, { model: presetModel }: Preset): string {
  const chosen = model ?? presetModel;
  if (chosen === null) {
    throw new UsageError(
      `--model: the preset ${preset} has none. Make one with vsi-train tiny-model --out ./tiny, then use --model ./tiny.`,
    );
  }
  checkModel(chosen);
  return chosen;
}

/** @throws UsageError for a folder that holds no model, and for what can be neither a folder nor a hub's name. */
export function checkModel(model: string): void {
  if (!existsSync(model)) {
    if (isHubName(model)) return;
    throw new UsageError(
      `--model: got ${model}, expected an existing folder, or a hub name such as Qwen/Qwen2-VL-2B-Instruct.`,
    );
  }
  if (!existsSync(join(model, "config.json"))) {
    throw new UsageError(
      `--model: got ${model}, which has no config.json, expected a model's folder, such as model/ in a run's folder, or a hub name.`,
    );
  }
  if (typeof readObject(join(model, "config.json"))?.model_type !== "string") {
    throw new UsageError(
      `--model: got ${model}, whose config.json names no model_type, expected a model's folder as transformers saves it. Copy or download it again.`,
    );
  }
}

/** Null for what is no JSON object. */
function readObject(path: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isRecord(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function loraOf(flags: AnyTrainFlags, preset: LoraSettings): LoraSettings | null {
  const own = (["loraR", "loraAlpha", "loraDropout", "loraTargets"] as const).find((name) => flags[name] !== null);
  const without = flags.full ? "--full trains every weight" : "--adapter continues an existing adapter";
  if (flags.full && flags.adapter !== null) {
    throw new UsageError("--full trains every weight, --adapter an adapter: give only one.");
  }
  if (flags.full || flags.adapter !== null) {
    if (own !== undefined)
      throw new UsageError(`--${typedName(own)} makes a new adapter, but ${without}: give one of them.`);
    return null;
  }
  const targets = flags.loraTargets;
  return {
    r: flags.loraR ?? preset.r,
    lora_alpha: flags.loraAlpha ?? preset.lora_alpha,
    lora_dropout: flags.loraDropout ?? preset.lora_dropout,
    target_modules: targets === null ? preset.target_modules : targetsOf(targets),
  };
}

function adapterOf(value: string | null): string | null {
  if (value === null) return value;
  const path = join(value, "adapter_config.json");
  if (typeof readObject(path)?.peft_type === "string") return value;
  if (existsSync(path)) {
    throw new UsageError(
      `--adapter: got ${value}, whose adapter_config.json names no peft_type, expected an adapter as peft saves it. Copy or download it again.`,
    );
  }
  throw new UsageError(
    `--adapter: got ${value}, expected the folder of an adapter (with adapter_config.json), such as model/ in an earlier run's folder.`,
  );
}

/** Plain names become a list; all else is an expression, or peft's "all-linear". */
function targetsOf(text: string): string | string[] {
  const names = text.split(",").map((name) => name.trim());
  const given = names.filter((name) => name !== "");
  if (given.length > 0 && given.every((name) => /^\w+$/.test(name))) return given;
  try {
    new RegExp(text);
  } catch (error) {
    // What only Python's expressions have, "(?i)" or "(?P<name>...)", the worker reads.
    if (!/\(\?|[*+?}]\+/.test(text)) {
      throw new UsageError(
        `--lora-targets: got ${text}, expected last names such as q_proj,v_proj, or one regular expression over full names: ${(error as Error).message.replace(/^.*: /, "")}.`,
      );
    }
  }
  return text;
}

function deepspeedOf(value: string | null): string | null {
  if (value === null) return null;
  if (value === "zero2" || value === "zero3") return fileURLToPath(new URL(`${value}.json`, DEEPSPEED_FILES));
  if (existsSync(value)) return resolve(value);
  throw new UsageError(`--deepspeed: got ${value}, expected zero2, zero3, or an existing file.`);
}

/** @throws UsageError for an adapter to continue whose base's weights DeepSpeed would shard. */
function checkZero3({ adapter, deepspeed }: TrainOptions): void {
  if (adapter === null || deepspeed === null) return;
  const zero = readObject(deepspeed)?.zero_optimization;
  if (!isRecord(zero) || zero.stage !== 3) return;
  throw new UsageError(
    "--adapter: with DeepSpeed's stage 3, its weights and the model's end up in different dtypes (TRL issue 6089), and this was not run. Use --deepspeed zero2, or merge the adapter first (vsi-train merge) and train a new one on the result.",
  );
}

function resumeOf(value: string | null): ResumeChoice {
  if (value === null) return null;
  if (value === "" || value === "latest") return "latest";
  if (existsSync(value)) return { checkpoint: value };
  throw new UsageError(`--resume: got ${value}, expected no value, or an existing checkpoint folder.`);
}
