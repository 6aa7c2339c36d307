#!/usr/bin/env bash
# vsGRPO's settings (arXiv 2504.00883v2) for verl 0.9, on one machine or a Ray cluster. Configuration checked, not run.
#
#   pip install "verl[vllm]==0.9.1"                   # on every host
#   ray start --head                                  # on the first host
#   ray start --address=FIRST_HOST:6379               # on every other one
#   HOSTS=2 GPUS=8 bash verl_grpo.sh                  # on the first host, once all have joined
#
# Every host needs this folder and the dataset's frames under the same paths, and vsi-reward on its PATH
# (npm install --global of the tarballs) or VSI_REWARD_COMMAND set where Ray was started. What follows goes to verl as it is.
#
# The extra brings what main_ppo imports only on its workers, once Ray is up: TransferQueue (verl's V1 trainer, its default),
# vLLM 0.24, torchvision and qwen_vl_utils, with the torch and transformers that fit. pip install verl alone has none of them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
for module in verl transfer_queue vllm torchvision qwen_vl_utils; do
    # Found, not imported: that takes half a minute.
    python3 -c "import importlib.util, sys; sys.exit(importlib.util.find_spec('$module') is None)" && continue
    echo "verl_grpo.sh: python3 has no $module, which verl's trainer needs. Type: pip install 'verl[vllm]==0.9.1'" >&2
    exit 1
done
# Without rooms held out, the rows trained on are the validation file that verl wants, and no validation is made.
held_out=$here/validation.parquet
test_every=100
if [ ! -e "$held_out" ]; then held_out=$here/train.parquet; test_every=-1; fi

python3 -m verl.trainer.main_ppo \
    algorithm.adv_estimator=grpo \
    algorithm.norm_adv_by_std_in_grpo=True \
    algorithm.use_kl_in_reward=False \
    data.train_files="$here/train.parquet" \
    data.val_files="$held_out" \
    data.image_key=images \
    data.train_batch_size="${BATCH:-64}" \
    data.max_prompt_length=4096 \
    data.max_response_length=512 \
    data.truncation=error \
    data.return_raw_chat=True \
    reward.custom_reward_function.path="$here/vsi_reward.py" \
    reward.custom_reward_function.name=compute_score \
    actor_rollout_ref.model.path="${MODEL:-Qwen/Qwen2-VL-2B-Instruct}" \
    actor_rollout_ref.model.lora_rank=64 \
    actor_rollout_ref.model.lora_alpha=128 \
    actor_rollout_ref.model.exclude_modules=".*visual.*" \
    actor_rollout_ref.model.enable_gradient_checkpointing=True \
    actor_rollout_ref.actor.optim.lr="${LEARNING_RATE:-1e-5}" \
    actor_rollout_ref.actor.ppo_mini_batch_size="${BATCH:-64}" \
    actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu=2 \
    actor_rollout_ref.actor.clip_ratio=0.2 \
    actor_rollout_ref.actor.loss_agg_mode=seq-mean-token-mean \
    actor_rollout_ref.actor.use_kl_loss=True \
    actor_rollout_ref.actor.kl_loss_coef=1e-4 \
    actor_rollout_ref.actor.kl_loss_type=low_var_kl \
    actor_rollout_ref.actor.entropy_coeff=0 \
    actor_rollout_ref.rollout.name=vllm \
    actor_rollout_ref.rollout.n=14 \
    actor_rollout_ref.rollout.temperature=1.0 \
    actor_rollout_ref.rollout.gpu_memory_utilization=0.5 \
    actor_rollout_ref.rollout.tensor_model_parallel_size=1 \
    actor_rollout_ref.rollout.load_format=safetensors \
    actor_rollout_ref.rollout.log_prob_micro_batch_size_per_gpu=4 \
    actor_rollout_ref.ref.log_prob_micro_batch_size_per_gpu=4 \
    trainer.logger='["console"]' \
    trainer.default_local_dir="$here/checkpoints" \
    trainer.project_name=vsi \
    trainer.experiment_name=vsgrpo \
    trainer.n_gpus_per_node="${GPUS:-8}" \
    trainer.nnodes="${HOSTS:-1}" \
    trainer.save_freq=100 \
    trainer.test_freq="$test_every" \
    trainer.val_before_train=False \
    trainer.total_epochs=1 \
    "$@"
