import { balancedSequence } from "../random/balancedSequence.ts";
import { combinationCount } from "../random/combinations.ts";
import { placedAmong } from "../random/placedAmong.ts";
import { type FramePair, framePairOfRank } from "./framePair.ts";
import { MOVEMENT_WORDS, type MovementDirection, movementDirection } from "./movementDirection.ts";
import { STREAM_RULES } from "./streamRules.ts";
import { streamTask } from "./streamTask.ts";
import type { Refusal } from "./task.ts";

/**
 * Where the camera mainly moved from one sampled frame to a later one, in its own axes in the first: pairs of frames.
 * Refused where it moved no more than a metre ("camera-moved-too-little"), or where another direction is nearly the main
 * one ("direction-unclear"). The right answer stands equally often at each of the six places.
 */
export const cameraMovementDirection = streamTask("camera_movement_direction", ({ stream, random }) => {
  const places = balancedSequence([...MOVEMENT_WORDS.keys()], random("places"));
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
        choices: placedAmong(word, wrong, places.next().value, otherWords),
        ground_truth: word,
        evidence: { object_ids: [], value: angle, unit: "degree" as const, margin },
        frames: [pair.first.name, pair.second.name],
      };
      return { draft, refusals: [] };
    },
  };
});

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
