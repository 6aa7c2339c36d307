import { at } from "@vsi/dataset/internal";
import type { SceneObject, Vec3 } from "@vsi/geometry";
import vsiBench from "@vsi/question-templates/vsi-bench/route_planning.json" with { type: "json" };
import { QueryError } from "../errors.ts";
import { TURN_SECTORS, turnList } from "../routes/turns.ts";
import { edgeMargin, floorDistance, sectorWord, signedAngle } from "../scene/directions.ts";
import { findOnly, type QueriedScene } from "../scene/scene.ts";
import { fillTemplate, matchTemplate } from "../wording.ts";
import type { Answer, QueryFlaw, QueryForm } from "./questionType.ts";

/** One action of a route: a turn that is asked for, or a walk to the only object of a category. */
export type RouteAction = { action: "turn" } | { action: "forward"; until: string };

/** Which turns lead a robot from one object to another, by the actions it takes. */
export interface RouteQuery {
  question_type: "route_planning";
  start: string;
  /** What the robot looks at before its first action; may be the start itself where that action is a walk. */
  facing: string;
  destination: string;
  actions: readonly RouteAction[];
}

/** The place of the template that holds all actions. */
const ACTIONS = "actions";

/** "Go forward until the {object}." without its full stop. */
const FORWARD = vsiBench.forward.replace(/\.$/, "");

