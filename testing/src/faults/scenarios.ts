/** A command that writes a folder, and what must be there before it. Words of vsi-build, or of vsi-view behind its name. */
export interface Scenario {
  name: string;
  /** Commands that make what it starts from, below the scenario's folder; without faults. */
  prepare: readonly string[];
  command: string;
  /** What makes an interrupted run go on; the command itself where it needs no flag. */
  again: string;
  /** Folders that the command must leave as an undisturbed run does. */
  outputs: readonly string[];
  /** The folder that holds a finished dataset before, which must stay whole until the new one takes its place. */
  old?: string;
}

const SAMPLES = "samples raw --rooms 2 --vertices 8000";
const BUILD = "--scannet raw --workers 1 --quiet";
/** Few, and one of them picked over all scans from what is kept of each. */
const TINY = "--types object_counting,object_rel_distance,room_size_estimation";

/** Every command of vsi-build and vsi-view that writes, small: each file operation of each is a place to be killed at. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "build",
    prepare: [SAMPLES],
    command: `${BUILD} ${TINY} --out out`,
    again: `${BUILD} ${TINY} --out out --resume`,
    outputs: ["out"],
  },
  {
    name: "overwrite",
    prepare: [SAMPLES, `${BUILD} --out out --seed 7`],
    command: `${BUILD} ${TINY} --out out --overwrite`,
    again: `${BUILD} ${TINY} --out out --overwrite`,
    outputs: ["out"],
    old: "out",
  },
  {
    name: "merge",
    prepare: [SAMPLES, `${BUILD} ${TINY} --out out --shard 0/2`, `${BUILD} ${TINY} --out out --shard 1/2`],
    command: "merge --out out --quiet",
    again: "merge --out out --quiet --resume",
    outputs: ["out"],
  },
  {
    name: "shard",
    prepare: [SAMPLES],
    command: `${BUILD} ${TINY} --out out --shard 0/2`,
    again: `${BUILD} ${TINY} --out out --shard 0/2 --resume`,
    outputs: ["out.shards"],
  },
  {
    name: "frames",
    prepare: [`${SAMPLES} --frames 4`],
    command: `${BUILD} ${TINY} --frames 2 --out out`,
    again: `${BUILD} ${TINY} --frames 2 --out out --resume`,
    outputs: ["out"],
  },
  {
    name: "parquet",
    prepare: [SAMPLES],
    command: `${BUILD} ${TINY} --format parquet --out out`,
    again: `${BUILD} ${TINY} --format parquet --out out --resume`,
    outputs: ["out"],
  },
  {
    name: "debias",
    prepare: [SAMPLES, `${BUILD} ${TINY} --out source`],
    command: "audit source --debias --out out --quiet",
    again: "audit source --debias --out out --quiet --resume",
    outputs: ["out"],
  },
  {
    name: "samples",
    prepare: [],
    command: SAMPLES,
    again: SAMPLES,
    outputs: ["raw"],
  },
  {
    name: "export",
    prepare: [SAMPLES, `${BUILD} ${TINY} --out source`],
    command: "export source --format vsi-bench --out out/bench.jsonl --quiet",
    again: "export source --format vsi-bench --out out/bench.jsonl --quiet --overwrite",
    outputs: ["out"],
  },
  {
    name: "site",
    prepare: [SAMPLES, `${BUILD} ${TINY} --out source`, "vsi-view export source --out out --limit 1 --quiet"],
    command: "vsi-view export source --out out --scannet raw --quiet --overwrite",
    again: "vsi-view export source --out out --scannet raw --quiet --overwrite",
    outputs: ["out"],
    old: "out",
  },
];
