// Questions from boxes that you have already, from another dataset or your own annotation: no mesh, no ScanNet.
//
//   node examples/facts-from-own-boxes.js
import { validateScene } from "@vsi/dataset/validate";
import { axisAlignedBox } from "@vsi/geometry";
import { generateQuestions } from "@vsi/questions";

/** Metres, axis-aligned with the room, +Z up; `yaw` turns a box about the vertical, in radians. */
const BOXES = [
  { label: "bed", center: [1.2, 2.4, 0.3], size: [2.0, 1.6, 0.6], yaw: 0 },
  { label: "desk", center: [4.2, 0.5, 0.4], size: [1.4, 0.7, 0.8], yaw: 0.1 },
  { label: "wardrobe", center: [4.6, 3.1, 1.0], size: [1.2, 0.6, 2.0], yaw: 1.5 },
  { label: "lamp", center: [0.4, 0.65, 0.8], size: [0.3, 0.3, 1.6], yaw: 0 },
  { label: "chair", center: [3.2, 1.2, 0.45], size: [0.5, 0.5, 0.9], yaw: 0.4 },
  { label: "chair", center: [2.4, 0.5, 0.45], size: [0.5, 0.5, 0.9], yaw: 0.9 },
];

/** One of the boxes as SceneFacts have it: `axes[i]` is the direction of `size[i]`. */
function sceneObject({ label, center, size, yaw }, index) {
  const axes = [
    [Math.cos(yaw), Math.sin(yaw), 0],
    [-Math.sin(yaw), Math.cos(yaw), 0],
    [0, 0, 1],
  ];
  const corners = [];
  for (const a of [-0.5, 0.5]) {
    for (const b of [-0.5, 0.5]) {
      for (const c of [-0.5, 0.5]) {
        const [x, y, z] = [a * size[0], b * size[1], c * size[2]];
        for (const axis of [0, 1, 2])
          corners.push(center[axis] + x * axes[0][axis] + y * axes[1][axis] + z * axes[2][axis]);
      }
    }
  }
  return {
    id: index + 1,
    label,
    // The name that synonyms share; here the labels are clean already.
    category: label,
    excluded: null,
    // Null where there is no mesh: how many vertices an object has, and how large its core is.
    points: null,
    core_size: null,
    centroid: center,
    box: { center, size, axes },
    aabb: axisAlignedBox(corners),
  };
}

const facts = {
  schema: "vsi-scene/1",
  dataset: "my-rooms",
  scene_name: "bedroom-1",
  // 5.2 m by 3.8 m. Without an outline or a grid of free floor no routes are asked.
  room: { area_m2: 5.2 * 3.8, center: [2.6, 1.9, 1.25], outline: null, walkable: null },
  objects: BOXES.map(sceneObject),
  counts: null,
  surface_distances: null,
  camera: null,
};

// Says which field is wrong, should one be.
validateScene(facts, { file: "my boxes" });

const { questions, rejects } = generateQuestions(facts, { protocol: "vsi-bench", distance: "box", seed: 1 });
for (const { question_type, question, ground_truth } of questions)
  console.log(`${question_type}: ${question} ${ground_truth}`);
console.log(`${questions.length} questions, ${rejects.length} candidates refused`);
