import { SynthError } from "../synthError.ts";
import type { RoomTruth, TrueObject } from "./roomTruth.ts";

/** The one object with this label. @throws SynthError "label-not-unique" when there is none or more than one. */
export function onlyObject(truth: RoomTruth, label: string): TrueObject {
  const found = truth.objects.filter((object) => object.label === label);
  if (found.length === 1) return found[0];
  throw new SynthError("label-not-unique", {
    place: `label "${label}" in ${truth.sceneName}`,
    got: `${found.length} objects`,
    expected: "exactly one",
    advice: "Ask only about labels whose count is 1.",
  });
}
