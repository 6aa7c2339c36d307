import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { GeometryError } from "../../src/errors.ts";
import { buildSceneFacts, SCENE_FACTS_DEFAULTS, type Scan } from "../../src/facts/sceneFacts.ts";
import type { LabelRule } from "../../src/sources/scannet/labels.ts";

/** A chair (segment 10), a table (segment 20) and a wall (segment 30), listed out of order. */
function smallScan(changes: Partial<Scan> = {}): Scan {
  return {
    dataset: "vsi-synth",
    sceneName: "scene9000_00",
    positions: Float32Array.of(0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 2, 1, 4, 0, 0, 4, 0, 2, 0, 9, 0),
    segmentIds: Int32Array.of(10, 10, 10, 10, 20, 20, 30),
    aggregation: {
      sceneName: "scene9000_00",
      objects: [
        { id: 7, label: "dinning table", segments: [20] },
        { id: 2, label: "chair", segments: [10] },
        { id: 9, label: "wall", segments: [30] },
      ],
      warnings: ["every object was listed twice"],
    },
    axisAlignment: null,
    ...changes,
  };
}

const RULES = new Map<string, LabelRule>([
  ["dinning table", { category: "dining table", excluded: null }],
  ["wall", { category: "wall", excluded: "structure" }],
]);

describe("buildSceneFacts", () => {
  test("describes each object, ordered by id, with the rules' categories", () => {
    const { facts, warnings } = buildSceneFacts(smallScan(), { labelRules: RULES });
    expect(
      facts.objects.map(({ id, label, category, excluded, points }) => [id, label, category, excluded, points]),
    ).toEqual([
      [2, "chair", "chair", null, 4],
      [7, "dinning table", "dining table", null, 2],
      [9, "wall", "wall", "structure", 1],
    ]);
    expect(facts.objects[0].centroid).toEqual([0.5, 1, 0.25]);
    expect(facts.objects[0].aabb).toEqual({ min: [0, 0, 0], max: [1, 2, 1] });
    expect(facts.objects[0].box.size).toEqual([2, 1, 1]);
    expect(facts.room.center).toEqual([2, 4.5, 1]);
    expect(facts.counts).toBeNull();
    expect([facts.schema, facts.dataset, facts.scene_name]).toEqual(["vsi-scene/1", "vsi-synth", "scene9000_00"]);
    expect(warnings).toEqual(["every object was listed twice"]);
  });

  test("tells the core along the box's sides, of what questions may name", () => {
    const yaw = 0.4;
    const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
    // A table top of 1.2 x 0.6 m, 4 cm between vertices, and a vertex of it 3 m off.
    const top = Array.from({ length: 31 * 16 }, (_, index) => [0.04 * (index % 31), 0.04 * Math.floor(index / 31)]);
    const points = [...top.map(([u, v]) => [c * u - s * v, s * u + c * v, 0.7]), [4, 0, 0.7], [0, 9, 0]];
    const segmentIds = Int32Array.from(points, (_, index) => (index < points.length - 1 ? 20 : 30));
    const objects = [
      { id: 1, label: "table", segments: [20] },
      { id: 2, label: "wall", segments: [30] },
    ];
    const aggregation = { sceneName: "scene9000_00", objects, warnings: [] };
    const [table, wall] = buildSceneFacts(
      smallScan({ positions: Float32Array.from(points.flat()), segmentIds, aggregation }),
      { labelRules: RULES },
    ).facts.objects;
    expect(wall.core_size).toBeNull();
    expect(table.box.size[0]).toBeGreaterThan(3);
    const { core_size } = table;
    // Whatever way the box lies, the top's own diagonal is the most that it can be long.
    expect(Math.max(...core_size!)).toBeLessThan(Math.hypot(1.2, 0.6));
    expect(core_size![2]).toBe(0);
    expect(core_size!.map((length) => Math.round(length * 1e6) / 1e6)).toEqual(core_size);
  });

  test("measures between surfaces only when asked, and only what questions may name", () => {
    expect(SCENE_FACTS_DEFAULTS.surfaceDistances).toBe(false);
    expect(buildSceneFacts(smallScan()).facts.surface_distances).toBeNull();
    const { facts } = buildSceneFacts(smallScan(), { labelRules: RULES, surfaceDistances: true });
    const closest = [
      [1, 0, 0],
      [4, 0, 0],
    ];
    expect(facts.surface_distances).toEqual([{ a: 2, b: 7, distance_m: 3, closest }]);
  });

  test("tells the closest vertices of each two objects to a millimetre, the distance between them to a micrometre", () => {
    const positions = smallScan().positions.map((coordinate) => coordinate * 1.23456789);
    const { facts } = buildSceneFacts(smallScan({ positions }), { labelRules: RULES, surfaceDistances: true });
    const closest = [
      [1.235, 0, 0],
      [4.938, 0, 0],
    ];
    expect(facts.surface_distances).toEqual([{ a: 2, b: 7, distance_m: 3.703704, closest }]);
  });

  test("makes the box that was asked for", () => {
    const slanted = smallScan({
      positions: Float32Array.of(0, 0, 0, 1, 0, 1, 2, 0, 2, 3, 0, 3, 4, 0, 0, 4, 0, 2, 0, 9, 0),
    });
    expect(buildSceneFacts(slanted).facts.objects[0].box.size).toEqual([3, 0, 3]);
    expect(buildSceneFacts(slanted, { box: "pca" }).facts.objects[0].box.size).toEqual([4.242641, 0, 0]);
  });

  test("turns the vertices into the aligned frame first", () => {
    const quarterTurn = Float64Array.of(0, -1, 0, 100, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    expect(buildSceneFacts(smallScan({ axisAlignment: quarterTurn })).facts.objects[0].centroid).toEqual([
      99, 0.5, 0.25,
    ]);
  });

  test("returns facts that JSON gives back unchanged, for any vertices and yaw", () => {
    const coordinate = fc.float({ min: -20, max: 20, noNaN: true });
    const vertices = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 7, maxLength: 7 });
    const options = fc.record({
      box: fc.constantFrom("gravity" as const, "pca" as const),
      surfaceDistances: fc.boolean(),
    });
    fc.assert(
      fc.property(vertices, fc.double({ min: -4, max: 4, noNaN: true }), options, (points, yaw, chosen) => {
        const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
        const scan = smallScan({
          positions: Float32Array.from(points.flat()),
          axisAlignment: Float64Array.of(c, -s, 0, 1, s, c, 0, 2, 0, 0, 1, 3, 0, 0, 0, 1),
        });
        const { facts } = buildSceneFacts(scan, chosen);
        // toStrictEqual tells -0 from 0; JSON turns NaN into null.
        expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
      }),
    );
  });

  test("refuses segments that do not match the vertices, naming the file", () => {
    const files = { mesh: "m.ply", segments: "s.json", aggregation: "a.json" };
    const run = () => buildSceneFacts(smallScan({ segmentIds: Int32Array.of(10), files }));
    expect(run).toThrow(GeometryError);
    expect(run).toThrow("s.json: segIndices: got 1 segment ids, expected 7, one for each vertex of m.ply");
    expect(() => buildSceneFacts(smallScan({ segmentIds: Int32Array.of(10) }))).toThrow(
      "scene9000_00_vh_clean_2.0.010000.segs.json",
    );
  });

  test("accepts a scan without objects", () => {
    const aggregation = { sceneName: "scene9000_00", objects: [], warnings: [] };
    const { facts } = buildSceneFacts(smallScan({ aggregation }), { surfaceDistances: true });
    expect(facts.objects).toEqual([]);
    expect(facts.surface_distances).toEqual([]);
  });
});
