import { describe, expect, test } from "@jest/globals";
import { shuffled } from "@vsi/dataset";
import { type CustomQuestionType, generateCustomQuestions } from "../src/customQuestions.ts";
import { OptionsError, QuestionsError } from "../src/errors.ts";
import { questionId } from "../src/generateQuestions.ts";
import { factsWith, objectAt } from "./support/facts.ts";

const FACTS = factsWith([
  objectAt(3, "lamp", [1, 1, 1.5]),
  objectAt(1, "bed", [3, 1, 0.3]),
  objectAt(2, "desk", [1, 4, 0.4]),
  objectAt(4, "chair", [2, 2, 0.4]),
  objectAt(5, "chair", [4, 4, 0.4]),
]);

/** How far each object that can be named is from the lamp; what is nearer than 2 m is refused. */
const FROM_LAMP: CustomQuestionType = {
  name: "distance_from_lamp",
  template: "How far is the {category} from the lamp?",
  *candidates({ singles, distance }) {
    const [lamp] = singles.filter(({ label }) => label === "lamp");
    for (const object of singles) {
      if (lamp === undefined || object === lamp) continue;
      const value = distance(object, lamp);
      const object_ids = [object.id, lamp.id];
      if (value < 2.2) {
        yield { refused: { code: "near", message: "Too near.", object_ids, value, limit: 2.2, unit: "m" } };
      } else {
        const evidence = { object_ids, value, unit: "m", margin: null } as const;
        yield { words: { category: object.label }, ground_truth: value.toFixed(1), evidence };
      }
    }
  },
};

const PAPER = { rules: "paper", distance: "centroid" } as const;

describe("generateCustomQuestions", () => {
  test("asks and refuses what the type says, of objects whose label occurs once, and makes whole records", () => {
    const { questions, rejects, notDrawn } = generateCustomQuestions(FACTS, FROM_LAMP, { ...PAPER, seed: 1 });
    expect(notDrawn).toBe(0);
    // The bed is 2 m beside the lamp and 1.2 m below it: 2.33 m. The desk is 3 m and 1.1 m: 3.20 m.
    expect(questions.map(({ question, ground_truth }) => [question, ground_truth])).toEqual([
      ["How far is the bed from the lamp?", "2.3"],
      ["How far is the desk from the lamp?", "3.2"],
    ]);
    expect(rejects).toEqual([]);
    const [first] = questions;
    expect(first).toMatchObject({
      schema: "vsi-question/1",
      question_type: "distance_from_lamp",
      protocol: "vsi-100k",
      scene_name: FACTS.scene_name,
      options: null,
      mc_answer: null,
      frames: [],
      evidence: { object_ids: [1, 3], route: null, frames: null },
    });
    expect(first?.id).toBe(questionId(first as NonNullable<typeof first>));
  });

  test("gives each refusal as a record", () => {
    const near = factsWith([objectAt(1, "lamp", [0, 0, 0]), objectAt(2, "bed", [1, 0, 0])]);
    expect(generateCustomQuestions(near, FROM_LAMP, PAPER).rejects).toEqual([
      {
        ...{ schema: "vsi-reject/1", dataset: "vsi-synth", scene_name: "scene9000_00" },
        ...{ question_type: "distance_from_lamp", code: "near", message: "Too near." },
        ...{ object_ids: [2, 1], value: 1, limit: 2.2, unit: "m" },
      },
    ]);
  });

  test("a limit draws by the seed, keeps the order and counts the rest; a larger one only adds", () => {
    const many = factsWith(
      [..."abcdefghij"].map((letter, index) => objectAt(index + 1, `thing ${letter}`, [index, 0, 0])),
    );
    const named: CustomQuestionType = {
      name: "named",
      template: "Is there a {category}?",
      *candidates({ singles }) {
        for (const { id, label } of singles) {
          const evidence = { object_ids: [id], value: null, unit: null, margin: null };
          yield { words: { category: label }, ground_truth: "yes", evidence };
        }
      },
    };
    const ask = (limit: number, seed: number) => generateCustomQuestions(many, named, { ...PAPER, limit, seed });
    const idsOf = (limit: number, seed: number) =>
      ask(limit, seed).questions.map(({ evidence }) => evidence.object_ids[0]);
    expect(ask(4, 1).notDrawn).toBe(6);
    expect(idsOf(4, 1)).toEqual(idsOf(4, 1).toSorted((a, b) => Number(a) - Number(b)));
    expect(idsOf(5, 1)).toEqual(expect.arrayContaining(idsOf(4, 1)));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => idsOf(4, seed).join())).size).toBeGreaterThan(1);
  });

  test("choices get letters where the protocol has them", () => {
    const nearest: CustomQuestionType = {
      name: "which",
      template: "Which one?",
      *candidates({ singles, random }) {
        const choices = shuffled(
          random("choices"),
          singles.map(({ label }) => label),
        );
        const evidence = { object_ids: [], value: null, unit: null, margin: null };
        yield { words: {}, choices, ground_truth: "bed", evidence };
      },
    };
    const [question] = generateCustomQuestions(FACTS, nearest, { protocol: "vsi-bench", rules: "paper" }).questions;
    expect(question?.options).toContain(`${question?.mc_answer}. bed`);
    expect(generateCustomQuestions(FACTS, nearest, { rules: "paper" }).questions[0]?.options).toBeNull();
  });

  test.each([
    ["a name of the table's", { ...FROM_LAMP, name: "object_counting" }, {}, OptionsError],
    ["no name", { ...FROM_LAMP, name: "" }, {}, OptionsError],
    ["an option that is misspelt", FROM_LAMP, { sed: 1 }, OptionsError],
    ["a template's place without a word", { ...FROM_LAMP, template: "How far is {it}?" }, {}, QuestionsError],
  ])("refuses %s", (_, type, options, error) => {
    expect(() => generateCustomQuestions(FACTS, type, { ...PAPER, ...options })).toThrow(error);
  });

  test("refuses choices without the truth", () => {
    const wrong: CustomQuestionType = {
      name: "wrong",
      template: "Which?",
      candidates: () => [
        {
          words: {},
          choices: ["bed", "desk"],
          ground_truth: "lamp",
          evidence: { object_ids: [], value: null, unit: null, margin: null },
        },
      ],
    };
    expect(() => generateCustomQuestions(FACTS, wrong, PAPER)).toThrow(
      'got bed, desk, expected the truth among them, "lamp"',
    );
  });

  test("what else a type knows of its answer stays in the evidence, in the type's order", () => {
    const evidence = { value: 1, unit: null, object_ids: [1], note: "mine", margin: null };
    const noted: CustomQuestionType = {
      name: "noted",
      template: "Is there a {category}?",
      *candidates() {
        yield { words: { category: "bed" }, ground_truth: "yes", evidence };
      },
    };
    const [question] = generateCustomQuestions(FACTS, noted, PAPER).questions;
    expect(JSON.stringify(question?.evidence)).toBe(
      '{"value":1,"unit":null,"object_ids":[1],"note":"mine","margin":null,"route":null,"frames":null}',
    );
  });
});
