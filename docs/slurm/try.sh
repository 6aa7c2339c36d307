#!/bin/bash
# Runs submit.sh on a real Slurm of one node on this machine, and compares the result with a build without shards.
# Needs Debian's slurm-wlm and munge, and root (Slurm's daemons want it). Touches nothing outside a temporary folder.
#   sudo docs/slurm/try.sh
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
for program in munged slurmctld slurmd sbatch; do
  command -v "$program" >/dev/null || { echo "try.sh: $program is missing: apt-get install slurm-wlm munge" >&2; exit 2; }
done
folder=$(mktemp -d)
chmod 755 "$folder"
stop() {
  for name in slurmd slurmctld munged; do
    [ -f "$folder/$name.pid" ] && kill "$(cat "$folder/$name.pid")" 2>/dev/null
  done
  sleep 1
  rm -rf "$folder"
}
trap stop EXIT

mkdir "$folder/state" "$folder/spool" "$folder/munge"
dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 status=none
chmod 700 "$folder/munge"
chmod 600 "$folder/munge/key"
munged --key-file="$folder/munge/key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
  --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" --force 2>"$folder/munge/errors"
cat >"$folder/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=localhost(127.0.0.1)
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=5
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
JobFileAppend=1
MinJobAge=3600
NodeName=localhost NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=4000 State=UNKNOWN
PartitionName=all Nodes=localhost Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$folder/slurm.conf"
slurmctld -i -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF"
for _ in $(seq 30); do
  [ "$(sinfo --noheader --format=%t 2>/dev/null)" = idle ] && break
  sleep 1
done

export VSI_BUILD="${VSI_BUILD:-node $here/../../packages/vsi-build/bin/vsi-build.js}"
$VSI_BUILD samples "$folder/raw" --rooms 12
cd "$folder"
"$here/submit.sh" "$folder/raw" "$folder/dataset" 4
merge=$(squeue --noheader --name=vsi-merge --format=%i)
while squeue --noheader --format=%i | grep -q .; do sleep 1; done
cat "$folder/slurm-$merge.out"

# One task of the array again, alone, as after a node's failure: Slurm says COUNT=1, the shard is still 2 of 4.
export VSI_SCANNET="$folder/raw" VSI_OUT="$folder/dataset" VSI_SHARDS=4 VSI_FLAGS=""
rm "$folder/dataset.shards/2-of-4/shard.json"
sbatch --wait --quiet --array=2 --export=ALL "$here/build-shard.sh"
sbatch --wait --quiet --export=ALL "$here/merge.sh"

$VSI_BUILD --scannet "$folder/raw" --out "$folder/whole" --quiet
diff -r "$folder/dataset" "$folder/whole"
echo "4 shards by Slurm $(sinfo --version | cut -d' ' -f2) and one build: the same bytes"
