import { expect, test } from "@jest/globals";
import { isBound, isHedged, isNegated } from "../../src/reader/hedges.ts";

test("a hedge leaves the answer open, in any language; doubt about one value does not", () => {
  const open =
    "right or something else|either left|links oder rechts|gauche ou autre|B 或者 C|B还是C|左または右|왼쪽 또는 오른쪽|B albo C|B или C|left\u200b o\u200br right|B, alternatively D|it depends|ｏｒ";
  for (const text of open.split("|")) expect([text, isHedged(text)]).toEqual([text, true]);
  const one =
    "about 3|probably left|I think B|2.5 m or so|more or less 3|或许是B|for|door|the corner|the other side|order|left of the door";
  for (const text of one.split("|")) expect([text, isHedged(text)]).toEqual([text, false]);
});

test("a word that the question offers is no hedge", () => {
  expect(isHedged("left or right of it", ["or"])).toBe(false);
  expect(isHedged("left or else", ["or"])).toBe(true);
});

test("a bound says where a number lies, not which it is", () => {
  const bounds = "at least 3|at most 3|more than 3|3+|≥ 3|> 3|<=3|3 ± 1|3 +/- 1|up to 3|至少3|mindestens 3|3以上";
  for (const text of bounds.split("|")) expect([text, isBound(text)]).toEqual([text, true]);
  const values = "3|+3|1+2|=> 3|-> 3|3 + 4|about 3|closer than 3|the most";
  for (const text of values.split("|")) expect([text, isBound(text)]).toEqual([text, false]);
});

test("isNegated finds the words that deny, and not what only holds their letters", () => {
  const denied =
    "not left|Isn’t left|can't be left|cannot|neither|anything but left|other than 3|the opposite of left|3? No|wrong|left is incorrect";
  for (const text of denied.split("|")) expect([text, isNegated(text)]).toEqual([text, true]);
  const stated = "notebook|knot|left|but left|nowhere|the north wall|another|30 cm|annotated|other";
  for (const text of stated.split("|")) expect([text, isNegated(text)]).toEqual([text, false]);
});
