import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Question, Reject, SceneFacts, SceneObject } from "@vsi/dataset";
import { buildSceneFacts, groupInstances, type LabelRules, type Scan } from "@vsi/geometry";
import { findScans, readLabelRules, readScanWithMesh } from "@vsi/geometry/node";
import { generateQuestions, type RulesName } from "@vsi/questions";
import { writeRawScanNet } from "@vsi/synth/node";
import { temporaryFolder } from "@vsi/testing/folders";

/** 30,000: about 7 cm apart, so that every piece of furniture has hundreds. */
const VERTICES = 30_000;

const FIRST_FREE_SEGMENT = 2_000_000;

describe("a sample room whose annotation is damaged, under careful rules", () => {
  const folder = temporaryFolder();
  let labelRules: LabelRules;
  let scan: Scan;
  let facts: SceneFacts;

  beforeAll(async () => {
    await writeRawScanNet(folder, { rooms: 1, seed: 3, vertexCount: VERTICES });
    const [room] = await findScans(folder);
    if (room === undefined) throw new Error("no room was written");
    labelRules = await readLabelRules();
    ({ scan, facts } = await readScanWithMesh(room, { labelRules, surfaceDistances: true }));
  });

  /** Objects that questions may name, alone with their label, the largest first. */
  function singles(): SceneObject[] {
    const nameable = facts.objects.filter(({ excluded }) => excluded === null);
    return nameable
      .filter(({ label }) => nameable.filter((other) => other.label === label).length === 1)
      .sort((one, other) => (other.points ?? 0) - (one.points ?? 0));
  }

  function verticesOf(id: number): number[] {
    const { objects } = scan.aggregation;
    const place = objects.findIndex((object) => object.id === id);
    return [...(groupInstances(scan.segmentIds, objects)[place] ?? [])];
  }

  /** The scan with these vertices in a segment of their own. */
  function withSegment(damaged: Scan, vertices: readonly number[], segment: number): Scan {
    const segmentIds = damaged.segmentIds.slice();
    for (const vertex of vertices) segmentIds[vertex] = segment;
    return { ...damaged, segmentIds };
  }

  function withObjects(damaged: Scan, objects: Scan["aggregation"]["objects"]): Scan {
    return { ...damaged, aggregation: { ...damaged.aggregation, objects } };
  }

  interface Asked {
    damagedFacts: SceneFacts;
    questions: Question[];
    rejects: Reject[];
    sizeOf(id: number): number | null;
    naming(id: number): Question[];
  }

  function ask(damaged: Scan, rules: RulesName): Asked {
    const { facts: damagedFacts } = buildSceneFacts(damaged, { labelRules, surfaceDistances: true });
    const { questions, rejects } = generateQuestions(damagedFacts, { protocol: "vsi-bench", labels: "raw", rules });
    const naming = (id: number) => questions.filter(({ evidence }) => evidence.object_ids.includes(id));
    const sizeOf = (id: number) => {
      const [size] = naming(id).filter(({ question_type }) => question_type === "object_size_estimation");
      return size === undefined ? null : Number(size.ground_truth);
    };
    return { damagedFacts, questions, rejects, naming, sizeOf };
  }

  test("undamaged, it is asked about its largest single objects", () => {
    const { naming, sizeOf } = ask(scan, "careful");
    for (const { id } of singles().slice(0, 5)) {
      expect(sizeOf(id)).not.toBeNull();
      expect(naming(id).length).toBeGreaterThan(2);
    }
  });

  test.each([1, 3])("a clock of %d vertices is asked nothing, and refused once", (count) => {
    const wall = facts.objects.find(({ label }) => label === "wall");
    if (wall === undefined) throw new Error("a room without walls");
    const id = 900;
    const segment = FIRST_FREE_SEGMENT;
    const clock = withObjects(withSegment(scan, verticesOf(wall.id).slice(0, count), segment), [
      ...scan.aggregation.objects,
      { id, label: "alarm clock", segments: [segment] },
    ]);
    expect(ask(clock, "paper").naming(id).length).toBeGreaterThan(2);
    const { naming, rejects } = ask(clock, "careful");
    expect(naming(id)).toEqual([]);
    const own = rejects.filter(({ code }) => code.startsWith("object-"));
    expect(own).toMatchObject([{ code: "object-too-few-points", object_ids: [id], value: count, limit: 20 }]);
  });

  test("20 stray vertices of another object move no size that is asked for", () => {
    const clean = ask(scan, "careful");
    const targets = singles().slice(0, 5);
    expect(targets).toHaveLength(5);
    let moved = 0;
    for (const [place, target] of targets.entries()) {
      // The object farthest off gives them: those of a piece beside it may be no more than a bulge.
      const giver = singles().reduce((farthest, other) =>
        apart(target, other) > apart(target, farthest) ? other : farthest,
      );
      const segment = FIRST_FREE_SEGMENT + place;
      const objects = scan.aggregation.objects.map((object) =>
        object.id === target.id ? { ...object, segments: [...object.segments, segment] } : object,
      );
      const damaged = withObjects(withSegment(scan, verticesOf(giver.id).slice(0, 20), segment), objects);
      const before = clean.sizeOf(target.id) ?? Number.NaN;
      const literal = ask(damaged, "paper").sizeOf(target.id) ?? Number.NaN;
      if (Math.abs(literal - before) > 50) moved += 1;
      const { sizeOf, naming, rejects } = ask(damaged, "careful");
      const after = sizeOf(target.id);
      if (after !== null) {
        expect(Math.abs(after - before)).toBeLessThanOrEqual(Math.max(1, 0.05 * before));
        continue;
      }
      // Nor is anything else asked about it: strays move distances and directions too.
      expect(naming(target.id)).toEqual([]);
      expect(rejects).toContainEqual(expect.objectContaining({ code: "object-scattered", object_ids: [target.id] }));
    }
    expect(moved).toBe(5);
  });

  test("a duplicate with half of a thing's segments: the thing is neither two nor one", () => {
    const [thing] = singles();
    if (thing === undefined) throw new Error("a room without furniture");
    const { segments } = scan.aggregation.objects.find(({ id }) => id === thing.id) ?? { segments: [] };
    expect(segments.length).toBeGreaterThan(3);
    const copy = { id: 901, label: thing.label, segments: segments.slice(0, segments.length / 2) };
    const damaged = withObjects(scan, [...scan.aggregation.objects, copy]);
    const literal = ask(damaged, "paper").naming(thing.id);
    expect(literal).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ question_type: "object_counting", ground_truth: "2" })]),
    );
    const { questions, rejects, damagedFacts } = ask(damaged, "careful");
    expect(damagedFacts.objects.find(({ id }) => id === thing.id)).toMatchObject({ box: thing.box });
    expect(questions.filter(({ question }) => question.includes(thing.label))).toEqual([]);
    expect(rejects).toContainEqual(
      expect.objectContaining({ code: "object-duplicated", object_ids: [thing.id, copy.id] }),
    );
  });

  test("y and z exchanged, it is refused with advice", () => {
    const positions = scan.positions.slice();
    for (let offset = 0; offset < positions.length; offset += 3) {
      [positions[offset + 1], positions[offset + 2]] = [
        scan.positions[offset + 2] ?? 0,
        scan.positions[offset + 1] ?? 0,
      ];
    }
    const files = scan.files ?? { mesh: "", segments: "", aggregation: "" };
    expect(() => buildSceneFacts({ ...scan, axisAlignment: null, positions }, { labelRules })).toThrow(
      expect.objectContaining({
        code: "scan-not-upright",
        detail: expect.objectContaining({ file: files.mesh, advice: expect.stringMatching(/so that \+Z points up/) }),
      }),
    );
  });
});

function apart(one: SceneObject, other: SceneObject): number {
  return Math.hypot(...one.centroid.map((value, axis) => value - (other.centroid[axis] ?? 0)));
}
