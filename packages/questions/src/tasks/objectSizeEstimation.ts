import { roundAnswer } from "../text/roundAnswer.ts";
import { refuseZero } from "./refuseZero.ts";
import type { Task } from "./task.ts";

/** The longest side of an object's oriented box in whole centimetres: each label with exactly one instance. */
export const objectSizeEstimation: Task = {
  type: "object_size_estimation",
  order: "every",
  candidates({ scene }) {
    return {
      count: scene.singles.length,
      ask(index) {
        const object = scene.singles[index]!;
        const longest_cm = Math.max(...object.box.size) * 100;
        const draft = {
          words: { category: object.label },
          ground_truth: roundAnswer(longest_cm, 0),
          evidence: { object_ids: [object.id], value: longest_cm, unit: "cm" as const, margin: null },
        };
        return refuseZero(draft, 1);
      },
    };
  },
};
