import { expect, test } from "@jest/globals";
import { readWords } from "../../src/reader/readWords.ts";

test.each<[string, string, string | null]>([
  ["The sink.", "object_rel_distance", "sink"],
  ["It is the coffee table", "object_rel_distance", "coffee table"],
  ["The sink is the closest.", "object_rel_distance", "sink"],
  ["sink is closest to the bicycle", "object_rel_distance", "sink"],
  ["is closest", "object_rel_distance", "closest"],
  ["sink or bed", "object_rel_distance", null],
  ["sink, bed", "object_rel_distance", null],
  ["not the bed", "object_rel_distance", null],
  ["bed, sink, table", "obj_appearance_order", "bed sink table"],
  ["Front-Left", "object_rel_direction_hard", "front left"],
  ["the left side", "object_rel_direction_easy", "left"],
  ["left or right", "object_rel_direction_easy", null],
  ["...", "object_rel_distance", null],
])("readWords reads %j of a %s question", (text, questionType, value) => {
  expect(readWords(text, questionType).value).toBe(value);
});
