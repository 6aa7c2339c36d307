import { describe, expect, test } from "@jest/globals";
import type { SceneFacts, SceneObject, Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { answerQuery } from "../../src/queries/answerQuery.ts";
import type { CountingQuery } from "../../src/types/objectCounting.ts";
import type { Query } from "../../src/types/registry.ts";
import { arbitraryFacts, factsWith, objectAt } from "../support/facts.ts";

const counting = (category: string): CountingQuery => ({ question_type: "object_counting", category });

describe("what ReVSI asks beside VSI-Bench, by definition", () => {
  const labelsOf = (facts: SceneFacts) => [
    ...new Set(facts.objects.filter(({ excluded }) => excluded === null).map(({ category }) => category)),
  ];
  const groupOf = (facts: SceneFacts, name: string) =>
    facts.objects.filter(({ category, excluded }) => excluded === null && category === name);
  const metres = (a: SceneObject, b: SceneObject) =>
    Math.hypot(...a.centroid.map((value, axis) => value - b.centroid[axis]!));

  test("a sum is the sum of the counts, published ones too, and names all that was counted", () => {
    fc.assert(
      fc.property(arbitraryFacts, fc.boolean(), (facts, isPublished) => {
        const [category, ...others] = labelsOf(facts);
        fc.pre(category !== undefined);
        const published = isPublished ? { ...facts, counts: { [category!]: 40 } } : facts;
        const one = (name: string) => Number(answerQuery(published, counting(name)).ground_truth);
        const { ground_truth, value, unit, evidence } = answerQuery(published, { ...counting(category!), others });
        expect(Number(ground_truth)).toBe([category!, ...others].reduce((sum, name) => sum + one(name), 0));
        expect([value, unit]).toEqual([Number(ground_truth), "count"]);
        expect([...evidence.object_ids].sort()).toEqual(
          facts.objects
            .filter(({ excluded }) => excluded === null)
            .map(({ id }) => id)
            .sort(),
        );
      }),
    );
  });

  test("the farthest is as far as none of the others, each measured to its nearest instance", () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        const [category, ...choices] = labelsOf(facts);
        fc.pre(choices.length >= 2);
        const query: Query = { question_type: "object_rel_distance", category: category!, choices, which: "farthest" };
        const { ground_truth, value, margin } = answerQuery(facts, query, { distance: "centroid" });
        const distances = choices.map((name) =>
          Math.min(...groupOf(facts, category!).flatMap((a) => groupOf(facts, name).map((b) => metres(a, b)))),
        );
        expect(value).toBeCloseTo(Math.max(...distances), 9);
        expect(distances[choices.indexOf(ground_truth)]).toBeCloseTo(value!, 9);
        expect(margin).toBeCloseTo(value! - [...distances].sort((one, other) => one - other).at(-2)!, 9);
      }),
    );
  });

  test("facing in the opposite direction is facing an object mirrored at where one stands", () => {
    let asked = 0;
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        const singles = labelsOf(facts).filter((name) => groupOf(facts, name).length === 1);
        const [positioning = "", orienting = "", querying = ""] = singles;
        fc.pre(singles.length >= 3);
        const [stand, faced, other] = [positioning, orienting, querying].map(
          (name) => groupOf(facts, name)[0]!.centroid,
        );
        const isApart = (a: Vec3, b: Vec3) => Math.hypot(a[0] - b[0], a[1] - b[1]) > 1e-3;
        fc.pre(isApart(stand!, faced!) && isApart(stand!, other!));
        const mirrored = objectAt(2000, "mirrored", [2 * stand![0] - faced![0], 2 * stand![1] - faced![1], 0]);
        const withMirrored = { ...facts, objects: [...facts.objects, mirrored] };
        for (const question_type of [
          "object_rel_direction_easy",
          "object_rel_direction_medium",
          "object_rel_direction_hard",
        ] as const) {
          const query = { question_type, positioning, orienting, querying };
          const opposite = answerQuery(facts, { ...query, facing: "opposite" });
          const toward = answerQuery(withMirrored, { ...query, orienting: "mirrored" });
          expect(answerQuery(facts, { ...query, facing: "toward" })).toEqual(answerQuery(facts, query));
          // At an edge rounding decides.
          if (opposite.margin! > 1e-6) {
            expect(opposite.ground_truth).toBe(toward.ground_truth);
            // Nearly 180 and nearly -180 are one direction.
            expect(Math.cos(((opposite.value! - toward.value!) * Math.PI) / 180)).toBeCloseTo(1, 9);
            expect(opposite.margin).toBeCloseTo(toward.margin!, 6);
            asked++;
          }
          expect(opposite.evidence.object_ids).toEqual(answerQuery(facts, query).evidence.object_ids);
        }
      }),
    );
    expect(asked).toBeGreaterThan(50);
  });

  test("by hand: the bed's back to the sink, the tv is behind it to the right", () => {
    const facts = factsWith([
      objectAt(0, "bed", [0, 0, 0]),
      objectAt(1, "sink", [0, 3, 0]),
      objectAt(2, "tv", [-2, 1, 0]),
    ]);
    const query = { positioning: "bed", orienting: "sink", querying: "tv", facing: "opposite" } as const;
    expect(answerQuery(facts, { question_type: "object_rel_direction_hard", ...query })).toMatchObject({
      ground_truth: "back-right",
      evidence: { object_ids: [0, 1, 2] },
    });
    expect(answerQuery(facts, { question_type: "object_rel_direction_medium", ...query }).ground_truth).toBe("right");
  });

  test("the main room has the area that the facts have", () => {
    const facts = factsWith([], { area_m2: 12.34 });
    expect(answerQuery(facts, { question_type: "room_size_estimation", rooms: "main" }).ground_truth).toBe("12.3");
  });

  test("regression, it answered 0.0: a room without an outline has no size", () => {
    const facts = factsWith([], { area_m2: 0 });
    for (const rooms of ["all", "main"] as const) {
      expect(() => answerQuery(facts, { question_type: "room_size_estimation", rooms })).toThrow(
        expect.objectContaining({
          code: "query-no-room",
          message: expect.stringContaining("facts without a floor area"),
        }),
      );
    }
  });
});
