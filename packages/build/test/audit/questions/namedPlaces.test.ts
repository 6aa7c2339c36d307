import { describe, expect, test } from "@jest/globals";
import { namedPlaces } from "../../../src/audit/questions/namedPlaces.ts";

describe("namedPlaces", () => {
  const asked = { question_type: "object_abs_distance" } as const;
  const question = "What is the distance between the kitchen cabinet and the tv (in meters)?";

  test("reads the labels out of the protocol's own wording", () => {
    expect(namedPlaces({ ...asked, protocol: "vsi-100k", question })).toEqual({ a: "kitchen cabinet", b: "tv" });
  });

  test("has none for another wording, another protocol, or a protocol named like a member of Object", () => {
    expect(namedPlaces({ ...asked, protocol: "vsi-100k", question: "How far is it?" })).toEqual({});
    expect(namedPlaces({ ...asked, protocol: "ours", question })).toEqual({});
    expect(namedPlaces({ ...asked, protocol: "constructor", question })).toEqual({});
  });
});
