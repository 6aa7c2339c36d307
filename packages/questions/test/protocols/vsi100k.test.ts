import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { QuestionType } from "@vsi/dataset";
import { testStream } from "@vsi/testing/stream";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { VSI_100K } from "../../src/protocols/vsi100k.ts";
import { fillTemplate } from "../../src/wording.ts";
import { factsWith, objectAt } from "../support/facts.ts";

describe("vsi100k", () => {
  test.each<[QuestionType, Record<string, string>, string]>([
    ["object_counting", { category: "trash can" }, "How many trash can(s) are in this room?"],
    [
      "object_size_estimation",
      { category: "coffee table" },
      "What is the length of the longest dimension (length, width, or height) of the coffee table, measured in centimeters?",
    ],
    ["room_size_estimation", {}, "What is the size of this room (in square meters)?"],
    [
      "object_rel_direction_easy",
      { positioning: "shelf", orienting: "shower", querying: "bicycle" },
      "If I am standing by the shelf and facing the shower, is the bicycle to the left or the right of the shower?",
    ],
    [
      "object_abs_distance",
      { a: "shower", b: "kitchen counter" },
      "What is the distance between the shower and the kitchen counter (in meters)?",
    ],
    [
      "object_rel_distance",
      { a: "sink", b: "pillow", c: "bed", d: "guitar", category: "bicycle" },
      "Which of these objects (sink, pillow, bed, guitar) is the closest to the bicycle?",
    ],
  ])("%s is worded as in the paper's figure 2", (type, words, text) => {
    expect(fillTemplate(VSI_100K.templates[type]!, words)).toBe(text);
  });

  // Laid out like the paper's figure 2, with numbers of our own: the bicycle is to the right of someone at the shelf
  // who faces the shower, and the bed is nearest to it.
  const figure = factsWith(
    [
      objectAt(0, "shelf", [0, 0, 1]),
      objectAt(1, "shower", [0, 3, 1]),
      objectAt(2, "bicycle", [2.5, 1, 0.5]),
      objectAt(3, "bed", [4, 2, 0.4]),
      objectAt(4, "kitchen counter", [3, -2, 0.9]),
      objectAt(5, "coffee table", [2, 3.5, 0.3], [1.124, 0.6, 0.4]),
      objectAt(6, "trash can", [1, 1, 0.2]),
      objectAt(7, "trash can", [1, 2, 0.2]),
      objectAt(8, "trash can", [1, 3, 0.2]),
    ],
    { area_m2: 47.32 },
  );

  test("a scene like figure 2's: counts, sizes, distances and the room, each by hand", () => {
    const { questions } = generateQuestions(figure);
    const answers = new Map(questions.map(({ question, ground_truth }) => [question, ground_truth]));
    expect(answers.get("How many trash can(s) are in this room?")).toBe("3");
    expect(answers.get("What is the size of this room (in square meters)?")).toBe("47.3");
    expect(answers.get(fillTemplate(VSI_100K.templates.object_size_estimation!, { category: "coffee table" }))).toBe(
      "112",
    );
    // sqrt(3^2 + 5^2 + 0.1^2) = 5.83
    expect(answers.get("What is the distance between the shower and the kitchen counter (in meters)?")).toBe("5.8");
  });

  test("a scene like figure 2's: the bicycle is right of the shower from the shelf, and the bed nearest to it", () => {
    const found = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const { questions } = generateQuestions(figure, { seed, maxPerScene: { object_rel_direction_easy: 1000 } });
      for (const { question, ground_truth, evidence } of questions) {
        const ids = evidence.object_ids.join();
        if (ids === "0,1,2") {
          expect(ground_truth).toBe("right");
          found.add("right");
        } else if (ids === "0,2,1") {
          expect(ground_truth).toBe("left");
          found.add("left");
        } else if (question.endsWith("the closest to the bicycle?") && question.includes("bed")) {
          expect(ground_truth).toBe("bed");
          found.add("bed");
        }
      }
    }
    expect([...found].sort()).toEqual(["bed", "left", "right"]);
  });
});

describe("bytes", () => {
  const LABELS = [..."abcdefghijklmnop"].map((letter) => `${letter} thing`);

  /**
   * Twenty rooms of 0 to 19 objects, some labels twice, some objects flat, excluded or in one place, some rooms large.
   */
  const ROOMS = Array.from({ length: 20 }, (_, room) => {
    const stream = testStream(room);
    const objects = Array.from({ length: room }, (_, index) => {
      const label = LABELS[uniformInt(stream, 0, LABELS.length - 1)]!;
      const [x, y, z] = [uniformFloat64(stream) * 7, uniformFloat64(stream) * 5, uniformFloat64(stream) * 2];
      const length = index % 7 === 0 ? 0 : uniformFloat64(stream) * 2;
      const object = objectAt(index * 3, label, index % 6 === 5 ? [1, 1, 1] : [x, y, z], [length, 0.004, length / 3]);
      return { ...object, excluded: index % 9 === 8 ? ("structure" as const) : null };
    });
    return factsWith(objects, { scene_name: `scene90${room}_00`, area_m2: room * 4 });
  });

  test("questions, refusals and what is left undrawn are byte for byte those of the first release", () => {
    const hash = createHash("sha256");
    for (const facts of ROOMS) {
      for (const seed of [0, 1, 2]) {
        const { questions, rejects, notDrawn } = generateQuestions(facts, { seed, rules: "paper" });
        const undrawn = Object.values(notDrawn).filter((count) => count > 0);
        // The first release had no routes: a field of evidence that stays null.
        const withoutRoutes = questions.map(({ evidence: { route, ...evidence }, ...question }) => {
          expect(route).toBeNull();
          return { ...question, evidence };
        });
        hash.update(JSON.stringify([withoutRoutes, rejects, undrawn]));
      }
    }
    expect(hash.digest("hex")).toBe("8633720dbd777e5a625a14861f10add50b311a621e8b1a35d2922d741085f8d7");
  });
});
