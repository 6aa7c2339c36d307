import type { Question } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { VerifySettings } from "../../folder/manifest.ts";
import type { VerifiedScene } from "../../folder/scene.ts";
import { marginTo, turnAngle } from "./directions.ts";
import { EvidenceError, idsOf, onlyObjectOf } from "./evidence.ts";
import { type Choices, fillPlaces, type Recomputed, type RecomputeTypes } from "./recomputed.ts";

/** Degrees at which walking ahead ends and turning back begins (VSI-Bench's medium directions). */
const AHEAD_UNTIL = 45;
const BACK_FROM = 135;

/** Where turns lead. */
export const ROUTES = {
  route_planning: recomputeRoute,
} satisfies RecomputeTypes;

/** route_planning: walks the evidence's route from point to point and names the turn at each stop. */
function recomputeRoute({ evidence }: Question, scene: VerifiedScene, { protocol }: VerifySettings): Recomputed {
  const { route } = evidence;
  if (route === null || protocol.routes === null) throw new EvidenceError("no route", "one point for each object");
  const objects = idsOf(evidence.object_ids, route.length).map((id) => onlyObjectOf(scene, id));
  const names = objects.map((object) => scene.nameOf(object));
  const angles = route.slice(1, -1).map((stop, place) => {
    const [x, y] = at(route, place);
    return turnAngle(stop, [2 * stop[0] - x, 2 * stop[1] - y], at(route, place + 2));
  });
  const { forward, turn } = protocol.routes;
  const actions = names
    .slice(1)
    .flatMap((object) => [turn, fillPlaces(forward, { object })])
    .slice(1);
  return {
    words: {
      start: at(names, 0),
      facing: at(names, 1),
      destination: at(names, names.length - 1),
      actions: actions.map((action, place) => `${place + 1}. ${action}`).join(" "),
    },
    ground_truth: angles.map(turnOf).join(", "),
    object_ids: objects.map(({ id }) => id),
    value: null,
    unit: "degree",
    margin: Math.min(...angles.map((angle) => marginTo(angle, [AHEAD_UNTIL, BACK_FROM]))),
    route,
    choices: listsOf(angles.length),
  };
}

function turnOf(angle: number): string {
  const size = Math.abs(angle);
  if (size < AHEAD_UNTIL) throw new EvidenceError(`a stop passed straight on (${angle.toFixed(1)} degrees)`, "a turn");
  return size >= BACK_FROM ? "Turn Back" : angle > 0 ? "Turn Left" : "Turn Right";
}

const TURNS = ["Turn Left", "Turn Right", "Turn Back"] as const;

/** Options listed where there are more. */
const LISTED = 4;

/** Every sequence of this many turns. */
function listsOf(turns: number): Choices {
  let texts: string[] = [...TURNS];
  for (let place = 1; place < turns; place += 1) {
    texts = texts.flatMap((list) => TURNS.map((turn) => `${list}, ${turn}`));
  }
  return { texts, count: Math.min(LISTED, texts.length), inOrder: false };
}
