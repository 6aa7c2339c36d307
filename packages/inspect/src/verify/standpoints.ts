import type { AxisAlignedBox, OrientedBox, SceneFacts, SceneObject } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { ProtocolRules } from "@vsi/questions";

type StandpointRules = NonNullable<ProtocolRules["relativeDirection"]["standpoints"]>;

type FloorPoint = readonly [x: number, y: number];

/** Directions in which the outline's farthest points are found: the polygon keeps within a tenth of a millimetre of its arcs. */
const DIRECTIONS = 360;

/** Radians to either side of where the outline faces straight out of a side of the box: both ends of that side. */
const BESIDE = 1e-9;

/** Places looked at on the way round an object: one every few centimetres. */
const PLACES = 240;

/** Places that the generator looks at, at equal ways. */
const GENERATOR_PLACES = 16;

/** Metres: facts are rounded to a thousandth of it. */
const SLACK_M = 1e-5;

/**
 * Checks that somebody can stand by an object, and that the answer is the same on enough of the way round it: its box and
 * its axis-aligned box from above, grown by the standoff. Written a second time on purpose, by another construction of the
 * outline and by 15 times as many places: verify must not repeat the generator's mistakes.
 *
 * The generator's 16 places let 3 disagree around the one box and 4 around the other. What disagrees in one stretch is then
 * shorter than 4 or 5 sixteenths of the way; several stretches may each be up to a sixteenth longer than the places in them tell, and are granted it.
 *
 * @param gives whether somebody who stands there would give the answer.
 * @param refuse reports what a rule does not allow.
 */
export function checkStandpoints(
  { id, box, aabb }: SceneObject,
  { objects }: Pick<SceneFacts, "objects">,
  { standoff_m, leastAgreeing, leastAgreeingAligned, highest_m }: StandpointRules,
  gives: (place: FloorPoint) => boolean,
  refuse: (what: string, rule: string) => void,
): void {
  const over_m = aabb.min[2] - Math.min(...objects.map((object) => object.aabb.min[2]));
  if (over_m > highest_m + SLACK_M) {
    refuse(`standing by id ${id}, ${over_m} m over the floor`, `at most ${highest_m} m`);
  }
  for (const [around, least] of [
    [box, leastAgreeing],
    [alignedBox(aabb), leastAgreeingAligned],
  ] as const) {
    const { share, stretches } = disagreeingAround(around, standoff_m, gives);
    const disagreeing = Math.floor((1 - least) * GENERATOR_PLACES);
    const most = (disagreeing + Math.max(1, stretches)) / GENERATOR_PLACES;
    // A stretch's ends are known to within one place.
    if (share <= most + (2 * stretches) / PLACES) continue;
    const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
    refuse(`another answer on ${percent(share)} of the way round id ${id}`, `at most ${percent(most)}`);
  }
}

function alignedBox({ min, max }: AxisAlignedBox): OrientedBox {
  return {
    center: [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2],
    size: [max[0] - min[0], max[1] - min[1], max[2] - min[2]],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
}

/** How much of the way round an object gives another answer, from 0 to 1, in how many connected stretches. */
function disagreeingAround(
  box: OrientedBox,
  standoff_m: number,
  gives: (place: FloorPoint) => boolean,
): { share: number; stretches: number } {
  const disagrees = placesAround(box, standoff_m).map((place) => !gives(place));
  const starts = disagrees.filter((is, index) => is && !at(disagrees, (index + PLACES - 1) % PLACES));
  return { share: disagrees.filter(Boolean).length / PLACES, stretches: starts.length };
}

/** Computed once per box and standoff: questions stand by the same objects over and over. */
const known = new WeakMap<OrientedBox, { standoff_m: number; places: FloorPoint[] }>();

function placesAround(box: OrientedBox, standoff_m: number): FloorPoint[] {
  const before = known.get(box);
  if (before?.standoff_m === standoff_m) return before.places;
  const places = walkAround(box, standoff_m);
  known.set(box, { standoff_m, places });
  return places;
}

/** At equal ways round the object, metres. */
function walkAround(box: OrientedBox, standoff_m: number): FloorPoint[] {
  const bends = directionsOut(box).map((direction) => farthest(box, standoff_m, direction));
  const count = bends.length;
  const ways_m = [0];
  for (const [index, from] of bends.entries()) {
    const to = at(bends, (index + 1) % count);
    ways_m.push(at(ways_m, index) + Math.hypot(to[0] - from[0], to[1] - from[1]));
  }
  let bend = 0;
  return Array.from({ length: PLACES }, (_, place): FloorPoint => {
    const way_m = (at(ways_m, count) * place) / PLACES;
    while (bend < count - 1 && at(ways_m, bend + 1) <= way_m) bend += 1;
    const [from, to] = [at(bends, bend), at(bends, (bend + 1) % count)];
    const length_m = at(ways_m, bend + 1) - at(ways_m, bend);
    const share = length_m === 0 ? 0 : (way_m - at(ways_m, bend)) / length_m;
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  });
}

/** In ascending order, radians from 0 to under a whole turn. */
function directionsOut({ axes }: OrientedBox): number[] {
  const turn = 2 * Math.PI;
  const even = Array.from({ length: DIRECTIONS }, (_, index) => (turn * index) / DIRECTIONS);
  const sides = axes.flatMap(([x, y]) => {
    const out = Math.atan2(x, -y);
    return [out, out + Math.PI].flatMap((direction) => [direction - BESIDE, direction + BESIDE]);
  });
  return [...even, ...sides.map((direction) => (direction + turn) % turn)].sort((one, other) => one - other);
}

/** The point of the outline that lies farthest in a direction: the box's farthest corner and, beyond it, the standoff. */
function farthest({ center, size, axes }: OrientedBox, standoff_m: number, direction: number): FloorPoint {
  const out: FloorPoint = [Math.cos(direction), Math.sin(direction)];
  const along = (axis: 0 | 1): number =>
    ([0, 1, 2] as const).reduce<number>(
      (sum, side) => {
        const [x, y] = axes[side];
        return sum + (Math.sign(x * out[0] + y * out[1]) * size[side] * axes[side][axis]) / 2;
      },
      center[axis] + standoff_m * out[axis],
    );
  return [along(0), along(1)];
}
