import vsi100k from "@vsi/question-templates/vsi-100k/room_size_estimation.json" with { type: "json" };
import vsiBench from "@vsi/question-templates/vsi-bench/room_size_estimation.json" with { type: "json" };
import { roundAnswer } from "../wording.ts";
import { planPoint } from "./marks.ts";
import { refuseZero } from "./measured.ts";
import type { Answer, QueryForm, QuestionTypeModule } from "./questionType.ts";

/** How large the room is. */
export interface RoomSizeQuery {
  question_type: "room_size_estimation";
}

/** The room's floor area in square metres, one decimal: one question a scan. */
export const roomSizeEstimation: QuestionTypeModule = {
  type: "room_size_estimation",
  templates: { "vsi-100k": vsi100k.template, "vsi-bench": vsiBench.template },
  order: "every",
  candidates({ scene }) {
    return {
      count: 1,
      ask() {
        return refuseZero({ words: {}, ...roomAnswer(scene.roomArea_m2) }, 0.1);
      },
    };
  },
  query: {
    read: () => ({ question_type: "room_size_estimation" }),
    names: () => ({ list: [], least: 0 }),
    answer: (_, { scene }) => roomAnswer(scene.roomArea_m2),
  } satisfies QueryForm<RoomSizeQuery>,
  describe: ({ value }) => `the floor's area: ${value}`,
  marks: ({ room, question }) => ({
    lines: [],
    points: [{ at: planPoint(room.center), label: `${question.ground_truth} m²` }],
  }),
  trace: ({ value }) => `The floor between the walls covers about ${value.toFixed(2)} square meters in all.`,
};

/** Square metres, one decimal. */
function roomAnswer(area_m2: number): Answer {
  return {
    ground_truth: roundAnswer(area_m2, 1),
    evidence: { object_ids: [], value: area_m2, unit: "m2", margin: null },
  };
}
