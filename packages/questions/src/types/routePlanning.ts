import { at, balancedSequence, drawWithoutRepetition, placedAmong, type RandomGenerator } from "@vsi/dataset";
import type { SceneObject } from "@vsi/geometry";
import vsiBench from "@vsi/question-templates/vsi-bench/route_planning.json" with { type: "json" };
import { freeFloorOf } from "../routes/freeFloor.ts";
import { findLegs, type RoutePlanner, type RouteRules, routePlanner } from "../routes/planner.ts";
import { type Leg, TURN_WORDS, type Turn, turnBetween, turnList, turnsOfRank } from "../routes/turns.ts";
import { fillTemplate } from "../wording.ts";
import { planLine } from "./marks.ts";
import type { QuestionTypeModule, Refusal, TaskInput } from "./questionType.ts";
import { routeQueryForm } from "./routeQuery.ts";

/** Answers listed where a route has several turns; where it has one, the three turns are. */
const LISTED = 4;

/**
 * Which turns lead from one object past others to a destination: every start, object faced (the first leg's end) and
 * destination of three one-instance labels with a leg to walk, and between them the shortest route of unambiguous
 * turns. Refused where there is none ("route-not-found"), where it comes to an object or a place twice
 * ("route-returns"), where it has too many legs ("route-too-long") and where one turn would outnumber the others
 * ("route-turn-too-frequent"). No candidates without a walkable floor in the facts.
 */
export const routePlanning: QuestionTypeModule = {
  type: "route_planning",
  templates: { "vsi-bench": vsiBench.template },
  order: "sample",
  candidates(input) {
    const { routes } = input.protocol;
    const { random } = input;
    const planner = plannerOf(input);
    if (routes === null || planner === null) {
      return { count: 0, ask: () => ({ draft: null, refusals: [] }) };
    }
    const triples = triplesOf(planner);
    const placesOfThree = balancedSequence(random("places", "one turn"), [...TURN_WORDS.keys()]);
    const placesOfFour = balancedSequence(random("places", "several turns"), [...Array(LISTED).keys()]);
    const wrongLists = random("wrong lists");
    const told: string[] = [];
    return {
      count: triples.length,
      ask(index) {
        const [start, facing, destination] = at(triples, index);
        const legs = planner.plan({ start, facing }, destination);
        const refusal = refuseRoute(legs, [start, facing, destination], routes);
        if (refusal || legs === null) {
          return { draft: null, refusals: refusal ? [refusal] : [] };
        }
        const turns = turnsOf(legs, routes);
        const words = turns.map(({ word }) => word);
        const counts = TURN_WORDS.map((word) => [...told, ...words].filter((other) => other === word).length);
        const ahead = Math.max(...counts) - Math.min(...counts);
        if (ahead > routes.mostAhead) {
          return { draft: null, refusals: [refuseFrequent(legs, ahead, routes.mostAhead)] };
        }
        told.push(...words);
        const place = turns.length === 1 ? placesOfThree.next().value : placesOfFour.next().value;
        const answer = turnList(words);
        const draft = {
          words: {
            start: start.label,
            facing: facing.label,
            destination: destination.label,
            actions: actionsOf(legs, routes),
          },
          choices: placedAmong(wrongLists, answer, otherLists(wrongLists, words), place),
          ground_truth: answer,
          evidence: {
            object_ids: [start.id, ...legs.map(({ to }) => to.id)],
            value: null,
            unit: "degree" as const,
            margin: Math.min(...turns.map(({ margin_degree }) => margin_degree)),
            route: [at(legs, 0).begin, ...legs.map(({ end }) => end)],
          },
        };
        return { draft, refusals: [] };
      },
    };
  },
  query: routeQueryForm,
  describe: ({ named, margin, ground_truth }) => `walked from ${named.join(" to ")}: ${ground_truth}${margin}`,
  marks({ question: { evidence } }) {
    const stops = evidence.route ?? [];
    const legs = stops.slice(1).map((to, index) => planLine(at(stops, index), to, `${index + 1}`, { isArrow: true }));
    return { lines: legs, points: stops.slice(0, 1).map((stop) => ({ at: stop, label: "start" })) };
  },
  trace: () => null,
};

