import type { SceneFacts } from "@vsi/geometry";
import { type DistanceKind, type ObjectDistance, objectDistances } from "../distances/objectDistances.ts";
import { remembered } from "../scene/remembered.ts";
import { type LabelKind, type Scene, sceneOf } from "../scene/scene.ts";
import { validateFacts } from "../scene/validateFacts.ts";

/** What answering takes from facts, kept from one query to the next. */
interface QueryScene {
  scenes: Map<LabelKind, Scene>;
  distances: Map<DistanceKind, ObjectDistance>;
}

/** By facts, so that thousands of queries check, group and sample a scene once; gone when the facts are. */
const KNOWN = new WeakMap<SceneFacts, QueryScene>();

/**
 * The facts, checked and grouped; the first call for a scene does the work.
 *
 * @throws FactsError as validateFacts does.
 */
export function queryScene(facts: SceneFacts, labels: LabelKind): Scene {
  return remembered(knownOf(facts).scenes, labels, () => sceneOf(facts, labels));
}

/**
 * The distances of the facts' objects; a kind is prepared when it is first asked for.
 *
 * @throws FactsError as validateFacts and objectDistances do.
 */
export function queryDistance(facts: SceneFacts, kind: DistanceKind): ObjectDistance {
  return remembered(knownOf(facts).distances, kind, () => objectDistances(facts, kind));
}

function knownOf(facts: SceneFacts): QueryScene {
  return remembered(KNOWN, facts, () => {
    validateFacts(facts);
    return { scenes: new Map(), distances: new Map() };
  });
}
