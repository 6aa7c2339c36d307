import { at, balancedSequence, type Marks, placedAmong } from "@vsi/dataset/internal";
import type { Vec3 } from "@vsi/geometry";
import displacementWording from "@vsi/question-templates/vsi-bench/camera_displacement.json" with { type: "json" };
import movementDirectionWording from "@vsi/question-templates/vsi-bench/camera_movement_direction.json" with {
  type: "json",
};
import { combinationCount, combinationOfRank } from "../combinations.ts";
import type { Stream, StreamFrame } from "../scene/stream.ts";
import { roundAnswer } from "../wording.ts";
import { refuseCameraDistance, STREAM_RULES, streamTask } from "./cameraRules.ts";
import { cameraPoint, gazeOf, NO_MARKS, planLine, planPoint } from "./marks.ts";
import { traceDistance } from "./measures.ts";
import type { MarkedQuestion, QuestionTypeModule, Refusal } from "./questionType.ts";

/** The directions of a camera, in pairs along its axes: to its right, down and forward, and against them. */
const DIRECTIONS = [
  ["right", "left"],
  ["down", "up"],
  ["forward", "backward"],
] as const;

/** In the order that the question names them. */
export const MOVEMENT_WORDS = ["right", "left", "up", "down", "forward", "backward"] as const;

/**
 * The straight line between the camera's positions in two sampled frames, in metres, one decimal: pairs of frames.
 * Refused where the two are hardly apart or too far (see refuseCameraDistance).
 */
export const cameraDisplacement: QuestionTypeModule = {
  ...streamTask("camera_displacement", ({ stream }) => ({
    count: combinationCount(stream.frames.length, 2),
    ask(index) {
      const { first, second, distance_m, words } = framePairOfRank(index, stream);
      const refusal = refuseCameraDistance(distance_m, [], `The camera's places in ${first.name} and ${second.name}`);
      if (refusal) {
        return { draft: null, refusals: [refusal] };
      }
      const draft = {
        words,
        ground_truth: roundAnswer(distance_m, 1),
        evidence: { object_ids: [], value: distance_m, unit: "m" as const, margin: null },
        frames: [first.name, second.name],
      };
      return { draft, refusals: [] };
    },
  })),
  templates: { "vsi-bench": displacementWording.template },
  query: null,
  describe: ({ frames, value }) => `between the camera's positions in ${frames.join(" and ")}: ${value}`,
  marks: ({ frames, question }) => movementMarks(frames, `${question.ground_truth} m`),
  trace: traceDistance,
};

/**
 * Where the camera mainly moved from one sampled frame to a later one, in its own axes in the first: pairs of frames.
 * Refused where it moved no more than a metre ("camera-moved-too-little"), or where another direction is nearly the
 * main one ("direction-unclear"). The right answer stands equally often at each of the six places.
 */
export const cameraMovementDirection: QuestionTypeModule = {
  ...streamTask("camera_movement_direction", ({ stream, random }) => {
    const places = balancedSequence(random("places"), [...MOVEMENT_WORDS.keys()]);
    const otherWords = random("words");
    return {
      count: combinationCount(stream.frames.length, 2),
      ask(index) {
        const pair = framePairOfRank(index, stream);
        if (pair.distance_m <= STREAM_RULES.smallestMovement_m) {
          return { draft: null, refusals: [refuseShort(pair)] };
        }
        const direction = movementDirection(pair.movement, pair.first.axes);
        if (direction.margin < STREAM_RULES.smallestMargin_degree) {
          return { draft: null, refusals: [refuseUnclear(pair, direction)] };
        }
        const { word, angle, margin } = direction;
        const wrong = MOVEMENT_WORDS.filter((other) => other !== word);
        const draft = {
          words: pair.words,
          choices: placedAmong(otherWords, word, wrong, places.next().value),
          ground_truth: word,
          evidence: { object_ids: [], value: angle, unit: "degree" as const, margin },
          frames: [pair.first.name, pair.second.name],
        };
        return { draft, refusals: [] };
      },
    };
  }),
  templates: { "vsi-bench": movementDirectionWording.template },
  query: null,
  describe: ({ frames, value, margin, ground_truth }) =>
    `from ${frames.join(" to ")} the camera moved at ${value} to its own "${ground_truth}"${margin}`,
  marks: ({ frames, question }) => movementMarks(frames, question.ground_truth),
  trace: () => null,
};

