import { describe, expect, test } from "@jest/globals";
import { boxDistance, centroidDistance, type SceneObject } from "@vsi/geometry";
import fc from "fast-check";
import { generateQuestions, generateSceneQuestions } from "../../src/generateQuestions.ts";
import { VSI_100K } from "../../src/protocols/vsi100k.ts";
import { VSI_BENCH } from "../../src/protocols/vsiBench.ts";
import { refuseRelDistance } from "../../src/types/objectRelDistance.ts";
import { arbitraryClearFacts, factsWith, objectAt } from "../support/facts.ts";
import { testShown } from "../support/shown.ts";

type Measure = (a: SceneObject, b: SceneObject) => number;

const MEASURES: Record<"box" | "centroid", Measure> = {
  box: (a, b) => boxDistance(a.box, b.box),
  centroid: centroidDistance,
};

describe("objectRelDistance", () => {
  const types = ["object_rel_distance"] as const;

  /** A target at the origin and others at these distances along x, in metres. */
  function along(distances: number[], area_m2 = 20) {
    const others = distances.map((distance, index) => objectAt(index + 1, `thing ${index + 1}`, [distance, 0, 0]));
    return factsWith([objectAt(0, "target", [0, 0, 0]), ...others], { area_m2 });
  }

  const ofTarget = <Item extends { object_ids: number[] }>(items: Item[]) =>
    items.filter((item) => item.object_ids[0] === 0);

  test("the nearest of four is the answer; evidence holds its distance and the margin, target first", () => {
    const { questions } = generateQuestions(along([3, 1, 2.5, 4]), { types });
    const [question] = questions.filter(({ evidence }) => evidence.object_ids[0] === 0);
    const listed = /^Which of these objects \((.+)\) is the closest to the target\?$/
      .exec(question!.question)![1]!
      .split(", ");
    expect([...listed].sort()).toEqual(["thing 1", "thing 2", "thing 3", "thing 4"]);
    expect(question!.evidence.object_ids).toEqual([0, ...listed.map((label) => Number(label.at(-1)))]);
    expect(question).toMatchObject({ ground_truth: "thing 2", evidence: { value: 1, unit: "m", margin: 1.5 } });
  });

  test("distances are three-dimensional", () => {
    const facts = along([1, 2, 3, 4]);
    facts.objects[1] = objectAt(1, "thing 1", [1, 0, 9]);
    const { questions } = generateQuestions(facts, { types });
    expect(questions.find(({ evidence }) => evidence.object_ids[0] === 0)!.ground_truth).toBe("thing 2");
  });

  describe("the two nearest too close", () => {
    test.each([
      [20, 0.1, true],
      [20, 0.2, false],
      [40, 0.2, false],
      [40.1, 0.2, true],
      [40.1, 0.35, false],
    ])("in a room of %d m2, a gap of %d m: refused %s", (area, gap, refused) => {
      const facts = along([1, 1 + gap, 3, 4], area);
      const { questions, rejects } = generateQuestions(facts, { types, rules: "paper" });
      const asked = questions.filter(({ evidence }) => evidence.object_ids[0] === 0);
      expect(asked).toHaveLength(refused ? 0 : 1);
      expect(ofTarget(rejects)).toHaveLength(refused ? 1 : 0);
      if (refused) {
        const [reject] = ofTarget(rejects);
        expect(reject).toMatchObject({ code: "nearest-too-close", object_ids: [0, 1, 2, 3, 4], unit: "m" });
        expect(reject!.limit).toBe(area > 40 ? 0.3 : 0.15);
        expect(reject!.value).toBeCloseTo(gap, 10);
      }
      // The only set: careful rules, which know all sets, ask it or say that there is none.
      const careful = generateQuestions(facts, { types });
      expect(careful.questions.filter(({ evidence }) => evidence.object_ids[0] === 0)).toHaveLength(asked.length);
      expect(ofTarget(careful.rejects)).toMatchObject(
        refused ? [{ code: "no-clear-choices", object_ids: [0], value: null, limit: null, unit: null }] : [],
      );
    });
  });

  test("a refused set is drawn again with other objects, never the same set, at most ten times", () => {
    // Eight others all as far away: every set of the 70 is refused.
    const { questions, rejects } = generateQuestions(along([2, 2, 2, 2, 2, 2, 2, 2]), { types, rules: "paper" });
    expect(questions.filter(({ evidence }) => evidence.object_ids[0] === 0)).toEqual([]);
    const sets = ofTarget(rejects).map(({ object_ids }) => [...object_ids].sort().join());
    expect(sets).toHaveLength(10);
    expect(new Set(sets).size).toBe(10);
  });

  test("when there are fewer sets than draws, each is drawn once", () => {
    const { rejects } = generateQuestions(along([2, 2, 2, 2, 2]), { types, rules: "paper" });
    expect(ofTarget(rejects)).toHaveLength(5);
  });

  test.each(["paper", "careful"] as const)("%s rules: one clear set among refused ones is found", (rules) => {
    // Only a set without one of the two nearest has a gap.
    const { questions } = generateQuestions(along([1, 1.01, 3, 4, 5]), { types, rules });
    const asked = questions.filter(({ evidence }) => evidence.object_ids[0] === 0);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.evidence.margin).toBeGreaterThanOrEqual(0.15);
  });

  test("regression: ten draws lost targets that have one clear set of hundreds", () => {
    // Twenty alike and one nearer, in one set of five or so: ten draws find none where luck is bad.
    const facts = along([1, ...Array<number>(20).fill(3)]);
    const sets = (seed: number, rules: "paper" | "careful") =>
      generateQuestions(facts, { types, rules, seed }).questions.filter(({ evidence }) => evidence.object_ids[0] === 0);
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    expect(seeds.some((seed) => sets(seed, "paper").length === 0)).toBe(true);
    for (const seed of seeds) expect(sets(seed, "careful")).toMatchObject([{ ground_truth: "thing 1" }]);
  });

  test("four one-instance labels are too few: no candidate", () => {
    const { questions, rejects, notDrawn } = generateQuestions(along([1, 2, 3]), { types });
    expect([questions, rejects, notDrawn.object_rel_distance]).toEqual([[], [], 0]);
  });

  test("a target's question is the same when a limit leaves out other targets", () => {
    const facts = along([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const all = generateQuestions(facts, { types, rules: "paper" });
    const few = generateQuestions(facts, { types, rules: "paper", maxPerScene: { object_rel_distance: 3 } });
    expect(few.questions).toHaveLength(3);
    expect(all.questions).toEqual(expect.arrayContaining(few.questions));
    expect(few.notDrawn.object_rel_distance).toBeGreaterThan(0);
  });
});

describe("refuseRelDistance", () => {
  const target = objectAt(0, "target", [0, 0, 0]);
  const pairs = (distances: number[]) =>
    distances.map((distance_m, index) => ({
      a: target,
      b: objectAt(index + 1, `thing ${index + 1}`, [distance_m, 0, 0]),
      distance_m,
    }));

  describe("vsi-bench", () => {
    test.each([
      ["the nearest 0.1 m away", [0.1, 1, 2, 3], 20, "objects-too-close", 0.1, 0.15],
      ["the two nearest alike", [1, 1.1, 2, 3], 20, "nearest-too-close", 0.1, 0.15],
      ["the two farthest alike", [1, 2, 3, 3.1], 20, "distances-too-close", 0.1, 0.15],
      ["a gap of just the limit", [0.15, 0.3, 2, 3], 20, "nearest-too-close", 0.15, 0.15],
      ["a gap of 0.2 m in a large room", [1, 1.2, 2, 3], 40.1, "nearest-too-close", 0.2, 0.3],
      ["two others 0.2 m apart in a large room", [1, 2, 2.2, 3], 40.1, "distances-too-close", 0.2, 0.3],
    ])("%s: refused", (_, distances, area, code, value, limit) => {
      const refusal = refuseRelDistance(pairs(distances), area, VSI_BENCH);
      expect(refusal).toMatchObject({ code, limit, unit: "m", object_ids: [0, 1, 2, 3, 4] });
      expect(refusal!.value).toBeCloseTo(value, 12);
    });

    test("nearest at the limit, gaps over it: passed; a room of 40 m2 is not large", () => {
      expect(refuseRelDistance(pairs([0.15, 0.4, 0.6, 0.8]), 40, VSI_BENCH)).toBeNull();
    });
  });

  test("vsi-100k looks at the two nearest alone, and not at how near they are", () => {
    expect(refuseRelDistance(pairs([0, 0.2, 0.2, 0.2]), 20, VSI_100K)).toBeNull();
    expect(refuseRelDistance(pairs([0, 0.1, 2, 3]), 20, VSI_100K)).toMatchObject({ code: "nearest-too-close" });
  });
});

describe("what a choice over all scans picks from", () => {
  test("every pair's distance, as questions measure it and between centroids; each target's sets, its nearest first", () => {
    const kinds = fc.constantFrom("centroid", "box" as const);
    fc.assert(
      fc.property(arbitraryClearFacts, kinds, fc.integer(), (facts, distance, seed) => {
        const { objects } = facts;
        const { pool } = generateSceneQuestions(facts, { types: ["object_rel_distance"], distance, seed });
        const { choices, distances_m, centroids_m, targets, ...rest } = pool.object_rel_distance!;
        const sets = Array.from(rest.sets);
        const measure = MEASURES[distance];
        const ofChoice = (place: number) => objects.find(({ label }) => label === choices[place])!;
        const pairs = choices.flatMap((_, one) =>
          choices.slice(one + 1).map((_, more) => [one, one + 1 + more] as const),
        );
        const between = (of: Measure) => pairs.map(([one, other]) => of(ofChoice(one), ofChoice(other)));
        expect(distances_m).toEqual(between(measure));
        expect(centroids_m).toEqual(between(centroidDistance));
        let next = 0;
        for (const { id, sets: count } of targets) {
          const target = objects.find((object) => object.id === id)!;
          const rows = Array.from({ length: count }, (_, row) => sets.slice(4 * (next + row), 4 * (next + row + 1)));
          expect(new Set(rows.map(String)).size).toBe(count);
          for (const row of rows) {
            const far_m = row.map((place) => measure(target, ofChoice(place)));
            expect(far_m).toEqual(far_m.toSorted((one, other) => one - other));
          }
          next += count;
        }
        expect(sets).toHaveLength(4 * next);
      }),
    );
  });
});

testShown("object_rel_distance", {
  ground_truth: "tv",
  object_ids: [1, 2, 3, 4, 5],
  value: 2.4,
  margin: 0.2,
  unit: "m",
  question: "Which of these objects (tv, sofa, lamp, desk) is the closest to the bed?",
  says: "measured between the boxes of bed (id 1) and each of tv (id 2), sofa (id 3), lamp (id 4), desk (id 5); the nearest, tv, is 2.4 m away; 0.2 m from another answer",
  lines: 4,
  labels: ["2.40 m", "", "", ""],
  trace: /The tv is about 2\.40 meters away, and the next closest one is 0\.20 meters farther/,
});
