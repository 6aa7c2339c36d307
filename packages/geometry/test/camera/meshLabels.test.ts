import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { labelFaces, labelVertices } from "../../src/camera/meshLabels.ts";

describe("labelFaces", () => {
  test.each([
    ["all three agree", [4, 4, 4], 4],
    ["two of three, at any corner", [4, 4, 7], 4],
    ["two of three, at any corner", [4, 7, 4], 4],
    ["two of three, at any corner", [7, 4, 4], 4],
    ["one on no object", [4, -1, 4], 4],
    ["two on no object", [-1, 4, -1], -1],
    ["three objects", [1, 2, 3], -1],
    ["none at all", [-1, -1, -1], -1],
  ])("%s: %j is %d", (_, vertexObjects, expected) => {
    expect([...labelFaces(Int32Array.of(0, 1, 2), Int32Array.from(vertexObjects))]).toEqual([expected]);
  });

  test("does not depend on the order of a face's corners", () => {
    const corner = fc.nat({ max: 5 });
    const labels = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.tuple(corner, corner, corner), labels, ([a, b, c], vertexObjects) => {
        const faces = Int32Array.of(a, b, c, b, c, a, c, b, a);
        const [first, ...others] = labelFaces(faces, Int32Array.from(vertexObjects));
        expect(others).toEqual([first, first]);
      }),
    );
  });

  test("no faces have no labels", () => {
    expect(labelFaces(new Int32Array(0), new Int32Array(0))).toHaveLength(0);
  });
});

describe("labelVertices", () => {
  test("gives each vertex its object and -1 to the rest", () => {
    const objects = [
      { id: 7, vertices: Uint32Array.of(4, 0) },
      { id: 0, vertices: Uint32Array.of(1) },
    ];
    expect([...labelVertices(5, objects)]).toEqual([7, 0, -1, -1, 7]);
  });

  test("scene0217_00: of two objects with the same vertices the first keeps them", () => {
    const objects = [
      { id: 3, vertices: [0, 1] },
      { id: 34, vertices: [0, 1, 2] },
    ];
    expect([...labelVertices(3, objects)]).toEqual([3, 3, 34]);
  });

  test("without objects no vertex has one", () => {
    expect([...labelVertices(2, [])]).toEqual([-1, -1]);
    expect([...labelVertices(0, [])]).toEqual([]);
  });
});
