import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  type Manifest,
  QUESTION_TYPES,
  type Question,
  type QuestionType,
  type SceneFacts,
  type Vec3,
} from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { pointToBoxDistance } from "@vsi/geometry";
import { type ShownRoom, shownRoom } from "@vsi/questions/internal";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import { boxCorners } from "../../src/page/drawing/boxPoints.ts";
import { type Drawing, type DrawnSegment, lengthOf } from "../../src/page/drawing/drawing.ts";
import { drawQuestion } from "../../src/page/drawing/drawQuestion.ts";

/** Metres: facts hold points to a millimetre. */
const ROUNDING = 0.002;

const dataset = forgedDataset();
const rooms = new Map<string, ShownRoom>();
const questions: Question[] = [];

beforeAll(() => {
  const manifest = JSON.parse(readFileSync(join(dataset.healthy, "manifest.json"), "utf8")) as Manifest;
  for (const file of readdirSync(join(dataset.healthy, "scenes"))) {
    const facts = JSON.parse(readFileSync(join(dataset.healthy, "scenes", file), "utf8")) as SceneFacts;
    rooms.set(facts.scene_name, shownRoom(facts, manifest));
  }
  for (const file of readdirSync(join(dataset.healthy, "data"))) {
    const lines = readFileSync(join(dataset.healthy, "data", file), "utf8")
      .split("\n")
      .filter(Boolean);
    questions.push(...lines.map((line) => JSON.parse(line) as Question));
  }
});

interface Drawn {
  question: Question;
  room: ShownRoom;
  facts: SceneFacts;
  drawing: Drawing;
}

/** Every question of the types, with its drawing; at least one of each type. */
function drawn(...types: QuestionType[]): Drawn[] {
  const all = questions.filter(({ question_type }) => types.includes(question_type));
  expect(new Set(all.map(({ question_type }) => question_type))).toEqual(new Set(types));
  return all.map((question) => {
    const room = rooms.get(question.scene_name)!;
    return { question, room, facts: room.facts, drawing: drawQuestion(question, room) };
  });
}

const answers = ({ drawing }: Drawn): DrawnSegment[] =>
  drawing.segments.filter(({ emphasis }) => emphasis === "answer");
const object = ({ facts }: Drawn, id: number) => facts.objects.find((one) => one.id === id)!;
const position = ({ facts }: Drawn, name: string): Vec3 => {
  const pose = facts.camera!.frames.find((frame) => frame.name === name)!.camera_to_world;
  return [pose[3]!, pose[7]!, pose[11]!];
};

describe("every question's drawing", () => {
  test("highlights the objects of its evidence, each once, in a dataset with every type", () => {
    for (const { question, drawing } of drawn(...QUESTION_TYPES)) {
      expect(drawing.objects.map(({ id }) => id).sort()).toEqual([...question.evidence.object_ids].sort());
      expect(JSON.stringify(drawing)).not.toMatch(/null|NaN/);
    }
  });

  test("of objects and frames that the scene does not have nothing is drawn", () => {
    for (const { question, room } of drawn(...QUESTION_TYPES)) {
      const empty = { ...room, objects: new Map(), frames: null, stream: null };
      expect(drawQuestion(question, empty).objects).toEqual([]);
    }
  });
});

