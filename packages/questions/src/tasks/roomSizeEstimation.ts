import { roundAnswer } from "../text/roundAnswer.ts";
import { refuseZero } from "./refuseZero.ts";
import type { Answer, Task } from "./task.ts";

/** The room's floor area in square metres, one decimal: one question a scan. */
export const roomSizeEstimation: Task = {
  type: "room_size_estimation",
  order: "every",
  candidates({ scene }) {
    return {
      count: 1,
      ask() {
        return refuseZero({ words: {}, ...roomAnswer(scene.roomArea_m2) }, 0.1);
      },
    };
  },
};

/** Square metres, one decimal. */
export function roomAnswer(area_m2: number): Answer {
  return {
    ground_truth: roundAnswer(area_m2, 1),
    evidence: { object_ids: [], value: area_m2, unit: "m2", margin: null },
  };
}
