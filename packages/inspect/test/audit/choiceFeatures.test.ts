import { describe, expect, test } from "@jest/globals";
import { choiceFeatures } from "../../src/audit/choiceFeatures.ts";
import type { AuditQuestion, QuestionGroup } from "../../src/audit/questions.ts";
import { choiceQuestion } from "../support/auditQuestion.ts";

/** Each question twice, so that none of its features is too rare. */
function featuresOf(type: QuestionGroup["type"], questions: readonly AuditQuestion[]) {
  const rows = choiceFeatures({ type, questions: [...questions, ...questions] });
  const entriesOf = (row: number) =>
    [...rows.features.subarray(rows.entries[row], rows.entries[row + 1])].map(
      (feature, index) => [feature, rows.values[rows.entries[row]! + index]!] as const,
    );
  return { rows, entriesOf, names: (row: number) => new Set(entriesOf(row).map(([feature]) => feature)) };
}

const shared = (one: ReadonlySet<number>, other: ReadonlySet<number>) =>
  [...one].filter((own) => other.has(own)).length;

describe("choiceFeatures", () => {
  test("one row a candidate, marked where it is right; the truth changes nothing else", () => {
    const sofa = { a: "tv", b: "lamp", category: "sofa" };
    const question = choiceQuestion({ candidates: ["tv", "lamp"], truth: "lamp", places: sofa });
    const { rows } = featuresOf("object_rel_distance", [question]);
    expect([...rows.starts]).toEqual([0, 2, 4]);
    expect([...rows.right]).toEqual([0, 1, 0, 1]);
    const { right: _, ...others } = featuresOf("object_rel_distance", [{ ...question, truth: "tv" }]).rows;
    expect(rows).toMatchObject(others);
  });

  test("an object: itself, beside the target, and its place; another target shares all but the pair", () => {
    const ask = (category: string) =>
      choiceQuestion({ candidates: ["tv", "lamp"], truth: "lamp", places: { a: "tv", b: "lamp", category } });
    const { names } = featuresOf("object_rel_distance", [ask("sofa"), ask("bed")]);
    expect(names(0).size).toBe(3);
    expect(shared(names(0), names(2))).toBe(2);
    expect(shared(names(0), names(1))).toBe(0);
  });

  test("a direction: with each name and with each two of them", () => {
    const places = { positioning: "bed", orienting: "tv", querying: "lamp" };
    const { names } = featuresOf("object_rel_direction_easy", [
      choiceQuestion({ candidates: ["left", "right"], truth: "left", places }),
      choiceQuestion({ candidates: ["left", "right"], truth: "left", places: { ...places, querying: "door" } }),
    ]);
    // Itself, three names, three with it, three pairs with it, its place.
    expect(names(0).size).toBe(11);
    // Without the query's own name: itself, two names, two with it, one pair with it, its place.
    expect(shared(names(0), names(2))).toBe(7);
    // The other side shares the names alone.
    expect(shared(names(0), names(1))).toBe(3);
  });

  test("an order: its labels' places, and the two orders of a pair are opposites", () => {
    const { entriesOf } = featuresOf("obj_appearance_order", [
      choiceQuestion({ candidates: ["bed, tv", "tv, bed"], truth: "bed, tv" }),
    ]);
    const value = (row: number) => new Map(entriesOf(row));
    const both = [...value(0).keys()].filter((feature) => value(1).has(feature));
    expect(both).toHaveLength(1);
    expect([value(0).get(both[0]!), value(1).get(both[0]!)]).toEqual([1, -1]);
  });

  test("turns: each at its stop, and which follows which", () => {
    const { names } = featuresOf("route_planning", [
      choiceQuestion({ candidates: ["Turn Left, Turn Right", "Turn Left, Turn Back"], truth: "Turn Left, Turn Back" }),
    ]);
    // Two stops, one that follows, the place; only the first stop is the same.
    expect(names(0).size).toBe(4);
    expect(shared(names(0), names(1))).toBe(1);
  });

  test("what a single question has is no feature; an unknown wording is read by its words", () => {
    const once = [choiceQuestion({ candidates: ["x"], truth: "x" }), choiceQuestion({ candidates: ["y"], truth: "y" })];
    // Only the place in the list is shared.
    expect(choiceFeatures({ type: "object_rel_distance", questions: once }).featureCount).toBe(1);
    const ask = (text: string) => choiceQuestion({ candidates: ["left", "right"], truth: "left", text });
    const { names } = featuresOf("object_rel_direction_easy", [ask("where is it"), ask("where was it")]);
    expect(shared(names(0), names(2))).toBe(names(0).size - 2);
  });
});
