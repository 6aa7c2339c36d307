import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { QueryError } from "../../src/errors.ts";
import { answerQuery } from "../../src/queries/answerQuery.ts";
import { parseQuestion } from "../../src/queries/parseQuestion.ts";
import { phraseQuery } from "../../src/queries/phraseQuery.ts";
import type { RouteAction, RouteQuery } from "../../src/types/routeQuery.ts";
import { factsWith, objectAt } from "../support/facts.ts";

const turn: RouteAction = { action: "turn" };
const to = (until: string): RouteAction => ({ action: "forward", until });

function route(start: string, facing: string, actions: RouteAction[]): RouteQuery {
  return { question_type: "route_planning", start, facing, destination: "sofa", actions };
}

/** A square of 4 m, a lamp on the way between two of its corners, and two chairs. */
const ROOM = factsWith([
  objectAt(0, "bed", [0, 0, 0]),
  objectAt(1, "tv", [0, 4, 1]),
  objectAt(2, "sink", [4, 4, 1]),
  objectAt(3, "sofa", [4, 0, 0.4]),
  objectAt(4, "lamp", [0, 2, 2]),
  objectAt(5, "chair", [1, 1, 0]),
  objectAt(6, "chair", [2, 1, 0]),
  objectAt(7, "rug", [0, 0, -0.5]),
]);

describe("by hand", () => {
  test.each<[string, RouteQuery, string, number[]]>([
    [
      "two corners",
      route("bed", "tv", [to("tv"), turn, to("sink"), turn, to("sofa")]),
      "Turn Right, Turn Right",
      [0, 1, 2, 3],
    ],
    [
      "the other way round",
      route("sofa", "sink", [to("sink"), turn, to("tv"), turn, to("bed")]),
      "Turn Left, Turn Left",
      [3, 2, 1, 0],
    ],
    ["back where it came from", route("bed", "tv", [to("tv"), turn, to("bed")]), "Turn Back", [0, 1, 0]],
    ["a turn before the first walk", route("bed", "tv", [turn, to("sofa")]), "Turn Right", [0, 3]],
    [
      "the back to what it faces",
      route("lamp", "tv", [turn, to("bed"), turn, to("sofa")]),
      "Turn Back, Turn Left",
      [4, 0, 3],
    ],
    [
      "past an object without a turn",
      route("bed", "lamp", [to("lamp"), to("tv"), turn, to("sink")]),
      "Turn Right",
      [0, 4, 1, 2],
    ],
    ["walking off by where it looks", route("tv", "tv", [to("bed"), turn, to("sofa")]), "Turn Left", [1, 0, 3]],
  ])("%s", (_, query, ground_truth, object_ids) => {
    expect(answerQuery(ROOM, query)).toMatchObject({
      ground_truth,
      value: null,
      unit: "degree",
      evidence: { object_ids, route: null, frames: null },
    });
  });

  test("the margin is how far the nearest turn is from becoming another: 45 degrees at a right angle", () => {
    const { margin } = answerQuery(ROOM, route("bed", "tv", [to("tv"), turn, to("sink"), turn, to("bed")]));
    // 90 degrees at the tv; at the sink 135, to the digit the edge of back.
    expect(margin).toBeCloseTo(0, 9);
    expect(answerQuery(ROOM, route("bed", "tv", [to("tv"), turn, to("sink")])).margin).toBeCloseTo(45, 9);
  });
});

test.each<[string, RouteQuery, string, RegExp]>([
  ["straight on", route("bed", "lamp", [to("lamp"), turn, to("tv")]), "query-no-turn", /0 degrees from straight ahead/],
  ["facing what it stands by", route("tv", "tv", [turn, to("sofa")]), "query-one-place", /"tv"/],
  ["facing what is below it", route("bed", "rug", [turn, to("sofa")]), "query-one-place", /"bed"/],
  ["walking to what is below it", route("bed", "tv", [turn, to("rug")]), "query-one-place", /"bed"/],
  ["to one of two", route("bed", "tv", [to("tv"), turn, to("chair")]), "query-several", /stop 2 of actions/],
  ["to nothing", route("bed", "tv", [to("tv"), turn, to("door")]), "query-category", /stop 2 of actions/],
  ["from nothing", route("door", "tv", [to("tv"), turn, to("sofa")]), "query-category", /start/],
  ["facing nothing", route("bed", "door", [to("tv"), turn, to("sofa")]), "query-category", /facing/],
  ["two turns in a row", route("bed", "tv", [turn, turn, to("sofa")]), "query-form", /none of them last/],
  ["a walk to no text", route("bed", "tv", [turn, to(7 as never)]), "query-form", /actions/],
])("%s: refused", (_, query, code, message) => {
  expect(() => answerQuery(ROOM, query)).toThrow(QueryError);
  expect(() => answerQuery(ROOM, query)).toThrow(expect.objectContaining({ code }));
  expect(() => answerQuery(ROOM, query)).toThrow(message);
});

/** Headings in degrees from +x, counter-clockwise: not the vectors that the answer is made with. */
function heading([fromX, fromY]: Vec3, [toX, toY]: Vec3): number {
  return (Math.atan2(toY - fromY, toX - fromX) * 180) / Math.PI;
}

test("every turn is the difference of the headings before and after it", () => {
  const coordinate = fc.integer({ min: -40, max: 40 }).map((value) => value / 10);
  const places = fc.uniqueArray(fc.tuple(coordinate, coordinate, fc.constantFrom(0, 1)), {
    minLength: 4,
    maxLength: 6,
    selector: ([x, y]) => `${x} ${y}`,
  });
  let turns = 0;
  fc.assert(
    fc.property(places, fc.boolean(), (centroids, isFirstTurned) => {
      const names = centroids.map((_, index) => `thing ${"abcdef"[index]}`);
      const facts = factsWith(centroids.map((centroid, id) => objectAt(id, names[id]!, centroid)));
      // From the first, facing the second; where it turns at once, past it.
      const stops = isFirstTurned ? [0, ...centroids.keys()].slice(3) : [...centroids.keys()].slice(1);
      const path = [0, ...stops].map((index) => centroids[index]!);
      const headings = path.slice(1).map((next, index) => heading(path[index]!, next));
      const before = [...(isFirstTurned ? [heading(centroids[0]!, centroids[1]!)] : []), ...headings];
      const angles = before.slice(1).map((after, index) => ((((after - before[index]!) % 360) + 540) % 360) - 180);
      fc.pre(
        angles.length > 0 &&
          angles.every((angle) => Math.abs(angle) > 45.001 && Math.abs(Math.abs(angle) - 135) > 0.001),
      );
      const walks = stops.map((index) => to(names[index]!));
      const actions = isFirstTurned
        ? walks.flatMap((walk) => [turn, walk])
        : walks.flatMap((walk) => [walk, turn]).slice(0, -1);
      const query = { ...route(names[0]!, names[1]!, actions), destination: names[stops.at(-1)!]! };
      const words = angles.map((angle) =>
        Math.abs(angle) > 135 ? "Turn Back" : angle > 0 ? "Turn Left" : "Turn Right",
      );
      expect(answerQuery(facts, query).ground_truth).toBe(words.join(", "));
      expect(parseQuestion(phraseQuery(query))).toEqual(query);
      turns += words.length;
    }),
  );
  expect(turns).toBeGreaterThan(50);
});
