import type { SceneObject } from "@vsi/geometry";
import { roundAnswer } from "../text/roundAnswer.ts";
import { refuseZero } from "./refuseZero.ts";
import type { Answer, Task } from "./task.ts";

/** The longest side of an object's oriented box in whole centimetres: each label with exactly one instance. */
export const objectSizeEstimation: Task = {
  type: "object_size_estimation",
  order: "every",
  candidates({ scene }) {
    return {
      count: scene.singles.length,
      ask(index) {
        const object = scene.singles[index]!;
        return refuseZero({ words: { category: object.label }, ...sizeAnswer(object) }, 1);
      },
    };
  },
};

/** The longest side of the object's oriented box, in whole centimetres. */
export function sizeAnswer(object: SceneObject): Answer {
  const longest_cm = Math.max(...object.box.size) * 100;
  return {
    ground_truth: roundAnswer(longest_cm, 0),
    evidence: { object_ids: [object.id], value: longest_cm, unit: "cm", margin: null },
  };
}
