import { expect, test } from "@jest/globals";
import { isNegated } from "../../src/reader/negation.ts";

test("isNegated finds the words that deny, and not what only holds their letters", () => {
  const denied =
    "not left|Isn’t left|can't be left|cannot|neither|anything but left|other than 3|the opposite of left|3? No|wrong|left is incorrect";
  for (const text of denied.split("|")) expect([text, isNegated(text)]).toEqual([text, true]);
  const stated = "notebook|knot|left|but left|nowhere|the north wall|another|30 cm|annotated|other";
  for (const text of stated.split("|")) expect([text, isNegated(text)]).toEqual([text, false]);
});
