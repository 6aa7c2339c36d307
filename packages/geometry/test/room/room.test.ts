import { describe, expect, test } from "@jest/globals";
import { GeometryError } from "../../src/errors.ts";
import { roomFromVertices } from "../../src/room/room.ts";
import { ringArea } from "../support/ringArea.ts";

/** A floor of vertices every 4 cm where `isInside`, over 5 m by 4 m; z between 0 and 2. */
function floor(isInside: (x: number, y: number) => boolean, shift = 0): number[] {
  const positions: number[] = [];
  for (let column = 0; column <= 125; column += 1) {
    for (let row = 0; row <= 100; row += 1) {
      const x = column / 25;
      const y = row / 25;
      if (isInside(x, y)) positions.push(x + shift, y - shift, (column + row) % 3);
    }
  }
  return positions;
}

describe("roomFromVertices", () => {
  test("measures a rectangle, its centre and its outline", () => {
    const room = roomFromVertices(floor(() => true));
    expect(room.area_m2).toBeCloseTo(20, 9);
    for (const [axis, value] of [2.5, 2, 1].entries()) expect(room.center[axis]).toBeCloseTo(value, 12);
    expect(room.outline).toHaveLength(1);
    expect(ringArea(room.outline![0])).toBeCloseTo(20, 9);
  });

  test("measures an L without its missing quarter, and counts a pillar as area", () => {
    // The alpha shape cuts the inner corner by at most the corner's triangle of a few centimetres.
    expect(roomFromVertices(floor((x, y) => x <= 2 || y <= 1)).area_m2).toBeCloseTo(11, 1);
    const pillar = (x: number, y: number) => x > 2 && x < 3 && y > 1 && y < 2;
    expect(roomFromVertices(floor((x, y) => !pillar(x, y))).area_m2).toBeCloseTo(20, 9);
  });

  test("does not depend on where the origin is", () => {
    expect(roomFromVertices(floor(() => true, 1e6)).area_m2).toBeCloseTo(20, 6);
  });

  test("gives no area and no ring for too few vertices", () => {
    expect(roomFromVertices([1, 2, 3])).toEqual({ area_m2: 0, center: [1, 2, 3], outline: [], walkable: null });
  });

  test.each([
    ["no vertices", []],
    ["a stray vertex", [0, 0, 0, 1e7, 0, 0]],
    ["a stray vertex above", [0, 0, 0, 0, 0, 1e7]],
    ["an infinite one", [0, 0, 0, 0, Infinity, 0]],
    ["only NaN", [Number.NaN, Number.NaN, Number.NaN]],
  ])("refuses %s with the file's name", (_name, positions) => {
    let error: unknown;
    try {
      roomFromVertices(positions, "scene_vh_clean_2.ply");
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(GeometryError);
    expect((error as GeometryError).code).toBe("room-extent-absurd");
    expect((error as GeometryError).message).toContain("scene_vh_clean_2.ply");
  });
});
