import { describe, expect, test } from "@jest/globals";
import { physicalRoomOf } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import fc from "fast-check";
import { LEAST_ROOMS } from "../../src/balance/folds.ts";
import { pickQuestions } from "../../src/balance/pickQuestions.ts";
import { isPooledType, isScenePool, POOLED_TYPES, packPool, type ScenePool } from "../../src/balance/pools.ts";
import { generateSceneQuestions } from "../../src/generateQuestions.ts";
import { arbitraryWalkFacts } from "../support/camera.ts";
import { arbitraryClearFacts } from "../support/facts.ts";
import { arrangedRooms } from "../support/plantedRooms.ts";

const poolOf = (facts: SceneFacts): ScenePool => generateSceneQuestions(facts, { protocol: "vsi-bench" }).pool;

/** A pool with a part of every type. */
const GOOD: ScenePool = {
  object_rel_distance: {
    choices: ["bed", "tv", "sofa", "lamp", "desk"],
    distances_m: [1, 2, 3, 4, 1, 2, 3, 1, 2, 1],
    centroids_m: [1, 2, 3, 4, 1, 2, 3, 1, 2, 1],
    targets: [{ id: 4, label: "bed", sets: 1 }],
    sets: [1, 2, 3, 4],
  },
  object_rel_direction_easy: {
    labels: { 4: "bed", 5: "tv", 6: "sofa" },
    ids: [4, 5, 6, 4, 6, 5],
    answers: [0, 1],
  },
  object_rel_direction_medium: { labels: {}, ids: [1, 2, 3], answers: [2] },
  object_rel_direction_hard: { labels: {}, ids: [1, 2, 3], answers: [3] },
  obj_appearance_order: { labels: ["bed", "tv", "sofa", "lamp"], sets: [0, 1, 2, 3] },
};

/** What picks one seed's questions of this pool, beside rooms that are as they should be: enough to learn from. */
const BESIDE = arrangedRooms(LEAST_ROOMS, 5).map((facts) => ({ scanId: facts.scene_name, pool: poolOf(facts) }));

function pickFrom(scans: readonly { scanId: string; pool: ScenePool }[]) {
  return pickQuestions(
    scans.map((scan) => ({ ...scan, split: "train" as const, room: physicalRoomOf(scan.scanId), limitOf: () => 2 })),
    0,
  );
}

const pickBeside = (pool: ScenePool) => pickFrom([{ scanId: "scene0000_00", pool }, ...BESIDE]);

describe("isPooledType", () => {
  test("the types with answers to choose from about what stands where, and the order of appearance", () => {
    expect(POOLED_TYPES.every(isPooledType)).toBe(true);
    expect((["object_counting", "route_planning", "camera_obj_rel_dist"] as const).some(isPooledType)).toBe(false);
  });
});

describe("packPool", () => {
  test("the numbers stay what they are, ids beyond 32 bits too, and nothing of the given lists is kept", () => {
    const far = 2 ** 40;
    const given: ScenePool = { ...GOOD, object_rel_direction_hard: { labels: {}, ids: [far, 2, 3], answers: [3] } };
    const packed = packPool(given);
    const listed = JSON.stringify(packed, (_, value) =>
      ArrayBuffer.isView(value) ? Array.from(value as never) : value,
    );
    expect(JSON.parse(listed)).toEqual(given);
    for (const { ids, answers } of [packed.object_rel_direction_easy!, packed.object_rel_direction_hard!]) {
      expect([ids, answers].every(ArrayBuffer.isView)).toBe(true);
    }
    const { distances_m, centroids_m, sets } = packed.object_rel_distance!;
    expect([distances_m, centroids_m, sets, packed.obj_appearance_order!.sets].every(ArrayBuffer.isView)).toBe(true);
    expect(packPool({})).toEqual({});
  });

  test.each([255, 256, 65_535, 65_536, 2 ** 53 - 1, -1, -(2 ** 40)])("the id %d stays what it is", (id) => {
    const packed = packPool({ object_rel_direction_hard: { labels: {}, ids: [1, id, 3], answers: [3] } });
    expect(Array.from(packed.object_rel_direction_hard!.ids)).toEqual([1, id, 3]);
  });

  test("what is picked is the same", () => {
    const packed = BESIDE.map(({ scanId, pool }) => ({ scanId, pool: packPool(pool) }));
    expect(pickFrom(packed)).toEqual(pickFrom(BESIDE));
    expect(pickFrom(packed).rooms).toBe(LEAST_ROOMS);
  });
});

