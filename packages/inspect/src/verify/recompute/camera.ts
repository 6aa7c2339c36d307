import type { Question, Vec3 } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { VerifiedScene } from "../../folder/scene.ts";
import { cameraDistanceOf, EvidenceError, frameCountText, framesOf, idsOf, onlyObjectOf } from "./evidence.ts";
import { type Recomputed, type RecomputeTypes, roundedText } from "./recomputed.ts";

/** What the camera did and saw. */
export const CAMERA = {
  camera_displacement: recomputeCameraDisplacement,
  camera_movement_direction: recomputeCameraMovement,
  camera_obj_abs_dist: recomputeCameraDistance,
} satisfies RecomputeTypes;

/** camera_displacement: metres between the camera's positions in two frames, one decimal. */
function recomputeCameraDisplacement({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const { frames, movement, words } = movementOf(evidence, scene);
  const value = Math.hypot(...movement);
  return { words, ground_truth: roundedText(value, 1), object_ids: [], value, unit: "m", margin: null, frames };
}

/** In the order in which the question names them. */
const MOVEMENTS = ["right", "left", "up", "down", "forward", "backward"] as const;

/**
 * camera_movement_direction: of the six directions along the camera's axes in the first frame, the one at the smallest
 * angle to the movement. The margin is the angle to the plane halfway to the next best, whose normal is the two
 * directions' difference.
 */
function recomputeCameraMovement({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const { frames, movement, words } = movementOf(evidence, scene);
  const length = Math.hypot(...movement);
  if (length === 0) throw new EvidenceError("a camera that did not move", "one that moved");
  const [right, down, forward] = frames[0].axes;
  const directions = { right, left: negated(right), up: negated(down), down, forward, backward: negated(forward) };
  const ranked = MOVEMENTS.map((word) => ({ word, share: dot(directions[word], movement) / length })).sort(
    (one, other) => other.share - one.share,
  );
  const best = at(ranked, 0);
  const next = at(ranked, 1);
  return {
    words,
    ground_truth: best.word,
    object_ids: [],
    value: degrees(Math.acos(Math.min(1, best.share))),
    unit: "degree",
    margin: degrees(Math.asin(Math.min(1, (best.share - next.share) / Math.SQRT2))),
    frames,
    choices: { texts: MOVEMENTS, count: MOVEMENTS.length, inOrder: false },
  };
}

/** camera_obj_abs_dist: metres from the camera in a frame to an object that the frame shows, one decimal. */
function recomputeCameraDistance({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const [frame] = framesOf(scene, evidence.frames, 1);
  const [id] = idsOf(evidence.object_ids, 1);
  const object = onlyObjectOf(scene, id);
  if (!frame.seen.has(object.id)) {
    throw new EvidenceError(`id ${object.id}, which ${frame.name} does not show`, "an object that the frame shows");
  }
  const value = cameraDistanceOf(frame, object);
  return {
    words: { category: scene.nameOf(object), frame: String(frame.number), count: frameCountText(scene) },
    ground_truth: roundedText(value, 1),
    object_ids: [object.id],
    value,
    unit: "m",
    margin: null,
    frames: [frame],
  };
}

function movementOf(evidence: Question["evidence"], scene: VerifiedScene) {
  const frames = framesOf(scene, evidence.frames, 2);
  const [first, second] = frames;
  if (first.number >= second.number) {
    throw new EvidenceError(`${first.name}, then ${second.name}`, "two frames, the earlier first");
  }
  const [x, y, z] = first.position;
  const [endX, endY, endZ] = second.position;
  const movement: Vec3 = [endX - x, endY - y, endZ - z];
  const words = { first: String(first.number), second: String(second.number), count: frameCountText(scene) };
  return { frames, movement, words };
}

function negated([x, y, z]: Vec3): Vec3 {
  return [-x, -y, -z];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
