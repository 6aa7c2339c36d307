import { drawWithoutRepetition, type RandomGenerator } from "@vsi/dataset";
import { at, balancedSequence, placedAmong } from "@vsi/dataset/internal";
import type { SceneObject } from "@vsi/geometry";
import vsiBench from "@vsi/question-templates/vsi-bench/route_planning.json" with { type: "json" };
import { freeFloorOf } from "../routes/freeFloor.ts";
import { findLegs, type RoutePlanner, type RouteRules, routePlanner } from "../routes/planner.ts";
import { drawTurn, type TurnShares, turnLedger } from "../routes/turnShares.ts";
import { type Leg, SIDES, TURN_WORDS, type Turn, turnBetween, turnList, turnsOfRank } from "../routes/turns.ts";
import { fillTemplate } from "../wording.ts";
import { planLine } from "./marks.ts";
import type { QuestionTypeModule, Refusal, TaskInput } from "./questionType.ts";
import { routeQueryForm } from "./routeQuery.ts";

/** Routes among which the next is chosen where turns have shares; a furnished room has tens to hundreds. */
const MOST_OPEN = 500;

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
    const plan = (index: number) => planRoute(planner, at(triples, index), routes);
    const choose = routes.shares
      ? choiceByShares(triples.length, plan, { ...routes, shares: routes.shares }, random)
      : choiceAsDrawn(plan, routes);

    return {
      count: triples.length,
      ask(index) {
        const route = choose(index, told);
        if (route === null || "code" in route) {
          return { draft: null, refusals: route ? [route] : [] };
        }
        const { triple, legs, turns, words } = route;
        const [start, facing, destination] = triple;
        told.push(...words);
        const place = turns.length === 1 ? placesOfThree.next().value : placesOfFour.next().value;
        const answer = turnList(words);
        const wrong = routes.shares
          ? otherListsByShares(wrongLists, words, routes.shares)
          : otherLists(wrongLists, words);
        const draft = {
          words: {
            start: start.label,
            facing: facing.label,
            destination: destination.label,
            actions: actionsOf(legs, routes),
          },
          choices: placedAmong(wrongLists, answer, wrong, place),
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

/** A route of unambiguous turns that may be asked about. */
interface PlannedRoute {
  triple: RouteTriple;
  legs: readonly Leg[];
  turns: readonly Turn[];
  /** The turns' words. */
  words: readonly string[];
}

/** The shortest route for a triple, or why none is asked about. */
function planRoute(planner: RoutePlanner, triple: RouteTriple, rules: RouteRules): PlannedRoute | Refusal {
  const { mostLegs, smallestLeg_m } = rules;
  const legs = planner.plan({ start: triple[0], facing: triple[1] }, triple[2]);
  const names = triple.map(({ label }) => label).join(", ");
  const refusal = { object_ids: triple.map(({ id }) => id), value: null, limit: null, unit: null };
  if (legs === null) {
    const message = `From the first of ${names}, facing the second, no route of unambiguous turns leads to the last.`;
    return { code: "route-not-found", message, ...refusal };
  }
  const visited = new Set([triple[0].id, ...legs.map(({ to }) => to.id)]);
  if (visited.size <= legs.length) {
    const message = `From the first of ${names}, facing the second, the route to the last reaches an object twice.`;
    return { code: "route-returns", message, ...refusal };
  }
  const apart_m = closestStops([at(legs, 0).begin, ...legs.map(({ end }) => end)]);
  if (apart_m < smallestLeg_m) {
    const message = `From the first of ${names}, facing the second, the route to the last stops twice within ${smallestLeg_m} m.`;
    return { code: "route-returns", message, ...refusal, value: apart_m, limit: smallestLeg_m, unit: "m" };
  }
  if (legs.length > mostLegs) {
    const message = `From the first of ${names}, facing the second, the route to the last has more than ${mostLegs} legs.`;
    return { code: "route-too-long", message, ...refusal, value: legs.length, limit: mostLegs, unit: "count" };
  }
  const turns = turnsOf(legs, rules);
  return { triple, legs, turns, words: turns.map(({ word }) => word) };
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

/** Which route is asked when a triple is drawn, after these turns of the scene's routes before; null for none. */
type RouteChoice = (index: number, told: readonly string[]) => PlannedRoute | Refusal | null;

/** The triple's own route, where no turn gets ahead of the others by it. */
function choiceAsDrawn(plan: (index: number) => PlannedRoute | Refusal, { mostAhead }: RouteRules): RouteChoice {
  return (index, told) => {
    const route = plan(index);
    if ("code" in route) {
      return route;
    }
    const ahead = aheadBy(TURN_WORDS, [...told, ...route.words]);
    return ahead > mostAhead ? refuseFrequent(route, ahead, mostAhead) : route;
  };
}

/**
 * Any route of the scene that keeps turns to their shares, in random order; first one that owes no turn back. The
 * triple only says that it is time for another route: to pass over each that comes at the wrong time would leave a room
 * of few routes without turns back.
 */
function choiceByShares(
  count: number,
  plan: (index: number) => PlannedRoute | Refusal,
  { mostAhead, shares }: RouteRules & { shares: TurnShares },
  random: TaskInput["random"],
): RouteChoice {
  const ledger = turnLedger(random("shares"), shares);
  const open = new Map<number, PlannedRoute>();
  for (const index of drawWithoutRepetition(random("routes"), count)) {
    const route = plan(index);
    if ("words" in route) {
      open.set(index, route);
    }
    if (open.size === MOST_OPEN) {
      break;
    }
  }
  return (index, told) => {
    const drawn = open.get(index) ?? plan(index);
    if ("code" in drawn) {
      return drawn;
    }
    const fitting = [...open]
      .map(([other, route]) => ({ other, route, ...ledger.standing(route.words) }))
      .filter(({ route, over }) => over === 0 && aheadBy(SIDES, [...told, ...route.words]) <= mostAhead);
    const next = fitting.find(({ owed }) => owed === 0) ?? fitting[0];
    if (next) {
      open.delete(next.other);
      ledger.tell(next.route.words);
      return next.route;
    }
    if (!open.delete(index)) {
      return null;
    }
    const { over } = ledger.standing(drawn.words);
    const ahead = aheadBy(SIDES, [...told, ...drawn.words]);
    return over > 0 ? refuseFrequent(drawn, over, 0) : refuseFrequent(drawn, ahead, mostAhead);
  };
}

/** By how much the most frequent of some words is ahead of the least frequent one. */
function aheadBy(compared: readonly string[], words: readonly string[]): number {
  const counts = compared.map((word) => words.filter((other) => other === word).length);
  return Math.max(...counts) - Math.min(...counts);
}

function refuseFrequent({ legs }: PlannedRoute, value: number, limit: number): Refusal {
  const message =
    limit === 0
      ? "With this route, the scene's answers would have more turns back than their share."
      : `With this route, one turn would occur over ${limit} times more often than another in the scene's answers.`;
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

/**
 * The same where turns have shares: the lists' turns have them too, or the list with the fewest turns back would be
 * right more often than the others.
 */
function otherListsByShares(random: RandomGenerator, turns: readonly string[], shares: TurnShares): string[] {
  const answer = turnList(turns);
  const others = new Set<string>();
  while (others.size < Math.min(LISTED, TURN_WORDS.length ** turns.length) - 1) {
    const list = turnList(turns.map(() => drawTurn(random, shares)));
    if (list !== answer) {
      others.add(list);
    }
  }
  return [...others];
}
