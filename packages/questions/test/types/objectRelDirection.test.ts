import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { sectorWords } from "../../src/scene/directions.ts";
import { DIRECTION_SECTORS } from "../../src/types/objectRelDirection.ts";
import { factsWith, objectAt } from "../support/facts.ts";
import { testShown } from "../support/shown.ts";

describe("objectRelDirection", () => {
  const types = ["object_rel_direction_easy"] as const;
  /** The recipe's own choice; careful rules pick from pools, and have tests of their own below. */
  const uncapped = { types, rules: "paper", maxPerScene: { object_rel_direction_easy: 1_000_000 } } as const;

  const triangle = (a: Vec3, b: Vec3, c: Vec3) =>
    factsWith([objectAt(0, "shelf", a), objectAt(1, "shower", b), objectAt(2, "bicycle", c)]);

  test("each object of a wide triangle is stood by once, and every answer is what the map says", () => {
    // Counter-clockwise shelf, shower, bicycle: from each corner, facing the next, the third is to the left.
    const { questions, rejects } = generateQuestions(triangle([0, 0, 0], [3, 0, 1], [1, 2, 2]), uncapped);
    expect(rejects).toEqual([]);
    expect(questions.map(({ evidence }) => evidence.object_ids[0]).sort()).toEqual([0, 1, 2]);
    const labels = ["shelf", "shower", "bicycle"];
    for (const { question, ground_truth, evidence } of questions) {
      const [positioning, orienting, querying] = evidence.object_ids as [number, number, number];
      expect(question).toBe(
        `If I am standing by the ${labels[positioning]} and facing the ${labels[orienting]}, is the ${labels[querying]} to the left or the right of the ${labels[orienting]}?`,
      );
      expect(ground_truth).toBe((orienting - positioning + 3) % 3 === 1 ? "left" : "right");
      expect(evidence.unit).toBe("degree");
      expect(Math.sign(evidence.value!)).toBe(ground_truth === "left" ? 1 : -1);
    }
    const fromShelf = questions.find(({ evidence }) => evidence.object_ids[0] === 0)!;
    expect(Math.abs(fromShelf.evidence.value!)).toBeCloseTo((Math.atan2(2, 1) * 180) / Math.PI, 10);
  });

  test("the margin is the way to straight ahead or straight behind", () => {
    const { questions } = generateQuestions(triangle([0, 0, 0], [2, 0, 0], [-1.5, 1, 0]), uncapped);
    const behind = questions.find(({ evidence }) => evidence.object_ids[0] === 0)!;
    expect(behind.evidence.margin).toBeCloseTo((Math.atan2(1, 1.5) * 180) / Math.PI, 10);
  });

  test.each<[string, Vec3, Vec3, Vec3, string, number, number]>([
    ["one above the other", [0, 0, 0], [0.1, 0, 3], [2, 2, 0], "objects-too-close", 0.1, 0.3],
    ["one place", [0, 0, 0], [0, 0, 0], [0, 0, 0], "objects-too-close", 0, 0.3],
    ["far apart", [0, 0, 0], [6, 0, 0], [3, 3, 0], "objects-too-far", 6, 5],
  ])("%s is refused on the floor plane, wherever one stands", (_, a, b, c, code, value, limit) => {
    const { questions, rejects } = generateQuestions(triangle(a, b, c), uncapped);
    expect(questions).toEqual([]);
    expect(rejects).toHaveLength(3);
    for (const reject of rejects) {
      expect(reject).toMatchObject({ code, limit, unit: "m" });
      expect(reject.value).toBeCloseTo(value, 10);
      expect([...reject.object_ids].sort()).toEqual([0, 1, 2]);
    }
  });

  test("height alone does not put objects too far apart", () => {
    expect(generateQuestions(triangle([0, 0, 0], [3, 0, 9], [1, 2, 0]), uncapped).questions).toHaveLength(3);
  });

  test("three in a line are refused from each of them: ahead, ahead and behind", () => {
    const { questions, rejects } = generateQuestions(triangle([0, 0, 0], [2, 0, 0], [4, 0.1, 0]), uncapped);
    expect(questions).toEqual([]);
    expect(rejects.map(({ code, limit, unit }) => [code, limit, unit])).toEqual(
      Array.from({ length: 3 }, () => ["angle-near-edge", 10, "degree"]),
    );
  });

  const nineDegrees: Vec3 = [2 * Math.cos(Math.PI / 20), 2 * Math.sin(Math.PI / 20), 0];
  const elevenDegrees: Vec3 = [2 * Math.cos((11 * Math.PI) / 180), 2 * Math.sin((11 * Math.PI) / 180), 0];
  test.each<[string, Vec3, boolean]>([
    ["9 degrees", nineDegrees, false],
    ["11 degrees", elevenDegrees, true],
  ])("%s off the line", (_, querying, asked) => {
    const { questions } = generateQuestions(triangle([0, 0, 0], [4, 0, 0], querying), uncapped);
    expect(questions.some(({ evidence }) => evidence.object_ids[0] === 0)).toBe(asked);
  });

  const circle = factsWith(
    Array.from({ length: 9 }, (_, id) =>
      objectAt(id, `thing ${id}`, [2 * Math.cos((2 * Math.PI * id) / 9), 2 * Math.sin((2 * Math.PI * id) / 9), 0]),
    ),
  );

  test("six a scan by default, three left and three right; the rest is counted", () => {
    const { questions, rejects, notDrawn } = generateQuestions(circle, { types });
    expect(questions.map(({ ground_truth }) => ground_truth).sort()).toEqual([
      "left",
      "left",
      "left",
      "right",
      "right",
      "right",
    ]);
    expect(questions.length + rejects.length + notDrawn.object_rel_direction_easy!).toBe((9 * 8 * 7) / 2);
  });

  test("without a limit no triple comes twice, not even mirrored; a limit gives the first of them", () => {
    const all = generateQuestions(circle, uncapped);
    const drawn = all.questions.map(({ evidence: { object_ids } }) =>
      [object_ids[0], ...object_ids.slice(1).sort()].join(),
    );
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(drawn.length + all.rejects.length).toBe((9 * 8 * 7) / 2);
    const six = generateQuestions(circle, { types, rules: "paper" });
    expect(all.questions.slice(0, 6)).toEqual(six.questions);
  });

  test("two labels are too few: no candidate", () => {
    const facts = factsWith([objectAt(0, "bed", [0, 0, 0]), objectAt(1, "sink", [1, 0, 0])]);
    expect(generateQuestions(facts, { types })).toMatchObject({
      questions: [],
      rejects: [],
      notDrawn: { object_rel_direction_easy: 0 },
    });
  });

  // In rooms one object in fifteen stands behind: a model that never said "back" was right in 47 % of three answers.
  test.each([
    ["object_rel_direction_easy", 2],
    ["object_rel_direction_medium", 3],
    ["object_rel_direction_hard", 4],
  ] as const)("%s: in no room is one of the %i answers ahead of another by more than one", (type, answers) => {
    const room = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 5 })), { maxLength: 12 });
    let complete = 0;
    fc.assert(
      fc.property(room, fc.nat({ max: 99 }), (places, seed) => {
        const objects = places.map(([x, y], index) => objectAt(index, `thing ${index}`, [x, y, 0], [0, 0, 0]));
        const made = generateQuestions(factsWith(objects), {
          protocol: "vsi-bench",
          types: [type],
          rules: "paper",
          seed,
        });
        const counts = new Map<string, number>();
        for (const { ground_truth } of made.questions) counts.set(ground_truth, (counts.get(ground_truth) ?? 0) + 1);
        const each = [...counts.values()];
        if (counts.size === answers) complete++;
        else if (each.length > 0) expect(Math.max(...each)).toBe(1);
        if (each.length > 0) expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1);
      }),
    );
    expect(complete).toBeGreaterThan(10);
  });

  describe("under careful rules", () => {
    const TYPES = ["object_rel_direction_easy", "object_rel_direction_medium", "object_rel_direction_hard"] as const;
    const room = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 5 })), { maxLength: 9 })
      .map((places) =>
        factsWith(places.map(([x, y], index) => objectAt(index, `thing ${index}`, [x, y, 0], [0.1, 0.1, 0.1]))),
      );

    test.each(TYPES)("regression: %s of a triple and of its mirror image, which gives it away", (type) => {
      let asked = 0;
      fc.assert(
        fc.property(room, fc.nat({ max: 99 }), fc.constantFrom(2, 6, 1000), (facts, seed, most) => {
          const options = { protocol: "vsi-bench", types: [type], seed, maxPerScene: { [type]: most } } as const;
          const { questions, notDrawn } = generateQuestions(facts, options);
          const pairs = questions.map(({ evidence: { object_ids } }) =>
            [object_ids[0], ...object_ids.slice(1).sort()].join(),
          );
          expect(new Set(pairs).size).toBe(pairs.length);
          expect(questions.length).toBeLessThanOrEqual(most);
          // One candidate a pair: with both images asked, there were fewer than none left.
          expect(notDrawn[type]).toBeGreaterThanOrEqual(0);
          asked += questions.length;
        }),
      );
      expect(asked).toBeGreaterThan(100);
    });

    test.each(TYPES)("%s: no answer is ahead of the others' mean by more than what is left out over", (type) => {
      fc.assert(
        fc.property(room, fc.nat({ max: 99 }), (facts, seed) => {
          const { questions } = generateQuestions(facts, { protocol: "vsi-bench", types: [type], seed });
          const words = sectorWords(DIRECTION_SECTORS[type]);
          for (const word of words) {
            const times = questions.filter(({ ground_truth }) => ground_truth === word).length;
            expect(times - questions.length / words.length).toBeLessThanOrEqual(4);
          }
        }),
      );
    });

    test("farther apart than the recipe's 5 m is asked too: nobody said that an answer ends there", () => {
      const { questions } = generateQuestions(triangle([0, 0, 0], [8, 0, 1], [2, 7, 2]), { types });
      expect(questions.length).toBeGreaterThan(0);
    });
  });
});

