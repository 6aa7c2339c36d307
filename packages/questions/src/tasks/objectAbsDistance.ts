import { combinationCount, combinationOfRank } from "../random/combinations.ts";
import { roundAnswer } from "../text/roundAnswer.ts";
import { refuseZero } from "./refuseZero.ts";
import type { Task } from "./task.ts";

/** The distance between two objects in metres, one decimal: every pair of one-instance labels, the lower id first. */
export const objectAbsDistance: Task = {
  type: "object_abs_distance",
  order: "every",
  candidates({ scene, protocol }) {
    return {
      count: combinationCount(scene.singles.length, 2),
      ask(index) {
        const [first, second] = combinationOfRank(index, 2);
        const a = scene.singles[first!]!;
        const b = scene.singles[second!]!;
        const distance_m = protocol.distance(a, b);
        const draft = {
          words: { a: a.label, b: b.label },
          ground_truth: roundAnswer(distance_m, 1),
          evidence: { object_ids: [a.id, b.id], value: distance_m, unit: "m" as const, margin: null },
        };
        return refuseZero(draft, 0.1);
      },
    };
  },
};
