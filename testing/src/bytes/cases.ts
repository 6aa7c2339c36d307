/** A command of ours as a user types it, run in the case's own folder. */
export interface Step {
  command: string;
  /** 1 where a scan can't be read; 0 when not given. */
  exitCode?: number;
  /** File below the output that keeps what the command printed; not kept when not given. */
  stdout?: string;
}

/** Some commands and the folder whose files are compared. */
export interface BytesCase {
  name: string;
  steps: Step[];
  /** Relative to the case's folder; "out" when not given. */
  output?: string;
  /** What the case needs of the data that no one may redistribute, relative to the shared folder. */
  needs?: string;
  /** The case whose files these must be: no sums of their own. */
  sameAs?: string;
  /** Also asks `show` about one question of each type in this dataset, with its drawing. */
  show?: string;
}

/**
 * Raw scans that the cases read, made once. `break` then cuts a scan's mesh in half. Rooms and lengths are chosen for
 * what they ask: scene9010 goes to validation; the film's four rooms have questions of all types, which takes 8 seconds
 * of it, since an order of appearance needs a second between two objects.
 */
export const INPUTS: { folder: string; command: string; break?: string }[] = [
  { folder: "rooms", command: "vsi-build samples rooms --rooms 6 --first-room 9008 --vertices 8000" },
  { folder: "broken", command: "vsi-build samples broken --rooms 3 --vertices 8000 --seed 2", break: "scene9001_00" },
  { folder: "blocks", command: "vsi-build samples blocks --rooms 4 --style plain --vertices 8000" },
  { folder: "clip", command: "vsi-build samples clip --rooms 2 --first-room 9009 --vertices 8000 --frames 36" },
  { folder: "film", command: "vsi-build samples film --rooms 4 --first-room 9006 --vertices 10000 --frames 240" },
  // Enough rooms to learn from what can be guessed, and enough vertices that objects are clear.
  { folder: "many", command: "vsi-build samples many --rooms 25 --first-room 9020 --vertices 12000" },
];

/** Stand for the paths of the facts beside the sums and of the shared data. */
export const FACTS = "$FACTS";
export const SHARED = "$SHARED";

const build = (words: string, out = "out", workers = 1): Step => ({
  command: `vsi-build ${words} --out ${out} --workers ${workers} --quiet`,
});
/** Version 0.1 had no other rules. */
const paper = (words: string, out?: string, workers?: number): Step => build(`${words} --rules paper`, out, workers);
const rooms = (words = "", out?: string): Step => paper(`--scannet ../rooms ${words}`, out);
const clip = (words: string): Step => paper(`--scannet ../clip ${words}`);
const film = (words: string, out?: string): Step => paper(`--scannet ../film ${words}`, out);
const facts = (words = "", out?: string): Step => paper(`--meta-info ${FACTS} ${words}`, out);
const many = (words = ""): Step => build(`--scannet ../many ${words}`);
const report = (command: string, stdout: string): Step => ({ command, stdout });

const BENCH = "--protocol vsi-bench";
const SHARDED = "--target vsi-100k --exclude scene9011 --max-per-scene object_abs_distance=9 --seed 3";
const OBJECT_TYPES =
  "object_counting,object_size_estimation,object_abs_distance,object_rel_distance,object_rel_direction_easy," +
  "object_rel_direction_medium,object_rel_direction_hard,room_size_estimation";
/** The types whose evidence a trace of reasoning can be told from. */
const REASONED = `--types ${OBJECT_TYPES},camera_displacement,camera_obj_abs_dist,camera_obj_rel_dist`;
/** The types that version 0.1 can reward. */
const REWARDED = `--types ${OBJECT_TYPES},route_planning,obj_appearance_order`;
const REAL_SCAN = "scannet/scans/scene0000_00";
const PUBLISHED_SCENES = "vsi-bench/scannet_meta_info_val.json";

