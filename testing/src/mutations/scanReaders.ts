import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { validateScene } from "@vsi/dataset/validate";
import {
  factsFromMetaInfo,
  parsePlyPositions,
  readAggregation,
  readFaces,
  readScanInfo,
  readSegments,
  type SceneFacts,
} from "@vsi/geometry";
import { openExportedFrames, openSensStream, readLabelMap, readScan } from "@vsi/geometry/node";
import {
  answerQuery,
  generateQuestions,
  phraseQuery,
  type Query,
  RULES_NAMES,
  WORDING_NAMES,
  type WordingName,
} from "@vsi/questions";
import { jsonText, mutateBytes, mutateJson, mutateText } from "./mutate.ts";
import type { Random } from "./random.ts";
import type { Inputs, Reader } from "./reader.ts";

/** Readers of a raw scan's files. */
export function rawScanReaders({ raw, dataset, work }: Inputs): Reader[] {
  const [scan = ""] = readdirSync(join(raw, "scans")).sort();
  const read = (suffix: string) => readFileSync(join(raw, "scans", scan, `${scan}${suffix}`));
  const ply = read("_vh_clean_2.ply");
  const asciiPly = Buffer.from(
    "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n",
  );
  const aggregation: unknown = JSON.parse(read(".aggregation.json").toString("utf8"));
  const segments = read("_vh_clean_2.0.010000.segs.json");
  const info = read(".txt");
  const sens = read(".sens").subarray(0, 200_000);
  const labels = readFileSync(join(raw, "scannetv2-labels.combined.tsv"));
  const inFile = (name: string, bytes: Uint8Array | string): string => {
    const path = join(work, name);
    writeFileSync(path, bytes);
    return path;
  };
  return [
    {
      name: "ply",
      share: 6,
      run: async (random) => {
        const bytes = mutateBytes(random.chance(0.3) ? asciiPly : ply.subarray(0, 20_000), random);
        await parsePlyPositions(bytes);
        readFaces(bytes);
      },
    },
    {
      name: "aggregation",
      share: 8,
      run: (random) => readAggregation(Buffer.from(jsonText(mutateJson(aggregation, random), random))),
    },
    {
      name: "room of one's own",
      share: 4,
      run: (random) => readOwnRoom(join(work, "office"), ply.subarray(0, 20_000), random),
    },
    { name: "segments", share: 8, run: (random) => readSegments(mutateBytes(segments, random)) },
    { name: "scan info", share: 6, run: (random) => readScanInfo(mutateBytes(info, random)) },
    { name: "label map", share: 1, run: (random) => readLabelMap(inFile("labels.tsv", mutateBytes(labels, random))) },
    {
      name: ".sens",
      share: 2,
      run: async (random) => {
        const stream = await openSensStream(inFile("scan.sens", mutateBytes(sens, random)));
        try {
          for (const { index } of stream.frames.slice(0, 2)) {
            await stream.readColor(index);
            await stream.readDepth(index);
          }
        } finally {
          await stream.close();
        }
      },
    },
    ...Object.entries(EXPORTS).map(([name, filesOf]) => ({
      name: `exported frames, ${name}`,
      share: 1,
      run: async (random: Random) => {
        const stream = await openExportedFrames(exportedFrames(join(work, "frames"), filesOf(jpegOf(dataset)), random));
        try {
          for (const { index } of stream.frames.slice(0, 2)) {
            await stream.readColor(index);
            await stream.readDepth(index);
          }
        } finally {
          await stream.close();
        }
      },
    })),
  ];
}

/** A mesh with instances and the table that names them, one of the two mutated. */
async function readOwnRoom(folder: string, ply: Uint8Array, random: Random): Promise<void> {
  const isTable = random.chance(0.5);
  const table = random.pick([INSTANCE_CSV, INSTANCE_JSON]);
  const mesh = random.chance(0.3) ? ply : OWN_PLY;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "office.ply"), isTable ? mesh : mutateBytes(mesh, random));
  const bytes = Buffer.from(table);
  writeFileSync(
    join(folder, table === INSTANCE_CSV ? "instances.csv" : "instances.json"),
    isTable ? mutateBytes(bytes, random) : bytes,
  );
  await readScan({ scanId: "office", path: folder, isTestFolder: false }, { dataset: "own" });
}

const INSTANCE_CSV = 'instance,label\n1,chair\n2,"table, round"\n';
const INSTANCE_JSON = '{"labels": {"1": "chair", "2": "table"}, "instances": [1, 1, 1, 1, 2, 2, 2, 2]}';

