import type { SceneObject } from "@vsi/geometry";
import { balancedSequence } from "../random/balancedSequence.ts";
import { combinationCount, combinationOfRank } from "../random/combinations.ts";
import { placedAmong } from "../random/placedAmong.ts";
import { signedAngle } from "../scene/floorPlane.ts";
import {
  DIRECTION_SECTORS,
  type DirectionSectors,
  type DirectionType,
  edgeMargin,
  sectorWord,
  sectorWords,
} from "./directionSectors.ts";
import { centroidsOf, refuseStraddling, refuseTriple, type Triple } from "./refuseTriple.ts";
import type { Answer, Task } from "./task.ts";

/**
 * Standing by one object and facing another, in which sector is a third: triples of one-instance labels.
 * A triple and the one with orienting and querying exchanged are mirror images: distances and margin stay, left
 * becomes right. They count as one candidate, and which of the two is asked is chosen so that all answers are equally
 * often right: few objects stand behind somebody who faces another, and a model that never says "back" would gain by it.
 * A candidate that gives another answer than the one whose turn it is stays undrawn. Where answers are listed, the right
 * one stands equally often at each place.
 */
export function objectRelDirection(type: DirectionType): Task {
  const sectors = DIRECTION_SECTORS[type];
  return {
    type,
    order: "sample",
    candidates({ scene, protocol, random }) {
      const { singles } = scene;
      const pairsEach = combinationCount(singles.length - 1, 2);
      const words = sectorWords(sectors);
      const answers = balancedSequence(words, random("sides"));
      const places = balancedSequence([...words.keys()], random("places"));
      const otherWords = random("words");
      let wanted = answers.next().value;

      return {
        count: singles.length * pairsEach,
        ask(index) {
          const drawn = tripleOfRank(singles, index, pairsEach);
          const refusal = refuseTriple(drawn, sectors, protocol.relativeDirection);
          if (refusal) {
            return { draft: null, refusals: [refusal] };
          }
          const asked = [drawn, mirrorOf(drawn)].find((triple) => wordOf(triple, sectors) === wanted);
          if (asked === undefined) {
            return { draft: null, refusals: [] };
          }
          const straddling = refuseStraddling(asked, sectors, protocol.relativeDirection);
          if (straddling) {
            return { draft: null, refusals: [straddling] };
          }
          // Only questions that are asked count, or refusals could leave one answer ahead.
          wanted = answers.next().value;
          const answer = relDirectionAnswer(asked, sectors);
          const wrong = words.filter((word) => word !== answer.ground_truth);
          const [positioning, orienting, querying] = asked;
          const draft = {
            words: { positioning: positioning.label, orienting: orienting.label, querying: querying.label },
            choices: placedAmong(answer.ground_truth, wrong, places.next().value, otherWords),
            ...answer,
          };
          return { draft, refusals: [] };
        },
      };
    },
  };
}

function tripleOfRank(singles: readonly SceneObject[], rank: number, pairsEach: number): Triple {
  const positioning = singles[Math.floor(rank / pairsEach)]!;
  const others = singles.filter((object) => object !== positioning);
  const [orienting, querying] = combinationOfRank(rank % pairsEach, 2);
  return [positioning, others[orienting!]!, others[querying!]!];
}

function mirrorOf([positioning, orienting, querying]: Triple): Triple {
  return [positioning, querying, orienting];
}

function wordOf(triple: Triple, sectors: DirectionSectors): string {
  return sectorWord(signedAngle(...centroidsOf(triple)), sectors);
}

/**
 * The word of the sector in which the third object's centroid lies, seen from the first and facing the second; the
 * margin is the way to the nearest edge at which it becomes another, in degrees. Objects in one place have no direction:
 * the caller keeps them away.
 */
export function relDirectionAnswer(triple: Triple, sectors: DirectionSectors): Answer {
  const angle = signedAngle(...centroidsOf(triple));
  return {
    ground_truth: sectorWord(angle, sectors),
    evidence: {
      object_ids: triple.map((object) => object.id),
      value: angle,
      unit: "degree",
      margin: edgeMargin(angle, sectors),
    },
  };
}
