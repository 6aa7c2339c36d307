#!/bin/bash
# One task of a Slurm job array: builds one shard of a dataset. Submit with docs/slurm/submit.sh, which says how many there are.
#SBATCH --job-name=vsi-build
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=02:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail
: "${VSI_SCANNET:?the raw ScanNet folder}" "${VSI_OUT:?the dataset folder}" "${VSI_SHARDS:?how many shards}"
# exec: Slurm's TERM before a requeue or the time limit reaches vsi-build itself, which keeps the finished scans.
# --resume: a task that runs again goes on where it was; for a finished shard it costs a second.
# auto/N: the index is this task's; N never comes from Slurm, which counts 1 when one task is run again alone.
exec ${VSI_BUILD:-npx --no-install vsi-build} --scannet "$VSI_SCANNET" --out "$VSI_OUT" --shard "auto/$VSI_SHARDS" \
  --workers "${SLURM_CPUS_PER_TASK:-1}" --resume --log-level warn ${VSI_FLAGS:-}
