import { describe, expect, test } from "@jest/globals";
import { baselinesOf } from "../../../src/audit/baselines/baselinesOf.ts";
import { numberQuestion, sideGroup, sizeGroup } from "../../support/auditQuestion.ts";

const namesOf = (...group: Parameters<typeof baselinesOf>) => baselinesOf(...group).map(({ name }) => name);

describe("baselinesOf", () => {
  test("numbers are guessed by what their wording names", () => {
    expect(namesOf(sizeGroup(1, () => 1))).toEqual(["median", "majority answer", "log mean", "category mean"]);
    const pair = [numberQuestion({ places: { a: "bed", b: "lamp" }, value: 1 })];
    expect(namesOf({ type: "object_abs_distance", kind: "number", listing: null, questions: pair })).toContain(
      "pair mean",
    );
    const room = [numberQuestion({ value: 20 })];
    expect(namesOf({ type: "room_size_estimation", kind: "number", listing: null, questions: room })).toEqual([
      "median",
      "majority answer",
      "log mean",
    ]);
  });

  test("only listed candidates have a position", () => {
    const sides = sideGroup(1, () => "left");
    expect(namesOf(sides)).toEqual(["majority answer"]);
    expect(namesOf({ ...sides, listing: "options" })).toEqual(["majority answer", "common position"]);
  });
});
