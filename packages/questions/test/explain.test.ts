import { describe, expect, test } from "@jest/globals";
import { describeEvidence, marksOf, traceOf } from "../src/explain.ts";
import { factsWith } from "./support/facts.ts";
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

describe("regression, centre to centre was drawn for a distance between closest points", () => {
  const distance = shownQuestion("object_abs_distance", { ...nearest, object_ids: [2, 1] });
  const surfaces = {
    ...SHOWN_SCENE,
    distanceKind: "surface" as const,
    facts: factsWith([], {
      surface_distances: [
        {
          a: 1,
          b: 2,
          distance_m: 2.1,
          closest: [
            [0.9, 0.4, 0.7],
            [0.2, 2.6, 1],
          ],
        },
        {
          a: 1,
          b: 3,
          distance_m: 2.7,
          closest: [
            [0.8, 0.1, 0.6],
            [3.5, 0.2, 0.4],
          ],
        },
      ],
    }),
  };

  test("between surfaces: from one of the facts' points to the other, in the question's order", () => {
    expect(marksOf(distance, surfaces).lines).toMatchObject([{ from: [0.2, 2.6], to: [0.9, 0.4] }]);
  });

  test("of choices: from wherever the target is closest to each", () => {
    const { lines } = marksOf(shownQuestion("object_rel_distance", nearest), surfaces);
    expect(lines.slice(0, 2)).toMatchObject([
      { from: [0.9, 0.4], to: [0.2, 2.6] },
      { from: [0.8, 0.1], to: [3.5, 0.2] },
    ]);
  });

  test("between boxes: from face to face", () => {
    const [line] = marksOf(distance, SHOWN_SCENE).lines;
    expect([line.from[1], line.to[1]]).toEqual([2.9, 0.5]);
    expect(line.from[0]).toBe(line.to[0]);
  });

  test("between centroids: from one to the other", () => {
    const { lines } = marksOf(distance, { ...SHOWN_SCENE, distanceKind: "centroid" });
    expect(lines).toMatchObject([{ from: [0, 3], to: [0, 0] }]);
  });

  test("from a camera: to the nearest point of the box", () => {
    const sofa = { ...nearest, object_ids: [3], frames: ["000002.jpg"] };
    const [, reach] = marksOf(shownQuestion("camera_obj_abs_dist", sofa), SHOWN_SCENE).lines;
    expect(reach).toMatchObject({ from: [3, 0], to: [3.9, 0] });
    const choices = { ...nearest, object_ids: [2, 3, 4, 5], frames: ["000002.jpg"] };
    const { lines } = marksOf(shownQuestion("camera_obj_rel_dist", choices), SHOWN_SCENE);
    expect(lines.slice(1).map(({ to }) => to)).toEqual([
      [expect.closeTo(0.1, 9), 2.9],
      [3.9, 0],
      [3.9, 2.9],
      [2.1, 1.9],
    ]);
  });
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
