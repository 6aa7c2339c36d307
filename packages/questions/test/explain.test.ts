import { expect, test } from "@jest/globals";
import { describeEvidence, marksOf, traceOf } from "../src/explain.ts";
import { SHOWN_SCENE, type ShownCase, shownQuestion } from "./support/shown.ts";

const shown = { says: "", lines: 0, labels: [], trace: null };
const nearest: ShownCase = {
  ...shown,
  question: "Which of these objects (tv, sofa, lamp, desk) is the closest to the bed?",
  ground_truth: "sofa",
  object_ids: [1, 2, 3, 4, 5],
  value: 2.4,
  margin: 0.2,
  unit: "m",
};
const size: ShownCase = { ...shown, ground_truth: "200", object_ids: [1], value: 200, unit: "cm" };

test("a line to the answer alone is marked as such; others compare", () => {
  const { lines } = marksOf(shownQuestion("object_rel_distance", nearest), SHOWN_SCENE);
  expect(lines.map(({ isAnswer }) => isAnswer)).toEqual([false, true, false, false]);
});

test("without all listed objects none is taken for the answer", () => {
  const some = { ...nearest, object_ids: [1, 2, 3] };
  const { lines } = marksOf(shownQuestion("object_rel_distance", some), SHOWN_SCENE);
  expect(lines.some(({ isAnswer }) => isAnswer)).toBe(false);
});

test("an object's longest side is drawn through its middle", () => {
  const [line] = marksOf(shownQuestion("object_size_estimation", size), SHOWN_SCENE).lines;
  expect(line).toMatchObject({ from: [-1, 0], to: [1, 0] });
});

test("an object that is not there is named as such", () => {
  const missing = shownQuestion("object_size_estimation", { ...size, object_ids: [9] });
  expect(describeEvidence(missing, SHOWN_SCENE)).toBe(
    "the longest side of the box of an object that is not in the scene (id 9): 200 cm",
  );
});

test("a distance is told with what it was measured between", () => {
  const distance = shownQuestion("object_abs_distance", { ...nearest, object_ids: [1, 2] });
  const between = (["surface", "sampled", "centroid"] as const).map((distanceKind) =>
    describeEvidence(distance, { ...SHOWN_SCENE, distanceKind }),
  );
  expect(between[0]).toContain("measured between the closest vertices of bed (id 1) and tv (id 2): 2.4 m");
  expect(between[1]).toContain("points sampled on the boxes");
  expect(between[2]).toContain("the centroids");
});

test("a turn to the left is a positive angle in a trace, as in the dataset's schema", () => {
  const turn = (value: number) =>
    traceOf(shownQuestion("object_rel_direction_easy", { ...shown, ground_truth: "?", value, unit: "degree" }));
  expect(turn(-72)).toContain("72 degrees to the right");
  expect(turn(40)).toContain("40 degrees to the left");
});