testShown("object_rel_direction_easy", {
  ground_truth: "right",
  object_ids: [1, 2, 3],
  value: -90,
  margin: 90,
  unit: "degree",
  says: "standing at the centroid of bed (id 1) and facing that of tv (id 2), one turns -90 degrees (left is positive) to face that of sofa (id 3); 90 degrees from another answer",
  lines: 2,
  labels: ["facing", "90° right", ""],
  trace: /turn about 90 degrees to the right/,
});

testShown("object_rel_direction_medium", {
  ground_truth: "left",
  object_ids: [1, 3, 2],
  value: 90,
  margin: 45,
  unit: "degree",
  says: "standing at the centroid of bed (id 1) and facing that of sofa (id 3), one turns 90 degrees (left is positive) to face that of tv (id 2); 45 degrees from another answer",
  lines: 2,
  labels: ["facing", "90° left", ""],
  trace: /turn about 90 degrees to the left/,
});

testShown("object_rel_direction_hard", {
  ground_truth: "front-right",
  object_ids: [1, 2, 4],
  value: -53.13,
  margin: 36.87,
  unit: "degree",
  says: "standing at the centroid of bed (id 1) and facing that of tv (id 2), one turns -53.13 degrees (left is positive) to face that of lamp (id 4); 36.87 degrees from another answer",
  lines: 2,
  labels: ["facing", "53° front-right", ""],
  trace: /turn about 53 degrees to the right/,
});
