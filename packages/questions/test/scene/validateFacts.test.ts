import { expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/geometry";
import fc from "fast-check";
import { FactsError } from "../../src/errors/factsError.ts";
import { validateFacts } from "../../src/scene/validateFacts.ts";
import { arbitraryFacts, factsWith, objectAt } from "../support/facts.ts";

const bed = objectAt(0, "bed", [1, 2, 0.3]);
const sink = objectAt(1, "sink", [2, 2, 0.9]);

test("good facts pass", () => {
  fc.assert(fc.property(arbitraryFacts, (facts) => validateFacts(facts)));
});

test.each<[string, SceneFacts, string, string]>([
  [
    "NaN in a centroid",
    factsWith([bed, { ...sink, centroid: [1, Number.NaN, 1] }]),
    "facts-number",
    "objects[1].centroid[1]",
  ],
  [
    "an infinite size",
    factsWith([objectAt(0, "bed", [0, 0, 0], [1, Infinity, 1])]),
    "facts-number",
    "objects[0].box.size[1]",
  ],
  [
    "a coordinate that would overflow",
    factsWith([objectAt(0, "bed", [1e200, 0, 0])]),
    "facts-number",
    "objects[0].centroid[0]",
  ],
  [
    "null, as JSON writes NaN",
    factsWith([{ ...bed, centroid: [0, 0, null as never] }]),
    "facts-number",
    "objects[0].centroid[2]",
  ],
  [
    "a number as text",
    factsWith([{ ...bed, centroid: [0, 0, "1" as never] }]),
    "facts-number",
    "objects[0].centroid[2]",
  ],
  ["a point of two numbers", factsWith([{ ...bed, centroid: [0, 0] as never }]), "facts-number", "objects[0].centroid"],
  ["a NaN area", factsWith([], { area_m2: Number.NaN }), "facts-number", "room.area_m2[0]"],
  ["a negative area", factsWith([], { area_m2: -1 }), "facts-negative", "room.area_m2"],
  ["a negative size", factsWith([objectAt(0, "bed", [0, 0, 0], [1, 1, -1])]), "facts-negative", "objects[0].box.size"],
  ["an id twice", factsWith([bed, { ...sink, id: 0 }]), "facts-id", "objects[1].id"],
  ["half an id", factsWith([{ ...bed, id: 0.5 }]), "facts-id", "objects[0].id"],
  ["an empty label", factsWith([{ ...bed, label: " " }]), "facts-label", "objects[0].label"],
  ["an empty category", factsWith([{ ...bed, category: "" }]), "facts-label", "objects[0].category"],
  [
    "NaN in a box's centre",
    factsWith([{ ...bed, box: { ...bed.box, center: [0, Number.NaN, 0] } }]),
    "facts-number",
    "objects[0].box.center[1]",
  ],
  [
    "a box without its third axis",
    factsWith([{ ...bed, box: { ...bed.box, axes: bed.box.axes.slice(0, 2) as never } }]),
    "facts-number",
    "objects[0].box.axes[2]",
  ],
  [
    "a surface distance that is none",
    factsWith([bed, sink], { surface_distances: [{ a: 0, b: 1, distance_m: Number.NaN }] }),
    "facts-number",
    "surface_distances[0].distance_m[0]",
  ],
  [
    "a negative surface distance",
    factsWith([bed, sink], { surface_distances: [{ a: 0, b: 1, distance_m: -1 }] }),
    "facts-negative",
    "surface_distances[0].distance_m",
  ],
  ["half a count", factsWith([bed], { counts: { bed: 1.5 } }), "facts-count", 'counts["bed"]'],
  ["no scene name", factsWith([], { scene_name: "" }), "facts-name", "scene_name"],
  ["a dataset's name over two lines", factsWith([], { dataset: "a\nb" }), "facts-name", "dataset"],
  [
    "more objects than any scan",
    factsWith(Array.from({ length: 4097 }, (_, id) => objectAt(id, "bed", [0, 0, 0]))),
    "facts-too-many",
    "objects",
  ],
])("%s is refused with its place", (_, facts, code, place) => {
  expect(() => validateFacts(facts)).toThrow(FactsError);
  expect(() => validateFacts(facts)).toThrow(
    expect.objectContaining({ code, detail: expect.objectContaining({ place }) }),
  );
});

test("the message is one line that names the scene, the value and the way out", () => {
  const facts = factsWith([{ ...bed, centroid: [Number.NaN, 0, 0] }]);
  expect(() => validateFacts(facts)).toThrow(
    /^facts of "scene9000_00": objects\[0\]\.centroid\[0\]: got NaN, expected a number .*Build the scene facts again[^\n]*$/,
  );
});