export const CASES: BytesCase[] = [
  // The inputs themselves.
  { name: "samples", steps: [], output: "../rooms" },
  { name: "samples-plain", steps: [], output: "../blocks" },
  { name: "samples-filmed", steps: [], output: "../clip" },

  // Scans without frames.
  { name: "rooms-100k", steps: [rooms()] },
  { name: "rooms-100k-two-workers", steps: [paper("--scannet ../rooms", "out", 2)], sameAs: "rooms-100k" },
  { name: "rooms-bench", steps: [rooms(BENCH)] },
  { name: "blocks-100k", steps: [paper("--scannet ../blocks")] },
  { name: "canonical-labels", steps: [rooms("--labels canonical")] },
  { name: "surface-distances", steps: [rooms("--distance surface")] },
  { name: "sampled-distances", steps: [rooms(`${BENCH} --distance sampled`)] },
  { name: "principal-boxes", steps: [rooms("--box pca --distance box")] },
  {
    name: "some-types",
    steps: [rooms("--types object_counting,object_rel_distance --scenes scene9009_00,scene9010_00")],
  },
  { name: "target-and-caps", steps: [rooms(SHARDED)] },
  {
    name: "shards-merged",
    steps: [rooms(`${SHARDED} --shard 0/2`), rooms(`${SHARDED} --shard 1/2`), { command: "vsi-build merge --out out" }],
    sameAs: "target-and-caps",
  },
  { name: "unreadable-scan", steps: [{ ...paper("--scannet ../broken"), exitCode: 1 }] },
  { name: "parquet", steps: [rooms("--format parquet")] },
  {
    name: "debiased",
    steps: [rooms("", "whole"), { command: "vsi-build audit whole --debias --limit 0.01 --out out --quiet" }],
  },

  // Scans with their stream.
  { name: "frames-100k", steps: [clip("--frames 4")] },
  { name: "frames-bench", steps: [film(`${BENCH} --frames 12`)] },
  { name: "frames-shrunk", steps: [clip(`${BENCH} --frames 6 --sampling coverage --frame-size 80x60`)] },
  {
    name: "frames-named",
    steps: [clip(`${BENCH} --frames 8 --sampling every:3 --no-pixels --count-visible --min-visible-pixels 20`)],
  },
  { name: "frames-parquet", steps: [clip(`${BENCH} --frames 4 --format parquet`)] },

  // Published facts.
  { name: "facts-bench", steps: [facts(BENCH)] },
  { name: "facts-100k", steps: [facts("--distance sampled")] },

  // What is made of a dataset.
  {
    name: "export-bench",
    steps: [facts(BENCH, "whole"), { command: "vsi-build export whole --format vsi-bench --out out/bench.jsonl" }],
  },
  {
    name: "reports",
    steps: [
      film(`${BENCH} --frames 12`, "whole"),
      report("vsi-build stats whole --json", "stats.json"),
      report("vsi-build audit whole --json", "audit.json"),
    ],
    show: "whole",
  },
  {
    name: "training-rows",
    steps: [
      film(`${BENCH} --frames 12`, "whole"),
      ...[
        `sft --mode think ${REASONED}`,
        `sft --mode observe ${REASONED}`,
        "sft",
        "dpo",
        `grpo --mode think ${REWARDED}`,
      ].map((method, index) => ({
        command: `vsi-train export --format trl --method ${method} --data whole --out out/${index} --quiet`,
      })),
    ],
  },

  // Careful rules, which are the default: picked over all rooms, however the work was shared out.
  { name: "careful-100k", steps: [many()] },
  { name: "careful-bench", steps: [many(BENCH)] },
  {
    name: "careful-bench-shards-merged",
    steps: [
      many(`${BENCH} --shard 0/2`),
      build(`--scannet ../many ${BENCH} --shard 1/2`, "out", 2),
      { command: "vsi-build merge --out out" },
    ],
    sameAs: "careful-bench",
  },
  { name: "careful-thinned-capped", steps: [many(`${BENCH} --labels raw --thin-sizes ${SHARDED}`)] },
  { name: "careful-not-balanced", steps: [many(`${BENCH} --no-balance`)] },
  { name: "careful-few-rooms", steps: [build(`--scannet ../rooms ${BENCH}`)] },
  { name: "careful-frames", steps: [build(`--scannet ../film ${BENCH} --frames 12`)] },
  { name: "careful-facts", steps: [build(`--meta-info ${FACTS} ${BENCH}`)] },

  // The rules of the published questions.
  { name: "published-rules", steps: [build(`--scannet ../rooms ${BENCH} --rules published`)] },

  // Real data, where it is.
  { name: "real-scan-100k", steps: [paper(`--scannet ${SHARED}/scannet`)], needs: REAL_SCAN },
  { name: "real-scan-bench", steps: [paper(`--scannet ${SHARED}/scannet ${BENCH}`)], needs: REAL_SCAN },
  {
    name: "published-scenes",
    steps: [paper(`--meta-info ${SHARED}/${PUBLISHED_SCENES} ${BENCH} --max-per-scene object_abs_distance=3`)],
    needs: PUBLISHED_SCENES,
  },
  { name: "careful-real-scan", steps: [build(`--scannet ${SHARED}/scannet ${BENCH}`)], needs: REAL_SCAN },
  {
    name: "careful-published-scenes",
    steps: [build(`--meta-info ${SHARED}/${PUBLISHED_SCENES} ${BENCH}`)],
    needs: PUBLISHED_SCENES,
  },
];
