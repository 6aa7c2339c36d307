import { expect, test } from "@jest/globals";
import { QueryError } from "../../src/errors/queryError.ts";
import { checkQuery, refuseOnePlace } from "../../src/queries/checkQuery.ts";
import { factsWith, objectAt } from "../support/facts.ts";

const facts = factsWith([]);

test.each([
  [{ question_type: "room_size_estimation" }],
  [{ question_type: "object_counting", category: "bed" }],
  [{ question_type: "object_rel_distance", category: "bed", choices: ["tv", "sink"] }],
])("%j passes: whether the scene has the categories is not asked here", (query) => {
  expect(() => checkQuery(query as never, facts)).not.toThrow();
});

test.each([
  ["a type nobody knows", { question_type: "object_colour" }, /question_type: got "object_colour"/],
  ["no type", {}, /question_type: got nothing/],
  ["one object", { question_type: "object_abs_distance", objects: ["bed"] }, /got \["bed"\], expected at least 2/],
  [
    "the same object faced and asked about",
    { question_type: "object_rel_direction_easy", positioning: "tv", orienting: "bed", querying: "bed" },
    /no two the same/,
  ],
])("%s: refused with what was got", (_, query, message) => {
  expect(() => checkQuery(query as never, facts)).toThrow(QueryError);
  expect(() => checkQuery(query as never, facts)).toThrow(message);
});

test("one above the other is one place; the faced and the asked may share theirs", () => {
  const bed = objectAt(0, "bed", [0, 0, 0]);
  const above = objectAt(1, "lamp", [0, 0, 2]);
  const [tv, sink] = [objectAt(2, "tv", [1, 0, 0]), objectAt(3, "sink", [1, 0, 0])];
  expect(() => refuseOnePlace([bed, above, tv], facts)).toThrow(/orienting: got an object where "bed" stands/);
  expect(() => refuseOnePlace([bed, tv, above], facts)).toThrow(/querying/);
  expect(() => refuseOnePlace([bed, tv, sink], facts)).not.toThrow();
});