describe("isScenePool", () => {
  test("what a scene gives is one, also read back from JSON, and nothing is", () => {
    expect(isScenePool({})).toBe(true);
    expect(isScenePool(GOOD)).toBe(true);
    fc.assert(
      fc.property(fc.oneof(arbitraryClearFacts, arbitraryWalkFacts), (facts) => {
        const pool = poolOf(facts);
        expect(isScenePool(pool)).toBe(true);
        expect(isScenePool(JSON.parse(JSON.stringify(pool)))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  const changed = (change: (pool: Required<ScenePool>) => unknown): unknown => {
    const pool = structuredClone(GOOD) as Required<ScenePool>;
    return change(pool) ?? pool;
  };
  const relDistance = (fields: object) =>
    changed((pool) => ({ ...pool, object_rel_distance: { ...pool.object_rel_distance, ...fields } }));
  const hard = (fields: object) =>
    changed((pool) => ({
      ...pool,
      object_rel_direction_hard: { labels: {}, ids: [1, 2, 3], answers: [0], ...fields },
    }));

  test.each<[string, unknown]>([
    ["null", null],
    ["a list", []],
    ["a text", "{}"],
    ["a type that has no pool", { object_counting: {} }],
    ["a type that is none", { constructor: {} }],
    ["a part that is null", { object_rel_distance: null }],
    ["a part without its lists", { object_rel_distance: {} }],
    ["a label that is a number", relDistance({ choices: ["bed", "tv", "sofa", "lamp", 5] })],
    ["a distance too few", relDistance({ distances_m: [1, 2, 3, 4, 1, 2, 3, 1, 2] })],
    ["a distance that JSON made null of", relDistance({ centroids_m: [1, 2, 3, 4, 1, 2, 3, 1, 2, null] })],
    ["a target without sets", relDistance({ targets: [{ id: 4, label: "bed", sets: 0 }], sets: [] })],
    ["a target without an id", relDistance({ targets: [{ label: "bed", sets: 1 }] })],
    ["a target with half a set", relDistance({ targets: [{ id: 4, label: "bed", sets: 0.5 }], sets: [1, 2] })],
    ["a set of three", relDistance({ sets: [1, 2, 3] })],
    ["a set that is nobody's", relDistance({ sets: [1, 2, 3, 4, 1, 2, 3, 4] })],
    [
      "a target whose sets are another's",
      relDistance({ targets: [1, 2].map((id) => ({ id, label: "bed", sets: 1 })) }),
    ],
    ["a set with a place that is none", relDistance({ sets: [1, 2, 3, 5] })],
    ["a set with half a place", relDistance({ sets: [1, 2, 3, 3.5] })],
    ["a triple of two", hard({ ids: [1, 2] })],
    ["a triple of one object twice", hard({ ids: [1, 2, 1] })],
    ["a triple without an answer", hard({ ids: [1, 2, 3, 4, 5, 6] })],
    ["a triple of texts", hard({ ids: ["1", "2", "3"] })],
    ["an answer that the type has not", hard({ answers: [4] })],
    ["an answer before the first", hard({ answers: [-1] })],
    ["a third answer to left or right", { object_rel_direction_easy: { labels: {}, ids: [1, 2, 3], answers: [2] } }],
    ["a label that is no text", { object_rel_direction_easy: { labels: { 1: null }, ids: [], answers: [] } }],
    ["an order of labels that are not there", { obj_appearance_order: { labels: ["bed"], sets: [0, 1, 2, 3] } }],
    ["an order of three", { obj_appearance_order: { labels: ["bed", "tv", "sofa"], sets: [0, 1, 2] } }],
  ])("%s is none", (_, value) => {
    expect(isScenePool(value)).toBe(false);
  });

  type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

  const odd = fc.oneof(
    fc.jsonValue() as fc.Arbitrary<Json>,
    fc.constantFrom<Json>(-1, 0, 1, 3, 4, 0.5, 1e308, 9007199254740992, "", "__proto__", null, [], {}),
  );

  /** The value with one of the values in it, counted over all of them, taken away or another in its place. */
  function changedAt(value: Json, at: number, other: Json | undefined): Json {
    let left = at;
    const visit = (current: Json): Json | undefined => {
      left -= 1;
      if (left === -1) return other;
      if (Array.isArray(current)) return current.map(visit).filter((item) => item !== undefined);
      if (current === null || typeof current !== "object") return current;
      const entries = Object.entries(current).map(([name, item]) => [name, visit(item)] as const);
      return Object.fromEntries(entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
    };
    return visit(value) ?? null;
  }

  const size = (value: Json): number =>
    value === null || typeof value !== "object"
      ? 1
      : Object.values(value).reduce<number>((sum, item) => sum + size(item), 1);

  test("whatever became of a file: what passes can be picked from", () => {
    let passed = 0;
    const good = JSON.parse(JSON.stringify(GOOD)) as Json;
    const mutation = fc.tuple(fc.nat({ max: size(good) - 1 }), fc.option(odd, { nil: undefined }));
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const value = mutations.reduce<Json>((current, [at, other]) => changedAt(current, at, other), good);
        const isPool: boolean = isScenePool(value);
        if (!isPool) return;
        passed += 1;
        const { byScan, rooms } = pickBeside(value as ScenePool);
        expect(rooms).toBe(LEAST_ROOMS + 1);
        expect(byScan.size).toBe(LEAST_ROOMS + 1);
      }),
      { numRuns: 400 },
    );
    expect(passed).toBeGreaterThan(10);
  });
});
