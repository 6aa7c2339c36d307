import { parsePythonLiteral, READERS, type RewardRequest, readAnswer, reward } from "@vsi/scoring";
import { mutateText } from "./mutate.ts";
import type { Reader } from "./reader.ts";

const COMPLETIONS = [
  "<think>The table is near.</think><answer>2.5 meters</answer>",
  "About twenty-one and a half feet, so 6.5 m.",
  "B. front-left",
  "The answer is **C**: chair",
  "first 3/4, no: 1,234.5 cm²",
  "Option A: bed\nOption B: sofa\n<answer>B) sofa</answer>",
  "['three hundred and one', 2.5, \"B\"]",
] as const;

export const REQUEST = {
  completion: COMPLETIONS[0],
  ground_truth: "2.4",
  question_type: "object_abs_distance",
  options: null,
  mode: "think",
  accuracy: "mra",
} as const;

export const CHOICE = {
  ...REQUEST,
  question_type: "object_rel_direction_easy",
  ground_truth: "A",
  options: ["A. left", "B. right"],
};

/** Readers of a model's answers, and of what rewards are asked with. */
export function answerReaders(): Reader[] {
  return [
    {
      name: "answer",
      share: 12,
      run: (random) => {
        const isNumber = random.chance(0.5);
        const text = mutateText(random.pick(COMPLETIONS), random);
        const repeated = random.chance(0.02) ? text.repeat(1000) : text;
        readAnswer(
          repeated,
          isNumber
            ? { questionType: "object_abs_distance" }
            : { questionType: CHOICE.question_type, options: CHOICE.options },
        );
      },
    },
    {
      name: "named readers",
      share: 6,
      run: (random) => {
        const text = mutateText(random.pick(COMPLETIONS), random);
        const repeated = random.chance(0.02) ? text.repeat(1000) : text;
        const reader = random.pick(READERS);
        reader.score(repeated, { question_type: "object_abs_distance", ground_truth: "2.4", options: null });
        reader.score(repeated, {
          question_type: "object_rel_direction_easy",
          ground_truth: CHOICE.ground_truth,
          options: CHOICE.options,
        });
      },
    },
    {
      name: "options as Python's text",
      share: 2,
      run: (random) => {
        parsePythonLiteral(mutateText("['A. left', \"B. it's\", (1, -2.5e3), {'a': None}]", random));
      },
    },
    {
      name: "reward",
      share: 6,
      run: (random) => {
        const request = structuredClone(random.pick<object>([REQUEST, CHOICE])) as RewardRequest;
        reward({ ...request, completion: mutateText(random.pick(COMPLETIONS), random) });
      },
    },
  ];
}
