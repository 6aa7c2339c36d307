import type { SceneFacts } from "@vsi/geometry";
import { testStream } from "@vsi/testing/stream";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { factsWith, objectAt } from "./facts.ts";

/**
 * Where things usually stand in a room of 7 m by 6 m, metres: on which side of what something is can be learnt from other
 * rooms. No label is another's in the careful rules' eyes.
 */
const USUAL_PLACES = {
  bed: [1, 1],
  pillow: [1.6, 0.8],
  nightstand: [0.5, 2],
  guitar: [2.5, 2.2],
  piano: [4, 3],
  desk: [5.2, 5],
  monitor: [5.6, 5.4],
  keyboard: [4.8, 4.6],
  toilet: [6.3, 0.8],
  sink: [5.6, 1.4],
  refrigerator: [1, 5.2],
  oven: [1.7, 5],
} as const satisfies Record<string, readonly [number, number]>;

/** How far things stand from where they usually do, along each axis: a standard deviation of 1.7 m. */
const SPREAD_M = 1.7;

/** Each of these stands beside another thing, always: of four things, a pillow is the nearest to a bed wherever it is one. */
const BESIDE = { pillow: "bed", keyboard: "desk", sink: "toilet" } as const;

type Stream = ReturnType<typeof testStream>;

/** Rooms with a planted arrangement, of ids from scene9000_00 on; the same for the same `seed`. */
export function arrangedRooms(count: number, seed = 0): SceneFacts[] {
  return rooms(count, seed, (stream) =>
    Object.entries(USUAL_PLACES).map(([label, [x, y]]) => [
      label,
      x + SPREAD_M * normal(stream),
      y + SPREAD_M * normal(stream),
    ]),
  );
}

/** Rooms in which things stand anywhere, but for a few pairs that always stand together. */
export function pairedRooms(count: number, seed = 0): SceneFacts[] {
  return rooms(count, seed, (stream) => {
    const places = new Map(
      Object.keys(USUAL_PLACES).map((label) => [
        label,
        [7 * uniformFloat64(stream), 6 * uniformFloat64(stream)] as const,
      ]),
    );
    return [...places].map(([label, place]) => {
      const [x, y] = places.get((BESIDE as Record<string, string>)[label] ?? "") ?? place;
      return [label, x === place[0] ? x : x + 0.3 + 0.1 * uniformFloat64(stream), y];
    });
  });
}

function rooms(count: number, seed: number, placed: (stream: Stream) => [label: string, x: number, y: number][]) {
  return Array.from({ length: count }, (_, room) => {
    const objects = placed(testStream(1000 * seed + room)).map(([label, x, y], id) =>
      objectAt(id, label, [x, y, 0.4], [0.1, 0.1, 0.1]),
    );
    return factsWith(objects, { scene_name: `scene${9000 + room}_00` });
  });
}

/** Sum of twelve even draws: nearly normal, and the same on every machine. */
function normal(stream: Stream): number {
  return Array.from({ length: 12 }, () => uniformFloat64(stream)).reduce((sum, draw) => sum + draw, -6);
}