describe("distances", () => {
  test("between two objects: the ends are the facts' closest points", () => {
    for (const one of drawn("object_abs_distance")) {
      const [a, b] = one.question.evidence.object_ids as [number, number];
      const known = one.facts.surface_distances!.find(
        (pair) => pair.a === Math.min(a, b) && pair.b === Math.max(a, b),
      )!;
      const [line] = answers(one);
      expect([line!.from, line!.to]).toEqual(a < b ? known.closest : known.closest!.toReversed());
      expect(Math.abs(lengthOf(line!.from, line!.to) - one.question.evidence.value!)).toBeLessThan(ROUNDING);
      expect(line).toMatchObject({ isExact: true, label: `${one.question.ground_truth} m` });
    }
  });

  test("to four choices: each has its segment, the right one is the shortest and as long as the evidence says", () => {
    for (const one of drawn("object_rel_distance")) {
      const { segments } = one.drawing;
      expect(segments).toHaveLength(one.question.evidence.object_ids.length - 1);
      const [line, ...others] = answers(one);
      expect(others).toEqual([]);
      const lengths = segments.map(({ from, to }) => lengthOf(from, to));
      expect(Math.abs(lengthOf(line!.from, line!.to) - one.question.evidence.value!)).toBeLessThan(ROUNDING);
      expect(Math.min(...lengths)).toBe(lengthOf(line!.from, line!.to));
      expect(one.drawing.objects.find(({ emphasis }) => emphasis === "answer")!.label).toBe(one.question.ground_truth);
    }
  });

  test("facts that do not know the closest vertices: between the boxes, and marked as a stand-in", () => {
    const one = drawn("object_abs_distance")[0]!;
    const surface_distances = one.facts.surface_distances!.map(({ a, b, distance_m }) => ({ a, b, distance_m }));
    const room = { ...one.room, facts: { ...one.facts, surface_distances } };
    const [line] = drawQuestion(one.question, room).segments;
    const [a, b] = one.question.evidence.object_ids as [number, number];
    expect(line!.isExact).toBe(false);
    expect(pointToBoxDistance(object(one, a).box, line!.from)).toBeLessThan(1e-6);
    expect(pointToBoxDistance(object(one, b).box, line!.to)).toBeLessThan(1e-6);
  });

  test("from a camera: to the mesh's vertex where the mesh is there, else to the box", () => {
    for (const one of drawn("camera_obj_abs_dist", "camera_obj_rel_dist")) {
      const camera = position(one, one.question.evidence.frames![0]!);
      const vertex: Vec3 = [1, 2, 3];
      const withMesh = drawQuestion(one.question, one.room, () => vertex).segments;
      for (const [index, line] of one.drawing.segments.entries()) {
        const id = one.question.evidence.object_ids[index]!;
        expect(line.from).toEqual(camera);
        expect(lengthOf(line.from, line.to)).toBeCloseTo(pointToBoxDistance(object(one, id).box, camera), 6);
        expect(line.isExact).toBe(false);
        expect(withMesh[index]).toMatchObject({ from: camera, to: vertex, isExact: true });
      }
      expect(one.drawing.frames).toEqual(one.question.evidence.frames!.slice(0, 1));
      const labels = answers(one).map(({ label }) => Number.parseFloat(label));
      expect(labels).toHaveLength(1);
      expect(Math.abs(labels[0]! - one.question.evidence.value!)).toBeLessThan(0.051);
    }
  });
});

describe("sizes", () => {
  test("the longest side: from corner to corner, as long as the evidence says", () => {
    for (const one of drawn("object_size_estimation")) {
      const [line] = answers(one);
      const corners = boxCorners(object(one, one.question.evidence.object_ids[0]!).box);
      for (const end of [line!.from, line!.to]) {
        expect(Math.min(...corners.map((corner) => lengthOf(corner, end)))).toBeLessThan(1e-9);
      }
      expect(lengthOf(line!.from, line!.to)).toBeCloseTo(one.question.evidence.value! / 100, 6);
    }
  });

  test("the room: its outline on the floor", () => {
    for (const { drawing, facts, question } of drawn("room_size_estimation")) {
      expect(drawing.areas).toMatchObject([{ rings: facts.room.outline!, label: `${question.ground_truth} m²` }]);
    }
  });
});

