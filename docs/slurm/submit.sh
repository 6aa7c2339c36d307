#!/bin/bash
# Builds a dataset as a Slurm job array and merges it:
#   docs/slurm/submit.sh RAW_SCANNET DATASET_FOLDER SHARDS [more flags of vsi-build, such as --protocol vsi-bench]
# Both folders must be on a disk that all nodes share.
set -euo pipefail
if [ $# -lt 3 ]; then
  sed -n '2,4p' "$0" >&2
  exit 2
fi
here="$(cd "$(dirname "$0")" && pwd)"
export VSI_SCANNET="$1" VSI_OUT="$2" VSI_SHARDS="$3"
export VSI_FLAGS="${*:4}"
array=$(sbatch --parsable --array="0-$((VSI_SHARDS - 1))" --export=ALL "$here/build-shard.sh")
# afterany, not afterok: a scan that can't be read makes its shard exit with 1 although the shard is complete. The merge itself
# refuses shards that are missing or unfinished, and names them.
merge=$(sbatch --parsable --dependency="afterany:$array" --export=ALL "$here/merge.sh")
echo "shards: job $array (array 0-$((VSI_SHARDS - 1))), merge: job $merge"
echo "one shard again: sbatch --array=2 --export=ALL $here/build-shard.sh (with the same VSI_ variables), then $here/merge.sh"