/** Two boxes of eight corners in all, in the form that the most of a reader reads. */
const OWN_PLY = Buffer.from(
  `ply\nformat ascii 1.0\nelement vertex 8\nproperty float x\nproperty float y\nproperty float z\nproperty int instance\nend_header\n${Array.from(
    { length: 8 },
    (_, corner) => `${corner & 1} ${(corner >> 1) & 1} ${(corner >> 2) & 1} ${1 + (corner >> 2)}`,
  ).join("\n")}\n`,
);

type Files = Readonly<Record<string, Uint8Array>>;

/** A frame of a dataset. */
function jpegOf(dataset: string): Uint8Array {
  const [scan = ""] = readdirSync(join(dataset, "frames")).sort();
  const [jpeg = ""] = readdirSync(join(dataset, "frames", scan)).sort();
  return readFileSync(join(dataset, "frames", scan, jpeg));
}

const POSES = ["1 0 0 1\n0 1 0 2\n0 0 1 1.5\n0 0 0 1\n", "-1 0 0 1\n0 -1 0 2\n0 0 1 1.5\n0 0 0 1\n"].map((text) =>
  Buffer.from(text),
) as [Buffer, Buffer];
const CAMERA = Buffer.from("577 0 80 0\n0 577 60 0\n0 0 1 0\n0 0 0 1\n");
const DEPTH_PGM = Buffer.concat([Buffer.from("P5\n4 3\n65535\n"), Buffer.alloc(24, 7)]);
/** 4 by 3 pixels of 16-bit grey. */
const DEPTH_PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADEAAAAADBDy1ZAAAAD0lEQVR4nGNiYIdAJgwGAATLAFsFASZSAAAAAElFTkSuQmCC",
  "base64",
);

/** Frames as others export them, in each layout. */
const EXPORTS: Readonly<Record<string, (jpeg: Uint8Array) => Files>> = {
  folders: (jpeg) => ({
    "color/0.jpg": jpeg,
    "color/1.jpg": jpeg,
    "pose/0.txt": POSES[0],
    "pose/1.txt": POSES[1],
    "depth/0.png": DEPTH_PNG,
    "depth/1.png": DEPTH_PNG,
    "intrinsic/intrinsic_color.txt": CAMERA,
    "intrinsic/intrinsic_depth.txt": Buffer.from("577 0 80\n0 577 60\n0 0 1\n"),
  }),
  posed_images: (jpeg) => ({
    "00000.jpg": jpeg,
    "00001.jpg": jpeg,
    "00000.txt": POSES[0],
    "00001.txt": POSES[1],
    "00000.png": DEPTH_PNG,
    "intrinsic.txt": CAMERA,
  }),
  SensReader: (jpeg) => ({
    "frame-000000.color.jpg": jpeg,
    "frame-000001.color.jpg": jpeg,
    "frame-000000.pose.txt": POSES[0],
    "frame-000001.pose.txt": POSES[1],
    "frame-000000.depth.pgm": DEPTH_PGM,
    "frame-000001.depth.pgm": DEPTH_PGM,
    "_info.txt": Buffer.from(
      ["Color", "Depth"]
        .map((name) => `m_calibration${name}Intrinsic = 577 0 80 0 0 577 60 0 0 0 1 0 0 0 0 1\n`)
        .join("m_depthShift = 1000\n"),
    ),
  }),
};

/** Writes exported frames, one file of them mutated or left out. */
function exportedFrames(folder: string, files: Files, random: Random): string {
  const broken = random.pick(Object.keys(files));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (name !== broken) writeFileSync(join(folder, name), bytes);
    else if (random.chance(0.9)) writeFileSync(join(folder, name), mutateBytes(bytes, random));
  }
  return folder;
}

/** VSI-Bench's form of scene facts, made up. */
const META_INFO = {
  scene0011_00: {
    dataset: "scannet",
    room_size: 20.5,
    room_center: [0.5, 1, 1.2],
    object_counts: { chair: 2, table: 1 },
    object_bbox: {
      chair: [0, 2].map((x) => metaBox(x)),
      table: [metaBox(4)],
    },
  },
};

/** VLM-3R's form of the same. */
const VLM_3R = {
  scene0000_00: {
    ...{ dataset: "scannet", room_size: 20.5, room_center: [0.5, 1, 1.2], object_counts: { chair: 1 } },
    object_bboxes: { chair: [vlmBox(0)] },
  },
};

function vlmBox(x: number) {
  const { min, max, ...box } = metaBox(x);
  return { ...box, min_corner: min, max_corner: max, instance_id: 3 };
}

