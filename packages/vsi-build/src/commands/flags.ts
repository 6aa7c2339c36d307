import { defineCommand } from "@vsi/command/program";
import { DATASET_FLAGS, parseFrameSize } from "@vsi/publish/flags";
import { DEFAULT_ROOMS, ROOM_STYLES } from "@vsi/synth/choices";
import { parseShard } from "./shardValue.ts";

const INPUT = "Input";
const OUTPUT = "Output";

const REPLACES = "Replace a dataset of vsi-build; other files stay";

export const BUILD = defineCommand({
  about: "From ScanNet scans to a dataset of questions with their evidence",
  flags: {
    scannet: {
      type: "path",
      group: INPUT,
      value: "FOLDER",
      describe: "Raw scans: FOLDER/scans/<scanId>/ or FOLDER/<scanId>/",
    },
    metaInfo: {
      type: "paths",
      group: INPUT,
      value: "FILE",
      describe: "Published scene facts, instead of scans: files, or a folder",
    },
    anyName: {
      type: "boolean",
      group: INPUT,
      rare: true,
      needs: "scannet",
      insteadOf: "--scannet: a folder of ScanNet's may hold other meshes, which nobody asked to be read",
      describe: "Read rooms of your own: every folder of --scannet with a mesh is a scan, whatever its name",
    },
    ...DATASET_FLAGS,
    framesRoot: {
      type: "path",
      group: "Frames",
      value: "DIR",
      needs: "frames",
      rare: true,
      defaultText: "the scans' folders, and frames, scannet_frames_25k or posed_images beside them",
      describe:
        "Where the scans' streams or exported frames are: DIR/<scanId>/ or DIR/posed_images/<scanId>/; or videos without poses: DIR/<scanId>.mp4, DIR/<dataset>/<scanId>.mp4",
      insteadOf: "--scannet holds the meshes; frames of exports often lie on another disk",
    },
    includeRestricted: {
      type: "boolean",
      group: "Frames",
      needs: "frames",
      default: false,
      rare: true,
      describe: "With --embed-frames: also frames whose terms forbid passing them on",
      insteadOf: "--embed-frames should not be enough to publish by accident what may not be passed on",
    },
    scenes: {
      type: "paths",
      group: INPUT,
      value: "ID,ID",
      rare: true,
      defaultText: "all",
      describe: "Only these scans: ids, or a file with one id per line",
    },
    exclude: {
      type: "paths",
      group: INPUT,
      value: "ID,ID",
      default: [],
      rare: true,
      describe:
        "Leave out these scans and every scan of their rooms: names, dataset/scene or videos, a file with one per line, published scene facts, a benchmark's JSON lines or table, or Apple's table of ARKitScenes, whose Validation fold is left out",
    },
    roomTables: {
      type: "paths",
      group: INPUT,
      value: "FILE",
      default: [],
      rare: true,
      describe:
        "Which physical room each scene shows and the split its dataset gives it: Apple's table of ARKitScenes, ScanNet++'s splits folder or lists, or tables with the columns scene, room and split",
      insteadOf: "--exclude only leaves scenes out, and names alone say neither room nor split of most datasets",
    },
    shard: {
      type: "text",
      group: INPUT,
      value: "I/N",
      parse: (value) => parseShard(value),
      write: ({ index, total }: { index: number; total: number }) => `${index}/${total}`,
      takes: "{ index, total }, whole numbers with index from 0 to total - 1",
      rare: true,
      describe: "Read one part of the scans: 0/8 to 7/8, or auto/8 in a job array; vsi-build merge joins the parts",
    },
    out: {
      type: "path",
      group: OUTPUT,
      value: "FOLDER",
      defaultText: "./PROTOCOL",
      describe: "Dataset folder to write",
    },
    workers: {
      type: "whole",
      group: OUTPUT,
      from: 1,
      defaultText: "one per core",
      rare: true,
      describe: "Threads that read scans",
    },
    resume: { type: "boolean", group: OUTPUT, describe: "Continue a build that was interrupted" },
    overwrite: { type: "boolean", group: OUTPUT, describe: REPLACES },
    dryRun: { type: "boolean", group: OUTPUT, describe: "Say what would be read and written, and how much" },
  },
  examples: [
    ["vsi-build --scannet ./raw", "every scan below ./raw, to ./vsi-100k"],
    [
      "vsi-build --protocol vsi-bench --meta-info scannet_meta_info_val.json",
      "evaluation questions; no ScanNet needed",
    ],
    ["vsi-build --scannet ./raw --scenes scene0000_00 --out ./one", "a single scan"],
    [
      "vsi-build --scannet ./raw --split validation --max-per-scene object_abs_distance=20",
      "the official validation scans",
    ],
  ],
});

export const MERGE = defineCommand({
  about: "Join the shards of a build into one dataset",
  arguments: { shards: { many: true, optional: true, describe: "The shards' folders; OUT.shards/* unless given" } },
  flags: {
    out: {
      type: "path",
      value: "FOLDER",
      required: true,
      describe: "Dataset folder to write; the --out of the shards",
    },
    resume: { type: "boolean", describe: "Continue a merge that was interrupted" },
    overwrite: { type: "boolean", describe: REPLACES },
  },
  examples: [
    ["vsi-build --scannet ./raw --shard 0/2 --out ./vsi-100k", "and 1/2, perhaps on another machine, then:"],
    ["vsi-build merge --out ./vsi-100k", "the same bytes as one build without shards"],
  ],
});

export const SAMPLES = defineCommand({
  about: "Make sample rooms in ScanNet's formats, to try everything",
  arguments: { folder: { describe: "Folder to write the rooms to, as FOLDER/scans/scene9000_00/ and so on" } },
  flags: {
    rooms: { type: "whole", from: 1, default: 12, describe: "Number of rooms" },
    firstRoom: {
      type: "whole",
      from: DEFAULT_ROOMS.firstRoom,
      default: DEFAULT_ROOMS.firstRoom,
      describe: "Number of the first room, from 9000; other numbers give other rooms, for example to hold out",
    },
    seed: { type: "whole", from: 0, default: 0, describe: "Random seed; the same seed gives the same bytes" },
    vertices: {
      type: "whole",
      // What rooms take at least depends on how they are made: writeRawScanNet says it.
      from: 1,
      // Small enough that twelve rooms take seconds.
      default: 20_000,
      describe: "Mesh vertices per room; a real scan has about 150000",
    },
    frames: {
      type: "whole",
      from: 0,
      // None: most questions need no pictures, and rendering takes time.
      default: 0,
      describe: "Also film each room with N frames, written as its .sens (try 90)",
    },
    depthSize: {
      type: "text",
      value: "WxH",
      parse: parseFrameSize,
      takes: "pixels, such as { width: 640, height: 480 }",
      defaultText: "as large as the images, and exact",
      needs: "frames",
      insteadOf: "--frames: a number of frames can't say how large and how exact their depth is",
      describe: "Film with a depth sensor of this size, with its noise; ScanNet's is 640x480",
    },
    style: {
      type: "text",
      value: "NAME",
      choices: ROOM_STYLES,
      default: DEFAULT_ROOMS.style,
      describe: "Furnished like a home, or coloured blocks in a row, which a tiny model can learn to count",
    },
    overwrite: {
      type: "boolean",
      describe: "Replace rooms of the same numbers that an earlier call made otherwise; other rooms stay",
      insteadOf: "--first-room only avoids rooms that are there",
    },
  },
  examples: [["vsi-build samples ./raw", "12 rooms; then: vsi-build --scannet ./raw"]],
});
