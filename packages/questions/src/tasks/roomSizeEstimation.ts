import { roundAnswer } from "../text/roundAnswer.ts";
import { refuseZero } from "./refuseZero.ts";
import type { Task } from "./task.ts";

/** The room's floor area in square metres, one decimal: one question a scan. */
export const roomSizeEstimation: Task = {
  type: "room_size_estimation",
  order: "every",
  candidates({ scene }) {
    return {
      count: 1,
      ask() {
        const draft = {
          words: {},
          ground_truth: roundAnswer(scene.roomArea_m2, 1),
          evidence: { object_ids: [], value: scene.roomArea_m2, unit: "m2" as const, margin: null },
        };
        return refuseZero(draft, 0.1);
      },
    };
  },
};
