import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { validateQuestion, validateReject, validateScene } from "@vsi/dataset/validate";
import { FLOOR_PLAN_SHAPES } from "@vsi/synth";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { VSI_BENCH } from "../../src/protocols/vsiBench.ts";
import { answerQuery } from "../../src/queries/answerQuery.ts";
import { parseQuestion } from "../../src/queries/parseQuestion.ts";
import { factsWith, objectAt } from "../support/facts.ts";
import { type PlannedRoom, planSampleRooms } from "../support/planSampleRooms.ts";
import { testShown } from "../support/shown.ts";

type Point = [number, number];

/** A rectangle on the floor: half lengths along its own sides, turned about its middle. */
interface Rectangle {
  center: Point;
  half: Point;
  yaw: number;
}

/** Less than the body's 0.2 m: a surface comes nearer than its vertices, which are about 9 cm apart. */
const CLEARANCE = 0.12;

/** What surely is in a walker's way: it reaches into these heights. */
const [STEP, HEAD] = [0.15, 1.75];

function rectangleDistance({ center, half, yaw }: Rectangle, [x, y]: Point): number {
  const [dx, dy] = [x - center[0], y - center[1]];
  const along = Math.abs(dx * Math.cos(yaw) + dy * Math.sin(yaw)) - half[0];
  const across = Math.abs(dy * Math.cos(yaw) - dx * Math.sin(yaw)) - half[1];
  return Math.hypot(Math.max(along, 0), Math.max(across, 0));
}

/** The footprints of the room's solid parts, pillars and partitions, from its construction. */
function obstaclesOf({ pieces, floorPlan }: PlannedRoom["room"]): Rectangle[] {
  const parts = pieces.flatMap(({ center, yaw, elevation, parts }) =>
    parts
      .filter(({ min, max }) => elevation + max[2] > STEP && elevation + min[2] < HEAD)
      .map(({ min, max }): Rectangle => {
        const [x, y] = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2];
        return {
          center: [
            center[0] + x * Math.cos(yaw) - y * Math.sin(yaw),
            center[1] + x * Math.sin(yaw) + y * Math.cos(yaw),
          ],
          half: [(max[0] - min[0]) / 2, (max[1] - min[1]) / 2],
          yaw,
        };
      }),
  );
  const walls = floorPlan.outline.map(([x, y], index, outline): Rectangle => {
    const [endX, endY] = outline[(index + 1) % outline.length]!;
    return {
      center: [(x + endX) / 2, (y + endY) / 2],
      half: [Math.hypot(endX - x, endY - y) / 2, 0],
      yaw: Math.atan2(endY - y, endX - x),
    };
  });
  const solids = floorPlan.solids.map(
    ({ min, max }): Rectangle => ({
      center: [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2],
      half: [(max[0] - min[0]) / 2, (max[1] - min[1]) / 2],
      yaw: 0,
    }),
  );
  return [...parts, ...walls, ...solids];
}

function isOnFloor({ floorPlan }: PlannedRoom["room"], [x, y]: Point): boolean {
  return floorPlan.floor.some(({ min, max }) => x >= min[0] && x <= max[0] && y >= min[1] && y <= max[1]);
}

function heading([fromX, fromY]: Point, [toX, toY]: Point): number {
  return (Math.atan2(toY - fromY, toX - fromX) * 180) / Math.PI;
}

function turnFrom(before: number, after: number): number {
  return ((((after - before) % 360) + 540) % 360) - 180;
}

/** What a robot told to do so turns by, and how far off it may be for the word to stay the right one. */
const TURNS: Record<string, number> = { "Turn Left": 90, "Turn Right": -90, "Turn Back": 180 };

