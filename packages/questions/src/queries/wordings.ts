import { isQuestionType, PROTOCOL_NAMES, type ProtocolName, QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import revsiAbsDistance from "@vsi/question-templates/revsi/object_abs_distance.json" with { type: "json" };
import revsiCountingMultiple from "@vsi/question-templates/revsi/object_counting_multiple.json" with { type: "json" };
import revsiCountingSingle from "@vsi/question-templates/revsi/object_counting_single.json" with { type: "json" };
import revsiRelDirectionBackwardEasy from "@vsi/question-templates/revsi/object_rel_direction_backward_easy.json" with {
  type: "json",
};
import revsiRelDirectionBackwardHard from "@vsi/question-templates/revsi/object_rel_direction_backward_hard.json" with {
  type: "json",
};
import revsiRelDirectionForwardEasy from "@vsi/question-templates/revsi/object_rel_direction_forward_easy.json" with {
  type: "json",
};
import revsiRelDirectionForwardHard from "@vsi/question-templates/revsi/object_rel_direction_forward_hard.json" with {
  type: "json",
};
import revsiRelDistanceClosest from "@vsi/question-templates/revsi/object_rel_distance_closest.json" with {
  type: "json",
};
import revsiRelDistanceFarthest from "@vsi/question-templates/revsi/object_rel_distance_farthest.json" with {
  type: "json",
};
import revsiSize from "@vsi/question-templates/revsi/object_size_estimation.json" with { type: "json" };
import revsiRoomSizeMultiple from "@vsi/question-templates/revsi/room_size_estimation_multiple.json" with {
  type: "json",
};
import revsiRoomSizeSingle from "@vsi/question-templates/revsi/room_size_estimation_single.json" with { type: "json" };
import revsiRoutePlanning from "@vsi/question-templates/revsi/route_planning.json" with { type: "json" };
import spacerAbsDistance from "@vsi/question-templates/spacer/object_abs_distance.json" with { type: "json" };
import spacerCounting from "@vsi/question-templates/spacer/object_counting.json" with { type: "json" };
import spacerRelDirectionEasy from "@vsi/question-templates/spacer/object_rel_direction_easy.json" with {
  type: "json",
};
import spacerRelDistance from "@vsi/question-templates/spacer/object_rel_distance.json" with { type: "json" };
import spacerSize from "@vsi/question-templates/spacer/object_size_estimation.json" with { type: "json" };
import spacerRoomSize from "@vsi/question-templates/spacer/room_size_estimation.json" with { type: "json" };
import vlm3rAppearanceOrder from "@vsi/question-templates/vlm-3r/obj_appearance_order.json" with { type: "json" };
import vlm3rAbsDistance from "@vsi/question-templates/vlm-3r/object_abs_distance.json" with { type: "json" };
import vlm3rCounting from "@vsi/question-templates/vlm-3r/object_counting.json" with { type: "json" };
import vlm3rRelDirectionEasy from "@vsi/question-templates/vlm-3r/object_rel_direction_easy.json" with { type: "json" };
import vlm3rRelDirectionHard from "@vsi/question-templates/vlm-3r/object_rel_direction_hard.json" with { type: "json" };
import vlm3rRelDirectionMedium from "@vsi/question-templates/vlm-3r/object_rel_direction_medium.json" with {
  type: "json",
};
import vlm3rRelDistance from "@vsi/question-templates/vlm-3r/object_rel_distance.json" with { type: "json" };
import vlm3rSize from "@vsi/question-templates/vlm-3r/object_size_estimation.json" with { type: "json" };
import vlm3rRoomSize from "@vsi/question-templates/vlm-3r/room_size_estimation.json" with { type: "json" };
import vlm3rRoutePlanning from "@vsi/question-templates/vlm-3r/route_planning.json" with { type: "json" };
import { PROTOCOLS } from "../protocols/protocols.ts";
import type { Meaning } from "../types/questionType.ts";

/** Whose words a question can be put into: the default first. The protocols' own, and those of others' datasets. */
export const WORDING_NAMES = ["vsi-bench", "vsi-100k", "vlm-3r", "revsi", "spacer"] as const;

/** One of WORDING_NAMES. */
export type WordingName = (typeof WORDING_NAMES)[number];

/** One template of a wording. */
export interface WordedTemplate {
  wording: WordingName;
  type: QuestionType;
  template: string;
  /** What its questions mean beside the names in them; of VSI-Bench's own nothing. */
  meaning: Meaning;
  /** Other forms of it that are met, and only read. */
  variants: readonly string[];
}

/** As question-templates has the wordings that are no protocol's. */
interface TemplateFile {
  question_type: string;
  template: string;
  means?: Meaning;
  variants?: readonly string[];
}

const OTHER_FILES: Readonly<Record<Exclude<WordingName, ProtocolName>, readonly TemplateFile[]>> = {
  "vlm-3r": [
    vlm3rCounting,
    vlm3rSize,
    vlm3rAbsDistance,
    vlm3rRelDistance,
    vlm3rRelDirectionEasy,
    vlm3rRelDirectionMedium,
    vlm3rRelDirectionHard,
    vlm3rRoomSize,
    vlm3rAppearanceOrder,
    vlm3rRoutePlanning,
  ],
  revsi: [
    revsiCountingSingle,
    revsiCountingMultiple,
    revsiSize,
    revsiAbsDistance,
    revsiRelDistanceClosest,
    revsiRelDistanceFarthest,
    revsiRelDirectionForwardEasy,
    revsiRelDirectionBackwardEasy,
    revsiRelDirectionForwardHard,
    revsiRelDirectionBackwardHard,
    revsiRoomSizeSingle,
    revsiRoomSizeMultiple,
    revsiRoutePlanning,
  ],
  spacer: [spacerCounting, spacerSize, spacerAbsDistance, spacerRelDistance, spacerRelDirectionEasy, spacerRoomSize],
};

/** Four names to choose from, and fewer. */
const LISTING = "{a}, {b}, {c}, {d}";
const SHORTER_LISTINGS = ["{a}, {b}, {c}", "{a}, {b}"];

/**
 * Every template of every wording. What lists four names to choose from stands there for three and for two too, in this
 * order (VLM-3R's generator words all three so).
 */
export const WORDED_TEMPLATES: readonly WordedTemplate[] = [
  ...PROTOCOL_NAMES.flatMap((wording) =>
    QUESTION_TYPES.flatMap((type) => {
      const template = PROTOCOLS[wording].templates[type];
      return template === undefined ? [] : [{ wording, type, template, meaning: {}, variants: [] }];
    }),
  ),
  ...Object.entries(OTHER_FILES).flatMap(([wording, files]) =>
    files.flatMap(({ question_type: type, template, means = {}, variants = [] }) =>
      isQuestionType(type) ? [{ wording: wording as WordingName, type, template, meaning: means, variants }] : [],
    ),
  ),
].flatMap(withShorterLists);

function withShorterLists(worded: WordedTemplate): WordedTemplate[] {
  const { template, variants } = worded;
  const shorter = SHORTER_LISTINGS.map((listing) => ({
    ...worded,
    template: template.replace(LISTING, listing),
    variants: variants
      .filter((variant) => variant.includes(LISTING))
      .map((variant) => variant.replace(LISTING, listing)),
  }));
  return [worded, ...(template.includes(LISTING) ? shorter : [])];
}

/** The places that a template has for words, in alphabetical order and each once. */
export function placesOf(template: string): string[] {
  return [...new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, place = ""]) => place))].sort();
}