type RouteTriple = readonly [start: SceneObject, facing: SceneObject, destination: SceneObject];

/** Null where the protocol has no routes, or the facts no floor. */
function plannerOf({ scene, protocol: { routes } }: TaskInput): RoutePlanner | null {
  if (routes === null || scene.walkable === null) {
    return null;
  }
  const floor = freeFloorOf(scene.walkable, routes.bodyRadius_m);
  return routePlanner(findLegs(scene.singles, floor, scene.furniture, routes), routes.smallestMargin_degree);
}

function triplesOf({ departures, destinations }: RoutePlanner): RouteTriple[] {
  return departures.flatMap(({ start, facing }) =>
    destinations
      .filter((destination) => destination !== start && destination !== facing)
      .map((destination): RouteTriple => [start, facing, destination]),
  );
}

function refuseRoute(legs: readonly Leg[] | null, triple: RouteTriple, rules: RouteRules): Refusal | null {
  const { mostLegs, smallestLeg_m } = rules;
  const names = triple.map(({ label }) => label).join(", ");
  const refusal = { object_ids: triple.map(({ id }) => id), value: null, limit: null, unit: null };
  if (legs === null) {
    const message = `From the first of ${names}, facing the second, no way of unambiguous turns leads to the last.`;
    return { code: "route-not-found", message, ...refusal };
  }
  const visited = new Set([triple[0].id, ...legs.map(({ to }) => to.id)]);
  if (visited.size <= legs.length) {
    const message = `From the first of ${names}, facing the second, the way to the last comes to an object twice.`;
    return { code: "route-returns", message, ...refusal };
  }
  const apart_m = closestStops([at(legs, 0).begin, ...legs.map(({ end }) => end)]);
  if (apart_m < smallestLeg_m) {
    const message = `From the first of ${names}, facing the second, the way to the last stops twice within ${smallestLeg_m} m.`;
    return { code: "route-returns", message, ...refusal, value: apart_m, limit: smallestLeg_m, unit: "m" };
  }
  if (legs.length > mostLegs) {
    const message = `From the first of ${names}, facing the second, the way to the last has more than ${mostLegs} legs.`;
    return { code: "route-too-long", message, ...refusal, value: legs.length, limit: mostLegs, unit: "count" };
  }
  return null;
}

/**
 * Metres between the two stops of a way that are nearest to each other: near 0 for one that goes back to where it was.
 */
function closestStops(stops: readonly Leg["begin"][]): number {
  const distances = stops.flatMap(([x, y], index) =>
    stops.slice(index + 1).map(([otherX, otherY]) => Math.hypot(otherX - x, otherY - y)),
  );
  return Math.min(...distances);
}

function refuseFrequent(legs: readonly Leg[], value: number, limit: number): Refusal {
  const message = `With this route, one turn would stand over ${limit} times more than another in the scene's answers.`;
  const object_ids = [at(legs, 0).from.id, ...legs.map(({ to }) => to.id)];
  return { code: "route-turn-too-frequent", message, object_ids, value, limit, unit: "count" };
}

function turnsOf(legs: readonly Leg[], { smallestMargin_degree }: RouteRules): Turn[] {
  // The planner joins no other legs: each of these turns is one.
  return legs.slice(1).flatMap((leg, index) => turnBetween(at(legs, index), leg, smallestMargin_degree) ?? []);
}

/** "1. Go forward until the bed. 2. [please fill in] 3. Go forward until the lamp." */
function actionsOf(legs: readonly Leg[], { forward, turn }: RouteRules): string {
  return legs
    .flatMap(({ to }) => [turn, fillTemplate(forward, { object: to.label })])
    .slice(1)
    .map((action, index) => `${index + 1}. ${action}`)
    .join(" ");
}

/** Other lists of as many turns, drawn from all there are: nothing they share gives the answer away. */
function otherLists(random: RandomGenerator, turns: readonly string[]): string[] {
  const answer = turnList(turns);
  const others: string[] = [];
  for (const rank of drawWithoutRepetition(random, TURN_WORDS.length ** turns.length)) {
    const list = turnList(turnsOfRank(rank, turns.length));
    if (list !== answer && others.length < LISTED - 1) {
      others.push(list);
    }
  }
  return others;
}
