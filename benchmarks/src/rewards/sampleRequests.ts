import type { VsiBenchType } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { RewardMode, RewardRequest } from "@vsi/scoring";

const OBJECTS = ["bed", "sink", "coffee table", "lamp", "shelf", "office chair", "door", "window"];
const LETTERS = ["A", "B", "C", "D"];
const DIRECTIONS = ["front-left", "front-right", "back-left", "back-right"];
const NUMBER_TYPES: VsiBenchType[] = [
  "object_counting",
  "object_abs_distance",
  "object_size_estimation",
  "room_size_estimation",
];
const CHOICE_TYPES: VsiBenchType[] = ["object_rel_distance", "object_rel_direction_hard"];
const MODES: RewardMode[] = ["think", "observe", "vanilla"];

/** Of 12 to 20 words; two to five of them make the reasoning of a completion. */
const SENTENCES = [
  "First the camera shows the wall with the window, and below it stands the long white desk.",
  "Next to the door I can see a narrow shelf with books, about as high as the handle.",
  "The sofa is close to the camera while the lamp stands further back, near the corner of the room.",
  "Standing at the shelf and looking at the shower, the bicycle would be behind my right shoulder.",
  "The bed is about 2.0 m long and the gap to the wall is roughly 0.6 m.",
  "When the video turns around, the kitchen counter comes into view, opposite of the place where it began.",
  "Comparing these places on the floor, I can tell how far they are from each other.",
];

/** What models write for a number, in the question's own unit; the last three are refused. */
const NUMBER_FORMS: ((value: string) => string)[] = [
  (value) => value,
  (value) => `${value}.`,
  (value) => `about ${value}`,
  (value) => `The answer is ${value}`,
  (value) => ` ${value}\n`,
  (value) => `${value} or 99`,
  (value) => `not ${value}`,
  () => "several",
];

/** What models write for an option; the last two are refused. */
const CHOICE_FORMS: ((letter: string, text: string) => string)[] = [
  (letter) => letter,
  (letter) => `${letter}.`,
  (letter) => `(${letter})`,
  (letter, text) => `${letter}. ${text}`,
  (_, text) => text,
  (_, text) => `the ${text}`,
  () => "B or C",
  () => "none of them",
];

/**
 * Completions as they come in training: half for numbers, half for lettered options; two thirds with 24 to 90 words of
 * reasoning, a few of them without reasoning or with tags that are wrong. The same in every run.
 */
export function sampleRequests(count: number): RewardRequest[] {
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0 ? numberRequest(index >> 1) : choiceRequest(index >> 1),
  );
}

function numberRequest(index: number): RewardRequest {
  const truth = ((index * 37) % 95) / 10 + 0.5;
  // Off by -40 % to +40 %.
  const predicted = (truth * (1 + (((index * 13) % 9) - 4) / 10)).toFixed(1);
  return {
    ...completed(index, pick(NUMBER_FORMS, index * 5)(predicted)),
    question_type: pick(NUMBER_TYPES, index),
    options: null,
    ground_truth: truth.toFixed(1),
  };
}

function choiceRequest(index: number): RewardRequest {
  const question_type = pick(CHOICE_TYPES, index);
  const texts =
    question_type === "object_rel_distance" ? LETTERS.map((_, place) => pick(OBJECTS, index + place * 3)) : DIRECTIONS;
  const chosen = (index * 7) % LETTERS.length;
  return {
    ...completed(index, pick(CHOICE_FORMS, index * 3)(pick(LETTERS, chosen), pick(texts, chosen))),
    question_type,
    options: texts.map((text, place) => `${LETTERS[place]}. ${text}`),
    ground_truth: pick(LETTERS, index * 7 + (index % 3 === 0 ? 1 : 0)),
  };
}

function completed(index: number, answer: string): Pick<RewardRequest, "completion" | "mode"> {
  const mode = pick(MODES, index);
  if (mode === "vanilla") return { completion: answer, mode };
  const sentences = Array.from({ length: 2 + (index % 4) }, (_, place) => pick(SENTENCES, index + place * 2));
  const reasoning = index % 11 === 0 ? "" : sentences.join(" ");
  const open = index % 17 === 0 ? "" : `<${mode}>`;
  return { completion: `${open}${reasoning}</${mode}>\n<answer>${answer}</answer>`, mode };
}

function pick<T>(values: readonly T[], index: number): T {
  return at(values, index % values.length);
}
