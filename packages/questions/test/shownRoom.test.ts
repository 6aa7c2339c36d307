import { describe, expect, test } from "@jest/globals";
import { shownRoom } from "../src/shownRoom.ts";
import { factsWith, objectAt } from "./support/facts.ts";

const objects = [
  { ...objectAt(3, "Office Chairs", [0, 0, 1]), category: "office chair" },
  objectAt(5, "bed", [3, 0, 0.5], [2, 2, 1]),
  { ...objectAt(9, "wall", [0, 4, 1]), excluded: "structure" as const },
];
const facts = factsWith(objects, { surface_distances: [{ a: 3, b: 5, distance_m: 2 }] });
const shown = (protocol: string, settings: Record<string, unknown>) => shownRoom(facts, { protocol, settings });
const names = (room: ReturnType<typeof shown>) => objects.map((object) => room.nameOf(object));

describe("shownRoom", () => {
  test("objects are called what the dataset's questions call them", () => {
    expect(names(shown("vsi-bench", { labels: "raw" }))).toEqual(["Office Chairs", "bed", "wall"]);
    expect(names(shown("vsi-bench", { labels: "canonical", rules: "paper" }))).toEqual(["office chair", "bed", "wall"]);
    // Careful rules count an office chair among the chairs.
    expect(names(shown("vsi-100k", { labels: "canonical", rules: "careful" }))).toEqual(["chair", "bed", "wall"]);
  });

  test("those that questions may name, the floor, and what distance means", () => {
    const room = shown("vsi-bench", { rules: "careful" });
    expect([...room.objects.keys()]).toEqual([3, 5]);
    expect(room.floor_m).toBeCloseTo(0, 9);
    expect(room.distanceKind).toBe("surface");
    expect(shown("vsi-bench", { distance: "centroid" }).distanceKind).toBe("centroid");
    expect(
      shownRoom({ ...facts, surface_distances: null }, { protocol: "vsi-bench", settings: {} }).distanceKind,
    ).not.toBe("surface");
  });

  test("settings that nobody knows count as none: a dataset is shown even so", () => {
    const unknown = shown("vsi-next", { rules: 3, labels: "emoji", distance: [], minVisiblePixels: "many" });
    expect(names(unknown)).toEqual(names(shown("vsi-100k", {})));
    expect(unknown.frames).toBeNull();
  });
});