/** ReVSI's form. */
const REVSI = [
  {
    dataset: "scannet",
    scene_id: "scene0011_00",
    objects: [
      {
        id: 0,
        name: "chair",
        obb: {
          center: [0, 0, 1],
          extent: [1, 2, 1],
          rotation: [
            [0, -1, 0],
            [1, 0, 0],
            [0, 0, 1],
          ],
        },
      },
    ],
    scene_area_2d_polygon: [
      [0, 0],
      [4, 0],
      [4, 5],
      [0, 5],
    ],
    scene_area_type: "all_room",
  },
];

function metaBox(x: number) {
  const normalizedAxes = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  return {
    centroid: [x, 1, 0.5],
    axesLengths: [1, 0.5, 1],
    normalizedAxes,
    min: [x - 0.5, 0.75, 0],
    max: [x + 0.5, 1.25, 1],
  };
}

/** Readers of scene facts and published facts. */
export function factsReaders({ dataset }: Inputs): Reader[] {
  const scenes = readdirSync(join(dataset, "scenes")).map((name) => {
    const facts = JSON.parse(readFileSync(join(dataset, "scenes", name), "utf8")) as SceneFacts;
    // Eight objects: all kinds of questions, in a hundredth of the time.
    const objects = facts.objects.filter(({ excluded }) => excluded === null).slice(0, 8);
    const ids = new Set(objects.map(({ id }) => id));
    const camera = facts.camera && {
      ...facts.camera,
      frames: facts.camera.frames.map((frame) => ({
        ...frame,
        visible: frame.visible.filter(({ object_id }) => ids.has(object_id)),
      })),
      first_seen: facts.camera.first_seen?.filter(({ object_id }) => ids.has(object_id)) ?? null,
    };
    return { ...facts, objects, camera };
  });
  const queries: Query[] = scenes.flatMap(({ objects }) => {
    const [a = "a", b = "b", c = "c"] = [...new Set(objects.map(({ category }) => category))];
    return [
      { question_type: "object_counting", category: a },
      { question_type: "object_size_estimation", category: b },
      { question_type: "room_size_estimation" },
      { question_type: "object_abs_distance", objects: [a, b] },
      { question_type: "object_rel_distance", category: a, choices: [b, c] },
      { question_type: "object_rel_direction_hard", positioning: a, orienting: b, querying: c },
      { question_type: "object_counting", category: a, others: [b] },
      { question_type: "object_rel_distance", category: a, choices: [b, c], which: "farthest" },
      { question_type: "object_rel_direction_easy", positioning: a, orienting: b, querying: c, facing: "opposite" },
      { question_type: "obj_appearance_order", choices: [a, b, c] },
      {
        ...{ question_type: "route_planning", start: a, facing: b, destination: c },
        actions: [{ action: "forward", until: b }, { action: "turn" }, { action: "forward", until: c }],
      },
    ] as Query[];
  });
  return [
    { name: "published facts", share: 10, run: (random) => factsFromMetaInfo(mutateJson(META_INFO, random)) },
    {
      name: "published facts, other forms",
      share: 6,
      run: (random) => factsFromMetaInfo(mutateJson(random.pick<unknown>([VLM_3R, REVSI]), random)),
    },
    {
      name: "scene facts, questions",
      share: 6,
      run: (random) => {
        const facts = mutateJson(random.pick(scenes), random) as SceneFacts;
        const protocol = random.pick(["vsi-100k", "vsi-bench"] as const);
        const maxPerScene = { route_planning: 1, object_rel_direction_hard: 2, object_rel_distance: 2 };
        const rules = random.pick(RULES_NAMES);
        generateQuestions(facts, protocol === "vsi-bench" ? { protocol, maxPerScene, rules } : { protocol, rules });
      },
    },
    {
      name: "scene facts, query",
      share: 8,
      run: (random) => {
        const isFacts = random.chance(0.6);
        const facts = random.pick(scenes);
        const query = random.pick(queries);
        const options = random.chance(0.2) ? mutateJson({ labels: "raw", distance: "box" }, random) : {};
        answerQuery(
          (isFacts ? mutateJson(facts, random) : facts) as SceneFacts,
          (isFacts ? query : mutateJson(query, random)) as Query,
          options as object,
        );
      },
    },
    {
      name: "query to text",
      share: 2,
      run: (random) => {
        const query = mutateJson(random.pick(queries), random) as Query;
        const wording = random.pick<unknown>([...WORDING_NAMES, ...WORDING_NAMES, mutateText("revsi", random)]);
        phraseQuery(query, wording as WordingName);
      },
    },
    {
      name: "scene schema",
      share: 6,
      run: (random) => validateScene(mutateJson(random.pick(scenes), random), { file: "scene.json" }),
    },
  ];
}
