import type { Manifest, Question, Reject } from "../../src/records.ts";
export const openQuestion: Question = {
  schema: "vsi-question/1",
  id: "0123456789abcdef",
  dataset: "scannet",
  scene_name: "scene0000_00",
  question_type: "object_rel_direction_easy",
  question: "Is the sink to the left or the right of the bed?",
  ground_truth: "left",
  options: null,
  mc_answer: null,
  protocol: "vsi-100k",
  frames: [],
  evidence: { object_ids: [1, 2, 3], value: 72.5, unit: "degree", margin: 72.5, route: null, frames: null },
};

export const choiceQuestion: Question = {
  ...openQuestion,
  options: ["A. left", "B. right"],
  mc_answer: "A",
  frames: ["000001.jpg"],
  evidence: { ...openQuestion.evidence, frames: ["000001.jpg"] },
};

export const scanReject: Reject = {
  schema: "vsi-reject/1",
  dataset: "scannet",
  scene_name: "scene0001_00",
  question_type: null,
  code: "ply-truncated",
  message: "The mesh ends early.",
  object_ids: [],
  value: null,
  limit: null,
  unit: null,
};

export const candidateReject: Reject = {
  ...scanReject,
  question_type: "object_rel_distance",
  code: "nearest-too-close",
  object_ids: [1, 2, 3, 4, 5],
  value: 0.08,
  limit: 0.15,
  unit: "m",
};

export const manifest: Manifest = {
  schema: "vsi-manifest/1",
  name: "vsi-100k",
  protocol: "vsi-100k",
  seed: 0,
  settings: { types: ["object_counting"], boxes: "gravity" },
  versions: { "@vsi/geometry": "0.1.0" },
  inputs: { scans_read: 2, scans_skipped: { "ply-truncated": 1 } },
  counts: {
    questions: { train: { object_counting: 3 }, validation: {} },
    rejects: { "ply-truncated": 1 },
    not_drawn: { object_rel_direction_easy: 100 },
  },
};

/** The shape of @vsi/geometry's SceneFacts, which this package does not know; @vsi/questions' tests compare the two. */
export const scene = {
  schema: "vsi-scene/1",
  dataset: "scannet",
  scene_name: "scene0000_00",
  room: {
    area_m2: 12.5,
    center: [0, 0, 1],
    outline: [
      [
        [0, 0],
        [5, 0],
        [5, 2.5],
      ],
    ],
    walkable: { origin: [-0.5, 0], cell_m: 0.05, columns: 3, rows: 2, cells: "3 2 1" },
  },
  objects: [
    {
      id: 0,
      label: "kitchen cabinets",
      category: "kitchen cabinet",
      excluded: null,
      points: 12,
      centroid: [1, 1, 1],
      box: {
        center: [1, 1, 1],
        size: [1, 2, 0],
        axes: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      aabb: { min: [0, 0, 1], max: [1, 2, 1] },
    },
  ],
  counts: null,
  surface_distances: [{ a: 0, b: 1, distance_m: 0.5 }],
  camera: null,
};