function refuseShort({ first, second, distance_m }: FramePair): Refusal {
  const limit = STREAM_RULES.smallestMovement_m;
  return {
    code: "camera-moved-too-little",
    message: `From ${first.name} to ${second.name} the camera moved no more than ${limit} m.`,
    object_ids: [],
    value: distance_m,
    limit,
    unit: "m",
  };
}

function refuseUnclear({ first, second }: FramePair, { word, margin }: MovementDirection): Refusal {
  const limit = STREAM_RULES.smallestMargin_degree;
  return {
    code: "direction-unclear",
    message: `From ${first.name} to ${second.name} the camera moved ${word}, but within ${limit} degrees of another direction.`,
    object_ids: [],
    value: margin,
    limit,
    unit: "degree",
  };
}

/** Where a camera mainly moved, as it saw it before. */
export interface MovementDirection {
  word: (typeof MOVEMENT_WORDS)[number];
  /** Degrees between the movement and the direction that `word` names, 0 to 54.7 (the diagonal of a cube). */
  angle: number;
  /** Degrees from the movement to the nearest plane at which another direction becomes the main one. */
  margin: number;
}

/**
 * The direction with the largest part of a movement; of equal parts the first of right/left, down/up, forward/backward.
 *
 * @param movement metres, in the frame of the camera's pose (axis-aligned, +Z up); must have a length.
 * @param axes of the camera in which the movement is told.
 */
export function movementDirection(movement: Vec3, axes: StreamFrame["axes"]): MovementDirection {
  const length = Math.hypot(...movement);
  const parts = axes
    .map((axis, index) => {
      const along = (movement[0] * axis[0] + movement[1] * axis[1] + movement[2] * axis[2]) / length;
      return { along, size: Math.abs(along), words: at(DIRECTIONS, index) };
    })
    .sort((one, other) => other.size - one.size);
  const [main, next] = [at(parts, 0), at(parts, 1)];
  return {
    word: main.words[main.along > 0 ? 0 : 1],
    // A pose is a rotation only to some digits: a part can exceed the whole by their noise.
    angle: degrees(Math.acos(Math.min(1, main.size))),
    margin: degrees(Math.asin(Math.min(1, (main.size - next.size) / Math.SQRT2))),
  };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

/** Two sampled frames, the earlier first. */
export interface FramePair {
  first: StreamFrame;
  second: StreamFrame;
  /** From the first camera's position to the second's: metres, axis-aligned, +Z up. */
  movement: Vec3;
  /** The straight line between the two, metres. */
  distance_m: number;
  /** As the templates name them: {first: "3", second: "17", count: "32"}. */
  words: { first: string; second: string; count: string };
}

/** Pair `rank` of the frames, 0 to combinationCount(frames, 2) - 1. */
export function framePairOfRank(rank: number, { frames }: Stream): FramePair {
  const pair = combinationOfRank(rank, 2);
  const first = at(frames, at(pair, 0));
  const second = at(frames, at(pair, 1));
  const [x, y, z] = first.position;
  const movement: Vec3 = [second.position[0] - x, second.position[1] - y, second.position[2] - z];
  return {
    first,
    second,
    movement,
    distance_m: Math.hypot(...movement),
    words: { first: String(first.number), second: String(second.number), count: String(frames.length) },
  };
}

/** The way from the first of two frames to the second, and where the first looked. */
export function movementMarks([from, to]: MarkedQuestion["frames"], label: string): Marks {
  if (!from || !to) {
    return NO_MARKS;
  }
  const moved = planLine(planPoint(from.position), planPoint(to.position), label, { isArrow: true });
  return { lines: [gazeOf(from), moved], points: [from, to].map(cameraPoint) };
}
