import { at } from "@vsi/dataset/internal";
import type { SceneObject } from "@vsi/geometry";
import createGraph from "ngraph.graph";
import { aStar } from "ngraph.path";
import { remembered } from "../remembered.ts";
import { signedAngle } from "../scene/directions.ts";
import { cellAt, type FloorPoint, type FreeFloor, standingPoints } from "./freeFloor.ts";
import type { TurnShares } from "./turnShares.ts";
import { type Leg, turnBetween } from "./turns.ts";

/** How a protocol words routes, and which it asks about. */
export interface RouteRules {
  /** A leg, with a place for the object it ends at. */
  forward: string;
  /** What stands for a turn. */
  turn: string;
  /** Metres: the body keeps this far from everything on all of its way. */
  bodyRadius_m: number;
  /** Metres on the floor plane, from the body's middle to the box of the object one stands at. */
  reach_m: number;
  /** Metres; a shorter leg is no walk. */
  smallestLeg_m: number;
  /** Degrees between a leg and the direction from where it begins to the middle of the object it ends at. */
  largestAim_degree: number;
  /** Degrees that each turn must keep from 45 (where ahead ends) and 135 (where back begins). */
  smallestMargin_degree: number;
  /**
   * In a scene's routes, no turn may stand more than this many times more often than another. Of left and right alone
   * where turns back have a share of their own.
   */
  mostAhead: number;
  /** Shares that turns are to have over many scenes, also among routes' first turns; null for about equal ones. */
  shares: TurnShares | null;
  /** A route has from two to this many legs. */
  mostLegs: number;
}

/** Two objects between which there is a leg. */
export interface Departure {
  start: SceneObject;
  facing: SceneObject;
}

/** Finds routes in one scene. */
export interface RoutePlanner {
  /** What a route may begin with, in the order of the legs. */
  departures: readonly Departure[];
  /** Objects that a leg ends at. */
  destinations: readonly SceneObject[];
  /** The shortest way whose turns are all unambiguous; null when there is none. */
  plan(departure: Departure, destination: SceneObject): Leg[] | null;
}

/**
 * Plans over a graph whose nodes are legs and whose links are unambiguous turns from one leg into the next, so that the
 * shortest path has no other turn (ngraph.path's A*; without a heuristic it is Dijkstra's algorithm).
 */
export function routePlanner(legs: readonly Leg[], smallestMargin_degree: number): RoutePlanner {
  const graph = createGraph<Leg | null, number>();
  const departures = new Map<string, Departure>();
  const destinations = new Set<SceneObject>();
  const leaving = new Map<Leg["begin"], number[]>();
  for (const [index, leg] of legs.entries()) {
    const name = departureName(leg.from, leg.to);
    departures.set(name, { start: leg.from, facing: leg.to });
    destinations.add(leg.to);
    graph.addNode(index, leg);
    graph.addLink(name, index, leg.length_m);
    graph.addLink(index, destinationName(leg.to), 0);
    remembered(leaving, leg.begin, () => []).push(index);
  }
  for (const [index, leg] of legs.entries()) {
    for (const next of leaving.get(leg.end) ?? []) {
      const nextLeg = at(legs, next);
      if (turnBetween(leg, nextLeg, smallestMargin_degree)) {
        graph.addLink(index, next, nextLeg.length_m);
      }
    }
  }
  const finder = aStar(graph, { oriented: true, distance: (_from, _to, link) => link.data });
  return {
    departures: [...departures.values()],
    destinations: [...destinations],
    plan({ start, facing }, destination) {
      const found = finder.find(departureName(start, facing), destinationName(destination));
      // The finder names nodes from the path's end to its beginning.
      return found.length === 0 ? null : found.reverse().flatMap(({ data }) => data ?? []);
    },
  };
}

function departureName(start: SceneObject, facing: SceneObject): string {
  return `from ${start.id} to ${facing.id}`;
}

function destinationName(destination: SceneObject): string {
  return `at ${destination.id}`;
}

/**
 * Every leg between two objects: from each point at the first, straight to the point at the second that lies best on
 * the line to its middle, for "forward until the lamp" means walking at it.
 */
export function findLegs(
  objects: readonly SceneObject[],
  floor: FreeFloor,
  furniture: readonly SceneObject[],
  rules: RouteRules,
): Leg[] {
  const places = objects.map((object) => ({
    object,
    points: standingPoints(object, floor, furniture, rules.reach_m),
  }));
  return places.flatMap(({ object: from, points }) =>
    points.flatMap((begin) =>
      places
        .filter(({ object }) => object !== from)
        .flatMap(({ object: to, points: ends }) => bestLeg(from, begin, to, ends, floor, rules) ?? []),
    ),
  );
}

function bestLeg(
  from: SceneObject,
  begin: FloorPoint,
  to: SceneObject,
  ends: readonly FloorPoint[],
  floor: FreeFloor,
  rules: RouteRules,
): Leg | null {
  let best: { leg: Leg; aim: number } | null = null;
  for (const end of ends) {
    const length_m = Math.hypot(end[0] - begin[0], end[1] - begin[1]);
    const aim = Math.abs(signedAngle([...begin, 0], [...end, 0], to.centroid));
    const isBetter = length_m >= rules.smallestLeg_m && aim <= (best?.aim ?? rules.largestAim_degree);
    if (isBetter && isStraightWalk(floor, begin, end)) {
      best = { leg: { from, to, begin, end, length_m }, aim };
    }
  }
  return best?.leg ?? null;
}

/**
 * Whether the body's middle may be everywhere on the straight line between two points: every cell that the line passes
 * is standable (Amanatides and Woo, "A fast voxel traversal algorithm for ray tracing", 1987).
 */
export function isStraightWalk(floor: FreeFloor, from: FloorPoint, to: FloorPoint): boolean {
  let cell = cellAt(floor, from);
  const last = cellAt(floor, to);
  if (cell < 0 || last < 0) {
    return false;
  }
  const x = axisWalk(from[0] - floor.origin[0], to[0] - floor.origin[0], floor.cell_m);
  const y = axisWalk(from[1] - floor.origin[1], to[1] - floor.origin[1], floor.cell_m);
  let steps = x.steps + y.steps;
  while (floor.standable[cell] === 1 && steps > 0) {
    const alongX = x.next < y.next;
    cell += alongX ? x.direction : y.direction * floor.columns;
    if (alongX) {
      x.next += x.each;
    } else {
      y.next += y.each;
    }
    steps -= 1;
  }
  return steps === 0 && floor.standable[cell] === 1;
}

/**
 * Where on the line, as a share of its length, it first crosses into the next cell along one axis, and how often it
 * does.
 */
function axisWalk(from: number, to: number, cell_m: number) {
  const first = Math.floor(from / cell_m);
  const steps = Math.abs(Math.floor(to / cell_m) - first);
  const edge = (to > from ? first + 1 : first) * cell_m;
  return {
    steps,
    direction: Math.sign(to - from),
    // Without a crossing to come, never before the other axis's.
    next: steps === 0 ? Number.POSITIVE_INFINITY : (edge - from) / (to - from),
    each: steps === 0 ? Number.POSITIVE_INFINITY : cell_m / Math.abs(to - from),
  };
}