/** Walks a route over the room as it was built, by the question's own words and the right answer's turns. */
function walkRoute(
  { question, ground_truth, evidence }: Question,
  room: PlannedRoom["room"],
  obstacles: Rectangle[],
): void {
  const route = evidence.route!;
  // A route that goes back to where it was: found in a sample room, where the destination stood beside the start.
  for (const [index, [x, y]] of route.entries()) {
    for (const [otherX, otherY] of route.slice(index + 1)) {
      expect(Math.hypot(otherX - x, otherY - y)).toBeGreaterThanOrEqual(VSI_BENCH.routes!.smallestLeg_m);
    }
  }
  const stops = evidence.object_ids.map((id) => room.objects.find((object) => object.id === id)!);
  const labels = [...question.matchAll(/Go forward until the (.+?)\. /g)].map(([, label]) => label);
  const [, start, facing, destination] =
    /beginning at the (.+) facing the (.+)\. You want to navigate to the (.+?)\. /.exec(question)!;
  expect(stops.map(({ label }) => label)).toEqual([start, ...labels]);
  expect([labels[0], labels.at(-1)]).toEqual([facing, destination]);
  expect(route).toHaveLength(stops.length);

  for (const [index, { box }] of stops.entries()) {
    const { center, size, yaw } = box!;
    const footprint: Rectangle = { center: [center[0], center[1]], half: [size[0] / 2, size[1] / 2], yaw };
    expect(rectangleDistance(footprint, route[index]!)).toBeLessThan(0.75);
  }
  let ahead = heading(route[0]!, [stops[1]!.centroid[0], stops[1]!.centroid[1]]);
  expect(Math.abs(turnFrom(ahead, heading(route[0]!, route[1]!)))).toBeLessThanOrEqual(21);
  ahead = heading(route[0]!, route[1]!);
  for (const [index, turn] of ground_truth.split(", ").entries()) {
    const next = heading(route[index + 1]!, route[index + 2]!);
    expect(Math.abs(turnFrom(ahead + TURNS[turn]!, next))).toBeLessThanOrEqual(30 + 1e-6);
    ahead = next;
  }
  for (const [index, from] of route.slice(0, -1).entries()) {
    const to = route[index + 1]!;
    // One expectation a leg: an expectation a point took most of the test's time.
    let offFloor = 0;
    let clearance = Number.POSITIVE_INFINITY;
    for (let share = 0; share <= 1; share += 1 / 128) {
      const point: Point = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
      if (!isOnFloor(room, point)) offFloor++;
      for (const rectangle of obstacles) clearance = Math.min(clearance, rectangleDistance(rectangle, point));
    }
    expect(offFloor).toBe(0);
    expect(clearance).toBeGreaterThan(CLEARANCE);
  }
}

const ROOMS_EACH = 50;

/** Of 355 turns of the published routes 57 are turns back: within three standard errors, of all turns and of first ones. */
function checkShares(questions: readonly Question[]): void {
  const lists = questions.map(({ ground_truth }) => ground_truth.split(", "));
  for (const turns of [lists.flat(), lists.flatMap((list) => list.slice(0, 1))]) {
    const backs = turns.filter((turn) => turn === "Turn Back").length;
    const [share, standardError] = [57 / 355, Math.sqrt(((57 / 355) * (298 / 355)) / turns.length)];
    expect(Math.abs(backs / turns.length - share)).toBeLessThan(3 * standardError);
    expect(turns.length).toBeGreaterThan(100);
  }
  const scenes = new Map<string, number>();
  for (const { scene_name, ground_truth } of questions) {
    const ahead = ground_truth.split("Turn Left").length - ground_truth.split("Turn Right").length;
    scenes.set(scene_name, (scenes.get(scene_name) ?? 0) + ahead);
  }
  for (const ahead of scenes.values()) {
    expect(Math.abs(ahead)).toBeLessThanOrEqual(VSI_BENCH.routes!.mostAhead);
  }
}

describe("200 sample rooms", () => {
  test.each(FLOOR_PLAN_SHAPES.map((shape, index) => ({ shape, first: index * ROOMS_EACH })))(
    "$shape: every route can be walked in the room as built, and its turns lead to the destination",
    async ({ shape, first }) => {
      const questions: Question[] = [];
      let roomsWithRoutes = 0;
      let rooms = 0;
      const careful: Question[] = [];
      for await (const { room, facts, ...generated } of planSampleRooms(shape, first, ROOMS_EACH)) {
        rooms++;
        const obstacles = obstaclesOf(room);
        for (const question of [...generated.questions, ...generated.careful]) {
          walkRoute(question, room, obstacles);
          const again = answerQuery(facts, parseQuestion(question.question));
          expect(again.ground_truth).toBe(question.ground_truth);
          expect(again.evidence.object_ids).toEqual(question.evidence.object_ids);
          validateQuestion(JSON.parse(JSON.stringify(question)), { file: "questions" });
        }
        for (const reject of generated.rejects) {
          validateReject(reject, { file: "rejects" });
        }
        validateScene(JSON.parse(JSON.stringify(facts)), { file: "facts" });
        questions.push(...generated.questions);
        careful.push(...generated.careful);
        roomsWithRoutes += Math.sign(generated.questions.length);
      }
      expect(rooms).toBe(ROOMS_EACH);
      // In some rooms furniture leaves no way between two objects; where half had none, this would test little.
      expect(roomsWithRoutes).toBeGreaterThan(ROOMS_EACH / 2);
      checkShares(careful);
      // Turns back become rarer, and hardly any route is lost to that.
      expect(careful.length).toBeGreaterThan(0.9 * questions.length);
      for (const { options, mc_answer, ground_truth, evidence } of [...questions, ...careful]) {
        const turns = evidence.object_ids.length - 2;
        const lists = options!.map((option) => option.slice("A. ".length));
        expect(lists).toHaveLength(turns === 1 ? 3 : 4);
        expect(new Set(lists).size).toBe(lists.length);
        expect(lists["ABCD".indexOf(mc_answer!)]).toBe(ground_truth);
        expect(lists.every((list) => list.split(", ").length === turns)).toBe(true);
        expect(turns).toBeLessThanOrEqual(4);
        expect(evidence.margin).toBeGreaterThanOrEqual(15);
        expect(new Set(evidence.object_ids).size).toBe(evidence.object_ids.length);
      }
    },
  );
});

