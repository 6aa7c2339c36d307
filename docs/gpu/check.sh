#!/usr/bin/env bash
# Does training work on this GPU, what does a step take, and does the memory agree with the estimate? It ends within
# ten minutes (MINUTES=N for a slow machine).
#
#   bash docs/gpu/check.sh                        # the 2B model's true shape, random weights: nothing is downloaded
#   MODEL=/models/qwen2-vl-2b bash docs/gpu/check.sh    # and two steps of that model on sample rooms
#   bash docs/gpu/check.sh --preset tiny          # the same path on a CPU
#   DRY_RUN=1 bash docs/gpu/check.sh              # only what it would type
#
# In a clone after npm ci && npm run build; the trainer's Python is vsi-train setup's, or VSI_TRAINER_PYTHON names it.
# What it prints also stands in gpu-check/log.txt (OUT=FOLDER for another place).
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=vsgrpo-2b
if [ "${1:-}" = --preset ]; then preset=${2:?--preset needs a name}; elif [ $# -gt 0 ]; then
  echo "got $1, expected nothing or --preset NAME" >&2
  exit 2
fi
out=${OUT:-$PWD/gpu-check}
if [ -z "${DRY_RUN:-}" ]; then
  mkdir -p "$out"
  rm -rf "${out:?}"/{raw,data,tiny,run}
  exec > >(tee "$out/log.txt") 2>&1
fi
started=$SECONDS

# What is under way at the limit is stopped, and the script fails.
limit=$((60 * ${MINUTES:-10} - 10))
run() {
  echo "\$ $*"
  if [ -n "${DRY_RUN:-}" ]; then return; fi
  timeout --signal=TERM $((limit > SECONDS - started ? limit - (SECONDS - started) : 1)) node "packages/$1/bin/$1.js" "${@:2}"
  echo "($((SECONDS - started)) s)"
}

run vsi-train doctor || true
# GRPO with LoRA in the trainer's own path: seconds by part, the peak of memory beside the estimate, hours of the paper's
# run. The first of the steps warms up. DPO's logits and SFT's answers need memory of another kind.
if [ "$preset" = tiny ]; then
  # A smaller batch, because a CPU is slow: the hours are then not the preset's.
  for method in grpo sft dpo; do run vsi-train measure --preset tiny --method "$method" --steps 2 --batch 16; done
else
  run vsi-train measure --preset "$preset" --steps 2 --processes 8
  for other in sft dpo; do run vsi-train measure --preset "$other" --steps 2; done
fi

# The command that users type, from scans to an adapter: a step, a checkpoint, and on from there.
run vsi-build samples "$out/raw" --rooms 2 --frames 4 --quiet
run vsi-build --scannet "$out/raw" --frames 4 --out "$out/data" --quiet
settings=(--preset "$preset" --model "${MODEL:-}")
if [ -z "${MODEL:-}" ]; then
  run vsi-train tiny-model --out "$out/tiny" --quiet
  settings=(--preset tiny --batch 16 --model "$out/tiny")
fi
grpo=(vsi-train grpo "${settings[@]}" --data "$out/data" --out "$out/run" --limit 20 --frames 4 --held-out 0 --save-every 1)
run "${grpo[@]}" --steps 1
run "${grpo[@]}" --steps 2 --resume
[ -n "${DRY_RUN:-}" ] || echo "All ran in $((SECONDS - started)) s; the log is $out/log.txt."
