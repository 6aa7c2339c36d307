import { describe, expect, test } from "@jest/globals";
import type { OrientedBox, SceneObject, Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { PROTOCOLS } from "../../src/protocols/protocols.ts";
import { protocolWith } from "../../src/protocols/rules.ts";
import { boxOverlap, type ObjectRules, unclearObjects } from "../../src/scene/clearObjects.ts";
import { cameraWith } from "../support/camera.ts";
import { arbitraryFacts, factsWith, objectAt, turned } from "../support/facts.ts";

const RULES = protocolWith(PROTOCOLS["vsi-bench"], "careful").objects as ObjectRules;

function withPoints(object: SceneObject, points: number | null): SceneObject {
  return { ...object, points, core_size: [...object.box.size] };
}

/** Six things apart from each other, two chairs among them; ids from 0 on. */
const ROOM = ["bed", "sink", "lamp", "tv", "chair", "chair"].map((label, id) =>
  withPoints(objectAt(id, label, [1.7 * id - 4, (id * id) % 5, 0.5], [0.6, 0.5, 0.4]), 400),
);

function changed(id: number, change: Partial<SceneObject>): SceneObject[] {
  return ROOM.map((object) => (object.id === id ? { ...object, ...change } : object));
}

function ask(objects: SceneObject[], rules: "careful" | "paper" = "careful") {
  const visible = Object.fromEntries(objects.map(({ id }) => [id, 200]));
  const times = Object.fromEntries(objects.map(({ id }) => [id, 3 * id]));
  const frames = objects.map((_, place) => ({
    position: [place - 3, 1, 1.5] as Vec3,
    visible: Object.fromEntries(Object.entries(visible).slice(0, place + 1)),
  }));
  const facts = factsWith(objects, { camera: cameraWith(frames, times) });
  const { questions, rejects } = generateQuestions(facts, { protocol: "vsi-bench", labels: "raw", rules });
  const about = (id: number) => questions.filter(({ evidence }) => evidence.object_ids.includes(id));
  const naming = (label: string) => questions.filter(({ question }) => question.includes(label));
  const coded = rejects.filter(({ code }) => code.startsWith("object-"));
  return { questions, about, naming, coded };
}

describe("questions under careful rules", () => {
  test("all of a clear room is asked about", () => {
    const { about, coded } = ask(ROOM);
    for (const { id } of ROOM) expect(about(id).length).toBeGreaterThan(0);
    expect(coded).toEqual([]);
  });

  test.each([1, 3, 19])("a lamp of %d vertices is named by no question, and told once", (points) => {
    const objects = changed(2, { points });
    expect(ask(objects, "paper").naming("lamp").length).toBeGreaterThan(3);
    const { about, naming, coded } = ask(objects);
    expect([...about(2), ...naming("lamp")]).toEqual([]);
    expect(coded).toMatchObject([
      {
        question_type: "object_size_estimation",
        code: "object-too-few-points",
        object_ids: [2],
        value: points,
        limit: 20,
        unit: "count",
      },
    ]);
  });

  test("a lamp of 49 vertices is named, but not measured", () => {
    const { about, coded } = ask(changed(2, { points: 49 }));
    const types = new Set(about(2).map(({ question_type }) => question_type));
    expect(types.has("object_size_estimation")).toBe(false);
    expect(types.has("object_abs_distance")).toBe(true);
    expect(coded).toMatchObject([{ code: "object-too-few-points", value: 49, limit: 50 }]);
    expect(ask(changed(2, { points: 50 })).coded).toEqual([]);
  });

  test("chairs are not counted where one has 9 vertices; with 10 they are, but none is a choice", () => {
    const few = ask(changed(5, { points: 9 }));
    expect(few.naming("chair")).toEqual([]);
    expect(few.coded).toMatchObject([
      { question_type: "object_counting", code: "object-too-few-points", object_ids: [5], value: 9, limit: 10 },
    ]);
    const enough = ask(changed(5, { points: 10 }));
    expect(enough.naming("chair").map(({ question_type }) => question_type)).toEqual(["object_counting"]);
    expect(enough.coded).toEqual([]);
  });

  test.each([0, 1, 2])("a core that is 4 cm shorter along side %d of a bed of 60 cm, and nothing names it", (side) => {
    const core_size = ROOM[0]!.box.size.map((length, axis) => length - (axis === side ? 0.04 : 0)) as Vec3;
    const { naming, coded } = ask(changed(0, { core_size }));
    expect(naming("bed")).toEqual([]);
    expect(coded).toMatchObject([{ code: "object-scattered", object_ids: [0], limit: 0.03, unit: "m" }]);
    expect(coded[0]!.value).toBeCloseTo(0.04, 12);
  });

  test("a core that is 2 cm shorter, or not known, changes nothing", () => {
    const shorter = ROOM[0]!.box.size.map((length) => length - 0.02) as Vec3;
    const asked = ask(ROOM).questions;
    expect(ask(changed(0, { core_size: shorter })).questions).toEqual(asked);
    const old = ROOM.map(({ core_size: _, ...object }) => object);
    expect(ask(old).questions).toEqual(asked);
    expect(ask(ROOM.map((object) => ({ ...object, points: null, core_size: null }))).questions).toEqual(asked);
  });

  test("scattered chairs are counted, but none is a choice", () => {
    const { naming, coded } = ask(changed(5, { core_size: [0.1, 0.1, 0.1] }));
    expect(naming("chair").map(({ question_type }) => question_type)).toEqual(["object_counting"]);
    expect(coded).toEqual([]);
  });

  test("two beds of which one lies in the other are neither counted nor a choice", () => {
    const [bed] = ROOM as [SceneObject];
    const half = withPoints(
      objectAt(9, "bed", [bed.centroid[0] - 0.15, ...bed.centroid.slice(1)] as Vec3, [0.3, 0.5, 0.4]),
      200,
    );
    const objects = [...ROOM, half];
    expect(ask(objects, "paper").naming("bed").length).toBeGreaterThan(0);
    const { naming, coded } = ask(objects);
    expect(naming("bed")).toEqual([]);
    expect(coded).toMatchObject([
      { question_type: "object_counting", code: "object-duplicated", object_ids: [0, 9], value: 1, limit: 0.5 },
    ]);
  });

  test("whatever a room holds, no question but counting names an object that is not clear", () => {
    const points = fc.array(fc.constantFrom(1, 15, 30, 100), { minLength: 14, maxLength: 14 });
    const shares = fc.array(fc.constantFrom(0.2, 0.94, 1), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(arbitraryFacts, points, shares, (facts, counts, cores) => {
        const objects = facts.objects.map((object, index) => ({
          ...object,
          points: counts[index]!,
          core_size: object.box.size.map((length) => cores[index]! * length) as Vec3,
        }));
        const { questions } = generateQuestions({ ...facts, objects }, { protocol: "vsi-bench", rules: "careful" });
        const byId = new Map(objects.map((object) => [object.id, object]));
        for (const { question_type, evidence } of questions) {
          for (const id of evidence.object_ids) {
            const { points, box, core_size } = byId.get(id)!;
            if (question_type === "object_counting") {
              expect(points).toBeGreaterThanOrEqual(10);
              continue;
            }
            expect(points).toBeGreaterThanOrEqual(question_type === "object_size_estimation" ? 50 : 20);
            const longest = Math.max(...box.size);
            for (const side of [0, 1, 2]) {
              expect(core_size[side]).toBeGreaterThanOrEqual(box.size[side]! - 0.05 * longest - 2e-6);
            }
          }
        }
      }),
    );
  });
});

test("without rules, and where all is whole, nothing is unclear", () => {
  const lamps = new Map([["lamp", [{ ...objectAt(0, "lamp", [0, 0, 0]), points: 1 }]]]);
  expect(unclearObjects(lamps, null)).toEqual({ named: new Map(), sized: new Map(), counted: new Map() });
  expect(unclearObjects(lamps, RULES).named.size).toBe(1);
});

describe("boxOverlap", () => {
  const boxOf = (object: SceneObject): OrientedBox => object.box;
  const cube = boxOf(objectAt(0, "cube", [0, 0, 0], [2, 2, 2]));

  test.each<[string, OrientedBox, number]>([
    ["itself", cube, 1],
    ["one inside", boxOf(objectAt(1, "", [0.3, 0, 0], [1, 1, 1])), 1],
    ["one around", boxOf(objectAt(1, "", [1, 1, 1], [9, 9, 9])), 1],
    ["one of its size, half of it aside", boxOf(objectAt(1, "", [1, 0, 0], [2, 2, 2])), 0.5],
    ["a smaller one, a fifth of it outside", boxOf(objectAt(1, "", [0.7, 0, 0], [1, 1, 1])), 0.8],
    ["one beside it", boxOf(objectAt(1, "", [2.1, 0, 0], [2, 2, 2])), 0],
    ["one far away", boxOf(objectAt(1, "", [50, 0, 0], [2, 2, 2])), 0],
    ["a flat one that stands half in it", boxOf(objectAt(1, "", [1, 0, 0], [2, 0, 2])), 0.5],
    ["a point in it", boxOf(objectAt(1, "", [0.5, 0.5, 0.5], [0, 0, 0])), 1],
  ])("a cube of 2 m and %s", (_, other, share) => {
    expect(boxOverlap(cube, other)).toBeCloseTo(share, 9);
    expect(boxOverlap(other, cube)).toBeCloseTo(share, 9);
  });

  test("two flat ones in a plane, and two in planes apart", () => {
    const rug = objectAt(0, "rug", [0, 0, 0.01], [2, 1, 0]).box;
    expect(boxOverlap(rug, { ...rug, center: [0.5, 0, 0.010001] })).toBeCloseTo(0.8, 9);
    expect(boxOverlap(rug, { ...rug, center: [0.5, 0, 0.02] })).toBe(0);
  });

  test("upright boxes at any angle: the share of the smaller one, by clipping its floor rectangle", () => {
    const small = fc.double({ min: 0.2, max: 1.5, noNaN: true });
    const place = fc.double({ min: -1, max: 1, noNaN: true });
    const yaw = fc.double({ min: 0, max: 3, noNaN: true });
    const box = fc
      .record({ at: fc.tuple(place, place, place), size: fc.tuple(small, small, small), yaw })
      .map(({ at, size, yaw: angle }) => turned(objectAt(0, "", at, size), angle).box);
    const volume = ({ size: [u, v, w] }: OrientedBox) => u * v * w;
    const error = (a: OrientedBox, b: OrientedBox) =>
      Math.abs(boxOverlap(a, b) - sharedVolume(a, b) / Math.min(volume(a), volume(b)));
    // Half a cell at each end, along three axes.
    const worst = 1 - 0.9 ** 3;
    fc.assert(fc.property(box, box, (a, b) => error(a, b) <= worst + 1e-4));
    const errors = fc.sample(fc.tuple(box, box), { numRuns: 500, seed: 1 }).map(([a, b]) => error(a, b));
    expect(errors.reduce((sum, one) => sum + one, 0) / errors.length).toBeLessThan(0.03);
  });
});

/** The volume that two upright boxes share: one's floor rectangle clipped by the sides of the other's, times height. */
function sharedVolume(a: OrientedBox, b: OrientedBox): number {
  const low = Math.max(a.center[2] - a.size[2] / 2, b.center[2] - b.size[2] / 2);
  const high = Math.min(a.center[2] + a.size[2] / 2, b.center[2] + b.size[2] / 2);
  const corner = (u: number, v: number): [number, number] => [
    a.center[0] + u * a.size[0] * a.axes[0][0] + v * a.size[1] * a.axes[1][0],
    a.center[1] + u * a.size[0] * a.axes[0][1] + v * a.size[1] * a.axes[1][1],
  ];
  let ring = [corner(-0.5, -0.5), corner(0.5, -0.5), corner(0.5, 0.5), corner(-0.5, 0.5)];
  for (const side of [0, 1] as const) {
    for (const sign of [-1, 1]) {
      const beyond = ([x, y]: [number, number]) =>
        sign * (b.axes[side][0] * (x - b.center[0]) + b.axes[side][1] * (y - b.center[1])) - b.size[side] / 2;
      ring = ring.flatMap((from, index) => {
        const to = ring[(index + 1) % ring.length]!;
        const [before, after] = [beyond(from), beyond(to)];
        const share = before / (before - after);
        const crossing: [number, number] = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
        const kept = before <= 0 ? [from] : [];
        return before <= 0 !== after <= 0 ? [...kept, crossing] : kept;
      });
    }
  }
  const area = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
  return Math.abs(area) * Math.max(0, high - low);
}
