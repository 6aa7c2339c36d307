import { SynthError } from "../synthError.ts";
import { onlyObject } from "./onlyObject.ts";
import type { RoomTruth } from "./roomTruth.ts";

/**
 * VSI-100k's object_size_estimation: the longest side of the object's oriented box in centimetres, not rounded.
 * @throws SynthError "label-not-unique"; "no-box" for walls, floor, ceiling and pillars.
 */
export function trueLongestSide(truth: RoomTruth, label: string): number {
  const { box } = onlyObject(truth, label);
  if (box) return 100 * Math.max(...box.size);
  throw new SynthError("no-box", {
    place: `label "${label}" in ${truth.sceneName}`,
    got: "a part of the room's shell",
    expected: "a piece with a box",
    advice: "Ask for the size of furniture, doors, windows or pictures.",
  });
}
