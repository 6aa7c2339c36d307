import type { SceneObject, Vec3 } from "@vsi/dataset";
import {
  DIRECTION_SECTORS,
  type DirectionSectors,
  sectorWord,
  signedAngle,
  TURN_SECTORS,
} from "@vsi/questions/internal";
import { atHeight, type DrawInput, type Drawing, type DrawnSector, drawingOf, lengthOf, segment } from "./drawing.ts";

/** Metres: sectors reach as far as the objects that they are about, but not through the whole house. */
const LARGEST_RADIUS = 2.5;
const SMALLEST_RADIUS = 0.8;

/** Metres that the arc of a route's turn reaches. */
const TURN_RADIUS = 0.45;

/** Metres over the floor at which flat things are drawn, so that the floor does not cover them. */
const OVER_FLOOR = 0.03;

/** The standpoint, where somebody faces, the sectors around them, and where the third object is. */
export function drawDirection({ asked, question, room }: DrawInput): Drawing {
  const [positioning, orienting, querying] = asked;
  const sectors = (DIRECTION_SECTORS as Readonly<Record<string, DirectionSectors>>)[question.question_type];
  if (!positioning || !orienting || !querying || !sectors) return drawingOf({});
  const height = room.floor_m + OVER_FLOOR;
  const [stand, faced, wanted] = [positioning, orienting, querying].map(({ centroid }) =>
    atHeight(centroid, height),
  ) as [Vec3, Vec3, Vec3];
  const reach = Math.max(lengthOf(stand, faced), lengthOf(stand, wanted));
  const angle = signedAngle(stand, faced, wanted);
  const ahead = Math.atan2(faced[1] - stand[1], faced[0] - stand[0]);
  const word = sectorWord(angle, sectors);
  return drawingOf({
    objects: [
      { id: positioning.id, emphasis: "asked", label: `stand by: ${room.nameOf(positioning)}` },
      { id: orienting.id, emphasis: "compared", label: `face: ${room.nameOf(orienting)}` },
      { id: querying.id, emphasis: "answer", label: room.nameOf(querying) },
    ],
    segments: [
      segment(stand, faced, "compared", { isArrow: true, label: "facing" }),
      segment(stand, wanted, "answer", { isArrow: true, label: `${Math.abs(angle).toFixed(0)}°` }),
      ...[positioning, orienting, querying].map((object) => dropLine(object, height)),
    ],
    points: [{ at: stand, emphasis: "asked", label: "" }],
    sectors: sectorsAround(
      stand,
      ahead,
      sectors,
      word,
      Math.min(LARGEST_RADIUS, Math.max(SMALLEST_RADIUS, 0.9 * reach)),
    ),
  });
}

/** From an object down to the floor, where directions are measured. */
function dropLine({ centroid }: SceneObject, height: number) {
  return segment(centroid, atHeight(centroid, height), "helper");
}

/** Each word's part of the disc; a word that holds on both sides has one part. */
function sectorsAround(
  center: Vec3,
  ahead: number,
  bands: DirectionSectors,
  answer: string,
  radius_m: number,
): DrawnSector[] {
  const drawn: DrawnSector[] = [];
  const add = (from: number, to: number, label: string) =>
    drawn.push({
      center,
      start: ahead + (from * Math.PI) / 180,
      end: ahead + (to * Math.PI) / 180,
      radius_m,
      label,
      isAnswer: label === answer,
    });
  let from = 0;
  for (const { until, left, right } of bands) {
    if (left !== right) {
      add(from, until, left);
      add(-until, -from, right);
    } else if (from === 0) {
      add(-until, until, left);
    } else {
      add(from, until, left);
      // Two bands of one word that meet straight behind are one sector.
      const last = drawn.at(-1);
      if (last && until === 180) last.end = ahead + ((360 - from) * Math.PI) / 180;
      else add(-until, -from, right);
    }
    from = until;
  }
  return drawn;
}

/** The planned way over the floor, leg by leg, and the turn at each stop. */
export function drawRoute({ asked, question, room }: DrawInput): Drawing {
  const height = room.floor_m + OVER_FLOOR;
  const stops = (question.evidence.route ?? []).map((point) => atHeight(point, height));
  const legs = stops.slice(1).flatMap((to, index) => {
    const from = stops[index];
    return from ? [segment(from, to, "answer", { isArrow: true, label: `${lengthOf(from, to).toFixed(1)} m` })] : [];
  });
  const last = asked.length - 1;
  return drawingOf({
    objects: asked.map((object, index) => ({
      id: object.id,
      emphasis: index === 0 ? "asked" : index === last ? "answer" : "compared",
      label: `${index === 0 ? "start" : index}: ${room.nameOf(object)}`,
    })),
    segments: legs,
    points: stops.slice(0, 1).map((at) => ({ at, emphasis: "asked", label: "" })),
    sectors: legs.slice(1).flatMap((leaving, index) => {
      const arriving = legs[index];
      return arriving ? [turnAt(arriving, leaving)] : [];
    }),
  });
}

function turnAt(arriving: { from: Vec3; to: Vec3 }, leaving: { to: Vec3 }): DrawnSector {
  const { from, to: center } = arriving;
  const ahead: Vec3 = [2 * center[0] - from[0], 2 * center[1] - from[1], center[2]];
  const angle = signedAngle(center, ahead, leaving.to);
  const straight = Math.atan2(center[1] - from[1], center[0] - from[0]);
  const turned = straight + (angle * Math.PI) / 180;
  return {
    center,
    start: Math.min(straight, turned),
    end: Math.max(straight, turned),
    radius_m: TURN_RADIUS,
    label: sectorWord(angle, TURN_SECTORS),
    isAnswer: true,
  };
}
