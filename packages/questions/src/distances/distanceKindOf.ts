import type { SceneFacts } from "@vsi/geometry";
import type { DistanceKind } from "./objectDistances.ts";

/** The first of `kinds` that these facts can tell; the last, when there is none. */
export function distanceKindOf(facts: SceneFacts, kinds: readonly [...DistanceKind[], DistanceKind]): DistanceKind {
  return kinds.find((kind) => kind !== "surface" || facts.surface_distances !== null) ?? kinds.at(-1)!;
}