describe("directions", () => {
  const TYPES = ["object_rel_direction_easy", "object_rel_direction_medium", "object_rel_direction_hard"] as const;

  test("the arrow to the object asked about lies in the one sector of the right word, by the evidence's angle", () => {
    for (const one of drawn(...TYPES)) {
      const stand = object(one, one.question.evidence.object_ids[0]!).centroid;
      const [answer] = answers(one);
      const facing = one.drawing.segments.find(({ label }) => label === "facing")!;
      expect(answer!.from.slice(0, 2)).toEqual(stand.slice(0, 2));
      const heading = ({ from, to }: DrawnSegment) => Math.atan2(to[1] - from[1], to[0] - from[0]);
      const turn = ((heading(answer!) - heading(facing)) * 180) / Math.PI;
      expect(Math.cos(((turn - one.question.evidence.value!) * Math.PI) / 180)).toBeCloseTo(1, 9);
      const around = one.drawing.sectors.filter(({ start, end }) => {
        const angle = heading(answer!);
        return [-2, -1, 0, 1, 2].some((k) => angle + 2 * Math.PI * k > start && angle + 2 * Math.PI * k < end);
      });
      expect(around.map(({ label, isAnswer }) => [label, isAnswer])).toEqual([[one.question.ground_truth, true]]);
    }
  });

  test("the sectors are the whole disc, each word once", () => {
    for (const { drawing } of drawn(...TYPES)) {
      const whole = drawing.sectors.reduce((sum, { start, end }) => sum + end - start, 0);
      expect(whole).toBeCloseTo(2 * Math.PI, 9);
      expect(new Set(drawing.sectors.map(({ label }) => label)).size).toBe(drawing.sectors.length);
    }
  });

  test("a route goes from point to point of the evidence, and its turns are the answer", () => {
    for (const { question, drawing } of drawn("route_planning")) {
      const route = question.evidence.route!;
      expect(drawing.segments.map(({ from }) => from.slice(0, 2))).toEqual(route.slice(0, -1));
      expect(drawing.segments.map(({ to }) => to.slice(0, 2))).toEqual(route.slice(1));
      expect(drawing.sectors.map(({ label }) => label).join(", ")).toBe(question.ground_truth);
      expect(drawing.points[0]!.at.slice(0, 2)).toEqual(route[0]);
    }
  });
});

describe("streams", () => {
  test("counted objects have their numbers", () => {
    for (const { question, drawing } of drawn("object_counting")) {
      expect(drawing.objects.map(({ label }) => Number.parseInt(label, 10))).toEqual(
        Array.from({ length: Number(question.ground_truth) }, (_, index) => index + 1),
      );
    }
  });

  test("the numbers at first sight are the answer's order, each at a frame that shows the object", () => {
    for (const one of drawn("obj_appearance_order")) {
      const named = one.drawing.objects.map(({ label }) => /^\d+\. (.*) \(/.exec(label)![1]);
      expect(named.join(", ")).toBe(one.question.ground_truth);
      for (const [index, { at: place }] of one.drawing.points.entries()) {
        const { id } = at(one.drawing.objects, index);
        const frame = one.room.stream!.frames.find(({ position: seen }) => lengthOf(seen, place) === 0);
        expect(frame!.seen.has(id)).toBe(true);
      }
    }
  });

  test("a movement goes from one frame's camera to the other's", () => {
    for (const one of drawn("camera_displacement", "camera_movement_direction")) {
      const [line] = answers(one);
      const [first, second] = one.question.evidence.frames as [string, string];
      expect([line!.from, line!.to]).toEqual([position(one, first), position(one, second)]);
      expect(one.drawing.frames).toEqual([first, second]);
    }
  });

  test("of a camera's axes the answer's, or the one against it, goes most along the movement", () => {
    const against: Record<string, string> = { left: "right", up: "down", backward: "forward" };
    for (const one of drawn("camera_movement_direction")) {
      const [line] = answers(one);
      const along = (axis: DrawnSegment) =>
        [0, 1, 2].reduce((sum, k) => sum + (axis.to[k]! - axis.from[k]!) * (line!.to[k]! - line!.from[k]!), 0);
      const axes = one.drawing.segments.filter(({ emphasis }) => emphasis === "compared");
      const best = axes.reduce((most, axis) => (Math.abs(along(axis)) > Math.abs(along(most)) ? axis : most));
      const word = one.question.ground_truth;
      expect(best.label).toBe(against[word] ?? word);
      expect(along(best) > 0).toBe(!(word in against));
    }
  });
});
