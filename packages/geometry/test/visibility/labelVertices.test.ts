import { describe, expect, test } from "@jest/globals";
import { labelVertices } from "../../src/visibility/labelVertices.ts";

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
