#!/usr/bin/env bash
# Does training work on this GPU, what does a step take, and does the memory agree with the estimate? It ends within
# ten minutes (MINUTES=N for a slow machine).
#
#   bash docs/gpu/check.sh                        # the 2B model's true shape, random weights: nothing is downloaded
#   MODEL=/models/qwen2-vl-2b bash docs/gpu/check.sh    # and three steps of that model on sample rooms
#   bash docs/gpu/check.sh --preset tiny          # the same path on a CPU
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
mkdir -p "$out"
exec > >(tee "$out/log.txt") 2>&1
started=$SECONDS

# What is under way at the limit is stopped, and the script fails.
limit=$((60 * ${MINUTES:-10} - 10))
run() {
  echo "\$ $*"
  timeout --signal=TERM $((limit > SECONDS - started ? limit - (SECONDS - started) : 1)) node "packages/$1/bin/$1.js" "${@:2}"
  echo "($((SECONDS - started)) s)"
}

run vsi-train doctor || true
# GRPO with LoRA in the trainer's own path: seconds by part, the peak of memory beside the estimate, hours of the paper's run.
run vsi-train measure --preset "$preset" --steps 3 --processes 8
# DPO's logits and SFT's answers need memory of another kind.
if [ "$preset" = tiny ]; then others="tiny:sft tiny:dpo"; else others="sft:sft dpo:dpo"; fi
for each in $others; do run vsi-train measure --preset "${each%%:*}" --method "${each##*:}" --steps 2; done

# The command that users type, from scans to an adapter: three steps, a checkpoint, and on from there.
rm -rf "${out:?}"/{raw,data,tiny,run}
run vsi-build samples "$out/raw" --frames 4 --quiet
run vsi-build --scannet "$out/raw" --frames 4 --out "$out/data" --quiet
model=${MODEL:-}
settings=(--preset "$preset")
if [ -z "$model" ]; then
  run vsi-train tiny-model --out "$out/tiny" --quiet
  model=$out/tiny
  settings=(--preset tiny)
fi
grpo=(vsi-train grpo "${settings[@]}" --model "$model" --data "$out/data" --out "$out/run" --limit 20 --frames 4 --held-out 0 --save-every 2)
run "${grpo[@]}" --steps 2
run "${grpo[@]}" --steps 3 --resume
echo "All ran in $((SECONDS - started)) s; the log is $out/log.txt."
