import { worldSize } from "./launch.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** TRL compares at least two completions of a held-out question; two are enough for a mean over many questions. */
const HELD_OUT_ROLLOUTS = 2;

/**
 * The keyword arguments of TRL's configuration.
 *
 * @param hasHeldOut whether there are rows to evaluate with.
 */
export function trainerArguments(options: TrainOptions, hasHeldOut: boolean): Record<string, unknown> {
  const { batch, vllm } = options;
  return {
    ...options.trainer,
    learning_rate: options.learningRate,
    per_device_train_batch_size: batch,
    gradient_accumulation_steps: options.accumulation,
    num_train_epochs: options.epochs,
    max_steps: options.steps ?? -1,
    seed: options.seed,
    save_strategy: "steps",
    save_steps: options.saveEvery,
    ...(hasHeldOut ? heldOutArguments(options) : { eval_strategy: "no" }),
    // Half-precision weights under an adapter halve the memory; trained themselves they would lose small updates.
    ...(options.trainer.bf16 === true && (options.lora !== null || options.adapter !== null)
      ? { model_init_kwargs: { dtype: "bfloat16" } }
      : {}),
    ...(options.deepspeed === null ? {} : { deepspeed: options.deepspeed }),
    ...(vllm === null ? {} : { use_vllm: true, vllm_mode: vllm.mode }),
    ...(vllm?.mode === "server" && vllm.url !== null ? { vllm_server_base_url: vllm.url } : {}),
  };
}

function heldOutArguments(options: TrainOptions): Record<string, unknown> {
  const { batch, launch, saveEvery } = options;
  const common = { eval_strategy: "steps", eval_steps: saveEvery, per_device_eval_batch_size: batch };
  if (options.method !== "grpo") return common;
  // TRL wants whole groups here too.
  const isWhole = (batch * worldSize(launch)) % HELD_OUT_ROLLOUTS === 0;
  return {
    ...common,
    per_device_eval_batch_size: isWhole ? batch : batch + 1,
    num_generations_eval: HELD_OUT_ROLLOUTS,
  };
}
