import { typedName } from "@vsi/command/internal/program";
import { UsageError } from "@vsi/command/program";
import { isRecord } from "@vsi/dataset/internal";

/** Settings of TRL by its own names, as --set gives them. */
export type GivenSettings = Readonly<Record<string, unknown>>;

/** TRL's settings that a flag of ours decides, by the flag's name in code. */
const FLAGS: Readonly<Record<string, string>> = {
  output_dir: "out",
  per_device_train_batch_size: "batch",
  per_device_eval_batch_size: "batch",
  gradient_accumulation_steps: "accumulation",
  learning_rate: "learningRate",
  num_train_epochs: "epochs",
  max_steps: "steps",
  seed: "seed",
  save_strategy: "saveEvery",
  save_steps: "saveEvery",
  eval_steps: "saveEvery",
  eval_strategy: "heldOut",
  resume_from_checkpoint: "resume",
  deepspeed: "deepspeed",
  num_generations: "rollouts",
  beta: "beta",
  reward_weights: "rewardWeights",
  use_vllm: "vllm",
  vllm_mode: "vllm",
  vllm_server_base_url: "vllm",
};

/** TRL's settings that nobody decides by a flag, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  hub_token:
    "tokens would be written into the run's record. Set HF_TOKEN, or log in with hf auth login; nothing of it is recorded",
  remove_unused_columns: "the images and the truth are columns that TRL would remove",
  disable_tqdm: "progress is shown by vsi-train",
  logging_nan_inf_filter: "a loss that is not finite must be seen",
  log_multimodal: "trackers get numbers and no frames: scans are under terms of use",
  do_train: "vsi-train trains",
  fsdp: "FSDP was not tried with these models. Several GPUs share a model by --deepspeed",
  fsdp_config: "FSDP was not tried with these models. Several GPUs share a model by --deepspeed",
};

const SECRET_REFUSED =
  "tokens would be written into the run's record. Set HF_TOKEN or WANDB_API_KEY, or log in; nothing of them is recorded";
/** "eos_token" and "average_tokens_across_devices" are no secrets. */
const SECRET_NAME = /(?:^|_)(?:auth|access|hub|hf)_token$|^token$|api_?key|password|secret/i;
/** As Hugging Face writes them. */
const SECRET_VALUE = /\bhf_[A-Za-z0-9]{20,}/;

/** Whether a setting, or anything inside it, is a token. */
function holdsSecret(name: string, value: unknown): boolean {
  if (SECRET_NAME.test(name) && value !== null && typeof value !== "boolean") return true;
  if (typeof value === "string") return SECRET_VALUE.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([inner, one]) => holdsSecret(inner, one));
}

/**
 * The words of --set as settings: name=value, where the value is JSON, and a plain text where it is none.
 *
 * @param flags the names in code of the method's own flags.
 * @throws UsageError for a word without a name, a name given twice, and a setting that a flag of ours decides.
 */
export function parseGiven(words: readonly string[] | null, flags: ReadonlySet<string>): GivenSettings {
  const given: Record<string, unknown> = {};
  for (const word of words ?? []) {
    const { name, text } = /^(?<name>[A-Za-z]\w*)=(?<text>.*)$/s.exec(word.trim())?.groups ?? {};
    if (name === undefined || text === undefined) {
      throw new UsageError(`--set: got ${word}, expected a setting of TRL with its value: --set loss_type=dapo.`);
    }
    if (Object.hasOwn(given, name)) throw new UsageError(`--set: got ${name} twice, expected it once.`);
    const flag = FLAGS[name];
    if (flag !== undefined && flags.has(flag)) {
      throw new UsageError(
        `--set: got ${name}, which --${typedName(flag)} decides. Give --${typedName(flag)} instead.`,
      );
    }
    const meant = flagOfInitials(name);
    if (meant !== null && flags.has(meant)) {
      throw new UsageError(
        `--set: got ${name}, expected a setting of TRL by its full name. Did you mean --${typedName(meant)}?`,
      );
    }
    if (Object.hasOwn(REFUSED, name)) throw new UsageError(`--set: got ${name}, which is not taken: ${REFUSED[name]}.`);
    const value = readValue(text);
    if (holdsSecret(name, value)) throw new UsageError(`--set: got ${name}, which is not taken: ${SECRET_REFUSED}.`);
    given[name] = value;
  }
  return given;
}

/** The flag for a setting by its initials: "lr" is learning_rate. The worker knows those that no flag decides. */
function flagOfInitials(typed: string): string | null {
  const initials = (name: string): string => name.replaceAll(/([a-z])[a-z]*_?/g, "$1");
  return Object.entries(FLAGS).find(([name]) => initials(name) === typed)?.[1] ?? null;
}

function readValue(text: string): unknown {
  // As Python writes them.
  const words: Readonly<Record<string, unknown>> = { True: true, False: false, None: null };
  if (Object.hasOwn(words, text)) return words[text];
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * What goes to TRL with the settings given, unless they say it themselves: repositories and Spaces on the hub are private,
 * a model's is named after the run, trackers name the run and get no frames.
 *
 * @param run the run's name.
 */
export function completedGiven(given: GivenSettings, method: string, run: string): Record<string, unknown> {
  const isPushed = given.push_to_hub === true;
  // trackio's Spaces and their data, which transformers makes public otherwise.
  const isShared = ["trackio_space_id", "trackio_static_space_id"].some((name) => (given[name] ?? null) !== null);
  const { report_to } = given;
  const isTracked = report_to !== undefined && report_to !== null && report_to !== "none";
  return {
    ...(isPushed || isShared ? { hub_private_repo: true } : {}),
    ...(isPushed ? { hub_model_id: run } : {}),
    ...(isTracked ? { run_name: run } : {}),
    ...(method === "grpo" && (isTracked || given.log_completions === true) ? { log_multimodal: false } : {}),
    ...given,
  };
}

/** How weights are loaded: ours, and in their place what is given. */
export function modelArguments(ours: Record<string, unknown>, given: GivenSettings): Record<string, unknown> {
  const own = given.model_init_kwargs;
  if (own === undefined) return Object.keys(ours).length === 0 ? {} : { model_init_kwargs: ours };
  return { model_init_kwargs: isRecord(own) ? { ...ours, ...own } : own };
}