/** What a walk begins with, and the sentence after the last one. */
const GO = FORWARD.replace(/\{.*$/, "");
const ARRIVED = vsiBench.template.replace(/^.*\{actions\} /, "").replace(/\.$/, "");

/**
 * How routes are read and answered. A turn's answer goes by the objects' centroids on the floor plane: from the
 * direction in which the robot came (at the start: in which it faces) to the object that it walks to next, left or right
 * from 45 degrees on, back from 135 on. In the routes that we make, the turns on the floor are the same; in a benchmark's,
 * which people drew, they may differ from these.
 */
export const routeQueryForm: QueryForm<RouteQuery> = {
  read: ({ start = "", facing = "", destination = "", actions = "" }, nameOf) => ({
    question_type: "route_planning",
    start,
    facing,
    destination,
    actions: (readActions(actions) ?? []).map((action) =>
      action.action === "forward" ? { ...action, until: nameOf(action.until) } : action,
    ),
  }),
  phrase: ({ start, facing, destination, actions }) => ({
    words: { start, facing, destination, [ACTIONS]: actions.map(actionText).join(" ") },
    meaning: {},
  }),
  fits(place, text, isName) {
    if (place !== ACTIONS) {
      return isName(text);
    }
    const actions = readActions(text);
    return actions !== null && stopsOf(actions).every(isName);
  },
  // A robot may look at what it starts by, and comes to what it faces: that a name stands twice is no mistake.
  names: ({ start }) => ({ list: [start], least: 1 }),
  flaw: ({ actions }) => flawOfActions(actions),
  answer(query, queried) {
    const stops = stopsOf(query.actions).map((name, index) => findOnly(queried, name, `stop ${index + 1} of actions`));
    const start = findOnly(queried, query.start, "start");
    const angles = turnAngles(query, start, findOnly(queried, query.facing, "facing"), stops, queried);
    return {
      ground_truth: turnList(angles.map((angle) => turnWord(angle, queried))),
      evidence: {
        object_ids: [start, ...stops].map(({ id }) => id),
        value: null,
        unit: "degree",
        margin: Math.min(...angles.map((angle) => edgeMargin(angle, TURN_SECTORS))),
      },
    } satisfies Answer;
  },
};

/**
 * The actions of a route's text ("1. Go forward until the bed. 2. [please fill in] ..."), each with or without a full
 * stop as in VSI-Bench; null where one is neither a turn nor a walk.
 */
function readActions(text: string): RouteAction[] | null {
  const actions: RouteAction[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const number = `${actions.length + 1}. `;
    const next = nextAction(rest, actions.length + 2);
    const action = rest.startsWith(number) ? readAction(rest.slice(number.length, next).trim()) : null;
    if (action === null) {
      return null;
    }
    actions.push(action);
    rest = rest.slice(next).trim();
  }
  return actions.length === 0 ? null : actions;
}

/** Where an action of this number begins, not a name with a number in it; the text's end where there is none. */
function nextAction(text: string, number: number): number {
  const begins = [vsiBench.turn, GO].map((words) => text.indexOf(` ${number}. ${words}`));
  return Math.min(...begins.filter((begin) => begin >= 0), text.length);
}

function readAction(text: string): RouteAction | null {
  const words = text.replace(/\.$/, "");
  if (words === vsiBench.turn) {
    return { action: "turn" };
  }
  const until = matchTemplate(FORWARD, words, isStop)?.object;
  return until === undefined ? null : { action: "forward", until };
}

/** Not a name where the text goes on in it: another action without its number, or the sentence after the last. */
function isStop(name: string): boolean {
  return name.trim() !== "" && [vsiBench.turn, GO, ARRIVED].every((words) => !name.includes(words));
}

function actionText(action: RouteAction, index: number): string {
  const text = action.action === "turn" ? vsiBench.turn : fillTemplate(vsiBench.forward, { object: action.until });
  return `${index + 1}. ${text}`;
}

function stopsOf(actions: readonly RouteAction[]): string[] {
  return actions.flatMap((action) => (action.action === "forward" ? [action.until] : []));
}

/** A query may come from a file: nothing is sure of its actions but what is asked here. */
function flawOfActions(actions: unknown): QueryFlaw | null {
  const expected =
    'a list of {action: "turn"} and {action: "forward", until}, with a turn, none of them last or followed by another';
  const kinds = Array.isArray(actions) ? actions.map(kindOfAction) : [];
  const isWhole = kinds.every(
    (kind, index) => kind === "forward" || (kind === "turn" && kinds[index + 1] === "forward"),
  );
  return isWhole && kinds.includes("turn") ? null : { place: ACTIONS, got: actions, expected };
}

function kindOfAction(action: unknown): RouteAction["action"] | null {
  const { action: kind, until } = (action ?? {}) as { action?: unknown; until?: unknown };
  return kind === "turn" || (kind === "forward" && typeof until === "string") ? kind : null;
}

/**
 * By how much the robot turns where its actions leave a turn open, in degrees over -180 to 180, left positive.
 *
 * @param stops the objects it walks to, in order.
 */
function turnAngles(
  { actions }: RouteQuery,
  start: SceneObject,
  facing: SceneObject,
  stops: readonly SceneObject[],
  queried: QueriedScene,
): number[] {
  const angles: number[] = [];
  let position = start;
  let ahead = facing.centroid;
  let stop = 0;
  for (const { action } of actions) {
    const next = at(stops, stop);
    if (action === "turn") {
      refuseOneFloorPlace(position, ahead, queried);
      refuseOneFloorPlace(position, next.centroid, queried);
      angles.push(signedAngle(position.centroid, ahead, next.centroid));
    } else {
      ahead = pointBeyond(position.centroid, next.centroid);
      position = next;
      stop += 1;
    }
  }
  return angles;
}

/** Where somebody looks who has come from one point to another. */
function pointBeyond(from: Vec3, to: Vec3): Vec3 {
  return [2 * to[0] - from[0], 2 * to[1] - from[1], to[2]];
}

function refuseOneFloorPlace({ label, centroid }: SceneObject, other: Vec3, { facts }: QueriedScene): void {
  if (floorDistance(centroid, other) === 0) {
    throw new QueryError("query-one-place", {
      file: `query about ${JSON.stringify(facts.scene_name)}`,
      place: ACTIONS,
      got: `a turn by ${JSON.stringify(label)} from or to the place where it is`,
      expected: "objects elsewhere on the floor plane before and after a turn",
      advice: "There is no direction from a point to itself: let the robot face or walk to another object.",
    });
  }
}

function turnWord(angle: number, { facts }: QueriedScene): string {
  const word = sectorWord(angle, TURN_SECTORS);
  if (word === sectorWord(0, TURN_SECTORS)) {
    throw new QueryError("query-no-turn", {
      file: `query about ${JSON.stringify(facts.scene_name)}`,
      place: ACTIONS,
      got: `a turn where the next object is ${Math.abs(angle).toFixed(0)} degrees from straight ahead`,
      expected: "at least 45 degrees: a turn to the left, to the right or back",
      advice: "None of the three turns leads there: leave the turn out, or ask about another route.",
    });
  }
  return word;
}
