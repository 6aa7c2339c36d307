import { at } from "@vsi/dataset";
import type { SceneObject } from "@vsi/geometry";
import createGraph from "ngraph.graph";
import { aStar } from "ngraph.path";
import { remembered } from "../remembered.ts";
import type { Leg } from "./legs.ts";
import { turnBetween } from "./turns.ts";

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
