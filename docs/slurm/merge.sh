#!/bin/bash
# Joins the shards into the dataset folder. Submitted by docs/slurm/submit.sh to start after the last shard.
#SBATCH --job-name=vsi-merge
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=01:00:00
#SBATCH --open-mode=append
set -euo pipefail
: "${VSI_OUT:?the dataset folder}"
exec ${VSI_BUILD:-npx --no-install vsi-build} merge --out "$VSI_OUT" --overwrite