describe("a floor of 6 m by 6 m", () => {
  /** Rows of 0.1 m; `wall` is a column of cells that are not walkable. */
  const floor = (wall: number | null) => ({
    origin: [-3, -3] as Point,
    cell_m: 0.1,
    columns: 60,
    rows: 60,
    cells: wall === null ? "0 3600" : `${wall} ${"1 59 ".repeat(59)}1 ${59 - wall}`,
  });
  // Three corners of a square: from the bed facing the lamp, the sink is to the left; the other way round to the right.
  const objects = [
    objectAt(0, "bed", [-2, -2, 0.1], [0.2, 0.2, 0.2]),
    objectAt(1, "lamp", [2, -2, 0.1], [0.2, 0.2, 0.2]),
    objectAt(2, "sink", [2, 2, 0.1], [0.2, 0.2, 0.2]),
  ];
  const ask = (wall: number | null, change: Parameters<typeof factsWith>[1] = {}) =>
    generateQuestions(
      factsWith(objects, { room: { area_m2: 36, center: [0, 0, 1], outline: null, walkable: floor(wall) }, ...change }),
      { protocol: "vsi-bench", types: ["route_planning"] },
    );

  test("the words and the answer of the only two routes with a clear turn", () => {
    const { questions } = ask(null);
    const told = new Map(questions.map(({ question, ground_truth }) => [question, ground_truth]));
    const before = "You are a robot beginning at the";
    const note =
      "You will perform the following actions (Note: for each [please fill in], choose either 'turn back,' 'turn left,' or 'turn right.'):";
    expect(told).toEqual(
      new Map([
        [
          `${before} bed facing the lamp. You want to navigate to the sink. ${note} 1. Go forward until the lamp. 2. [please fill in] 3. Go forward until the sink. You have reached the final destination.`,
          "Turn Left",
        ],
        [
          `${before} sink facing the lamp. You want to navigate to the bed. ${note} 1. Go forward until the lamp. 2. [please fill in] 3. Go forward until the bed. You have reached the final destination.`,
          "Turn Right",
        ],
      ]),
    );
    expect(questions.every(({ options }) => options!.length === 3)).toBe(true);
  });

  test("a wall from end to end between two of them leaves none", () => {
    expect(ask(30).questions).toEqual([]);
  });

  test("no floor in the facts, no floor at all, or too few objects: no candidate", () => {
    const none = { questions: [], rejects: [], notDrawn: { route_planning: 0 } };
    const room = { area_m2: 36, center: [0, 0, 1] as [number, number, number], outline: null };
    expect(ask(null, { room: { ...room, walkable: null } })).toMatchObject(none);
    expect(ask(null, { room: { ...room, walkable: { ...floor(null), cells: "3600" } } })).toMatchObject(none);
    expect(ask(null, { objects: [] })).toMatchObject(none);
    expect(
      ask(null, { objects: [objects[0]!, objects[0]!, objects[1]!].map((object, id) => ({ ...object, id })) }),
    ).toMatchObject(none);
  });

  test("the same whatever the objects' order, and without a limit the same first", () => {
    expect(ask(null, { objects: [...objects].reverse() })).toEqual(ask(null));
  });

  test.each([
    ["runs that sum to another number", { cells: "3599" }],
    ["runs that are none", { cells: "a b" }],
    ["half a column", { columns: 0.5 }],
    ["cells without a side", { cell_m: 0 }],
    ["more cells than a room has", { columns: 1e6, rows: 1e6 }],
  ])("refuses a floor of %s", (_, change) => {
    const room = { area_m2: 36, center: [0, 0, 1] as [number, number, number], outline: null };
    expect(() => ask(null, { room: { ...room, walkable: { ...floor(null), ...change } } })).toThrow(
      expect.objectContaining({ code: "facts-walkable" }),
    );
  });
});

testShown("route_planning", {
  ground_truth: "Turn Left",
  object_ids: [1, 2, 3],
  margin: 30,
  unit: "degree",
  route: [
    [0, 1],
    [0, 2],
    [3, 2],
  ],
  says: "walked from bed (id 1) to tv (id 2) to sofa (id 3): Turn Left; 30 degrees from another answer",
  lines: 2,
  labels: ["1", "2", "start"],
  trace: null,
});
