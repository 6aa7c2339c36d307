import { expect, test } from "@jest/globals";
import { plainWords } from "../../src/reader/plainText.ts";
import { readAnswer } from "../../src/reader/readAnswer.ts";
import { abbreviatesOther, isDisguised, showsOther } from "../../src/reader/secondAnswers.ts";

const DIRECTIONS = ["left", "right"];
const disguised = (text: string, offered = DIRECTIONS): boolean => isDisguised(text, plainWords(text), offered);

test("letters with digits, of two scripts or that only look like an offered word are a disguise", () => {
  const masked = ["l3ft", "r1ght", "l\u0435ft", "right Ieft", "right 1eft", "right |eft", "rlght", "lef7"];
  for (const text of masked) expect([text, disguised(text)]).toEqual([text, true]);
  for (const text of ["sink 6ed", "sink b3d", "sink 8ed"]) {
    expect([text, disguised(text, ["sink", "bed"])]).toEqual([text, true]);
  }
  for (const text of ["left", "2nd", "m2", "слева", "B2", "左", "|left|", "left!", "might be left", "**right**"])
    expect([text, disguised(text)]).toEqual([text, false]);
});

test("a picture or a name in another script of an object that is offered is a second answer", () => {
  const offered = ["sink", "bed", "trash", "bin", "nightstand"];
  for (const text of ["sink🛏️", "sink 🛏", "A、床", "sink кровать", "sink ゴミ箱"]) {
    expect([text, showsOther(text, ["sink"], offered)]).toEqual([text, true]);
  }
  for (const text of ["sink", "sink 🚰", "A、水槽", "sink ✅", "sink 👍", "sink 🪑"]) {
    expect([text, showsOther(text, ["sink"], offered)]).toEqual([text, false]);
  }
  // A bedside table is no bed.
  expect(showsOther("D、床头柜", ["nightstand"], offered)).toBe(false);
  expect(showsOther("sink🪑", ["sink"], null)).toBe(true);
});

test("a letter for another direction is a second answer, one for the same is not", () => {
  const none = () => false;
  expect(abbreviatesOther(plainWords("right L"), ["right"], none)).toBe(true);
  expect(abbreviatesOther(plainWords("front-left (F-L)"), ["front", "left"], none)).toBe(false);
  expect(abbreviatesOther(plainWords("right B"), ["right"], (letter) => letter === "B")).toBe(false);
});

test.each<[string, string | null]>([
  ["right L", null],
  ["right R", "B"],
  ["B (R)", "B"],
  ["right Ieft", null],
  ["B", "B"],
  ["right, I guess", "B"],
])("of left and right, %s names %s", (text, value) => {
  const question = { questionType: "object_rel_direction_easy", options: ["A. left", "B. right"] };
  expect(readAnswer(text, question).value).toBe(value);
});

test.each<[string, string | null]>([
  ["sink🛏️", null],
  ["A、床", null],
  ["B、床", "B"],
  ["bed 🛏️", "B"],
  ["选B", "B"],
  ["sink ✅", "A"],
])("of sink and bed, %s names %s", (text, value) => {
  const question = { questionType: "object_rel_distance", options: ["A. sink", "B. bed", "C. stove", "D. chair"] };
  expect(readAnswer(text, question).value).toBe(value);
});

test("without options, pictures and letters say a second answer too", () => {
  expect(readAnswer("sink🛏️", { questionType: "object_rel_distance" }).value).toBeNull();
  expect(readAnswer("sink ✅", { questionType: "object_rel_distance" }).value).toBe("sink");
  expect(readAnswer("right L", { questionType: "object_rel_direction_easy" }).value).toBeNull();
  expect(readAnswer("right Ieft", { questionType: "object_rel_direction_easy" }).value).toBeNull();
});
