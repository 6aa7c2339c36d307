import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { QuestionType } from "@vsi/dataset";
import fc from "fast-check";
import { capsFor, hashRank, TARGETS, TypeCaps } from "../src/targets.ts";

interface Placed {
  scanId: string;
  place: number;
  id: string;
  question_type: QuestionType;
}

const placed = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 30 })), {
    selector: ([scan, place]) => `${scan}/${place}`,
  })
  .map((places) =>
    places.map(
      ([scan, place]): Placed => ({
        scanId: `scene900${scan}_00`,
        place,
        id: `${scan}.${place}`,
        question_type: place % 2 === 0 ? "object_counting" : "room_size_estimation",
      }),
    ),
  );

function keptIds(questions: readonly Placed[], caps: Partial<Record<QuestionType, number>>, seed = 0): string[] {
  const types = new TypeCaps(seed);
  for (const question of questions) types.add(question.scanId, question.place, question);
  const over = types.over(caps);
  return questions.filter(({ scanId, place }) => !over.get(scanId)?.has(place)).map(({ id }) => id);
}

describe("TypeCaps", () => {
  test("keeps min(cap, all) of a capped type and all of the others, in whatever order the scans come", () => {
    fc.assert(
      fc.property(placed, fc.nat({ max: 40 }), (questions, cap) => {
        const kept = keptIds(questions, { object_counting: cap });
        const all = questions.filter(({ question_type }) => question_type === "object_counting").length;
        const others = questions.length - all;
        expect(kept).toHaveLength(Math.min(cap, all) + others);
        expect(keptIds(questions.toReversed(), { object_counting: cap }).toSorted()).toEqual(kept.toSorted());
      }),
    );
  });

  test("a smaller cap keeps part of what a larger one keeps", () => {
    fc.assert(
      fc.property(placed, fc.nat({ max: 20 }), (questions, cap) => {
        const larger = new Set(keptIds(questions, { object_counting: cap + 1 }));
        for (const id of keptIds(questions, { object_counting: cap })) expect(larger).toContain(id);
      }),
    );
  });

  test("every question is as likely to be kept: over 400 seeds each of ten is drawn about half the time", () => {
    const ten = Array.from(
      { length: 10 },
      (_, place): Placed => ({ scanId: "a", place, id: `q${place}`, question_type: "object_counting" }),
    );
    const drawn = new Map<string, number>();
    for (let seed = 0; seed < 400; seed += 1) {
      for (const id of keptIds(ten, { object_counting: 5 }, seed)) drawn.set(id, (drawn.get(id) ?? 0) + 1);
    }
    // 200 expected, standard deviation 10: five of them either side.
    for (const { id } of ten) expect(Math.abs((drawn.get(id) ?? 0) - 200)).toBeLessThan(50);
  });
});

describe("capsFor", () => {
  test("all scans give the published totals, a tenth of them a tenth", () => {
    const target = TARGETS["vsi-100k"];
    expect(capsFor(target, 1513)).toEqual(target.questions);
    expect(capsFor(target, 151.3)).toMatchObject({ object_abs_distance: 7500, object_counting: 640 });
    expect(Object.values(capsFor(target, 0)).every((cap) => cap === 0)).toBe(true);
  });
});

test("hashRank: the first sixteen hex digits of the sha256, computed here by node:crypto", () => {
  for (const name of ["", "a", "Küche", "balance/0/0123456789abcdef"]) {
    expect(hashRank(name)).toBe(createHash("sha256").update(name, "utf8").digest("hex").slice(0, 16));
  }
});
