import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readCellRuns } from "../../src/room/cellRuns.ts";
import { walkableGrid } from "../../src/room/walkable.ts";

/** Vertices every 8 cm on a rectangle at a height. */
function sheet(minX: number, minY: number, maxX: number, maxY: number, z: number): number[] {
  const positions: number[] = [];
  for (let x = minX; x <= maxX; x += 0.08) for (let y = minY; y <= maxY; y += 0.08) positions.push(x, y, z);
  return positions;
}

/** Whether one could stand at a point, by the grid as a reader sees it. */
function asker(positions: ArrayLike<number>): (x: number, y: number) => boolean {
  const { origin, cell_m, columns, rows, cells } = walkableGrid(positions)!;
  const read = readCellRuns(cells, columns * rows)!;
  return (x, y) => read[Math.floor((y - origin[1]) / cell_m) * columns + Math.floor((x - origin[0]) / cell_m)] === 1;
}

const floor = sheet(0, 0, 4, 3, 0);

describe("walkableGrid", () => {
  test("a floor is walkable all over, though its vertices are farther apart than cells", () => {
    const canStand = asker(floor);
    const blocked: [number, number][] = [];
    for (let x = 0.05; x < 3.95; x += 0.013) {
      for (let y = 0.05; y < 2.95; y += 0.017) if (!canStand(x, y)) blocked.push([x, y]);
    }
    expect(blocked).toEqual([]);
  });

  test.each([
    ["a rug 2 cm thick", 0.02, true],
    ["a crate 30 cm high", 0.3, false],
    ["a table", 0.75, false],
    ["a shelf at the head", 1.75, false],
    ["a lamp over it", 1.9, true],
  ])("%s at %d m: walkable is %s", (_, height, isWalkable) => {
    const positions = [...floor, ...sheet(1, 1, 2, 2, height)];
    const canStand = asker(positions);
    for (let offset = floor.length; offset < positions.length; offset += 3) {
      expect(canStand(positions[offset], positions[offset + 1])).toBe(isWalkable);
    }
    expect(canStand(3, 1.5)).toBe(true);
  });

  test("what was not scanned is not walkable, and a floor at any height is the floor", () => {
    const canStand = asker([...sheet(0, 0, 2, 2, 7), ...sheet(3, 0, 5, 2, 7)]);
    expect([canStand(1, 1), canStand(2.5, 1), canStand(4, 1)]).toEqual([true, false, true]);
  });

  test("vertices below the floor, as mirrors make them, do not move it", () => {
    const strays = Array.from({ length: 20 }, (_, index) => [1 + index / 100, 1, -1 - index / 10]).flat();
    expect(asker([...floor, ...strays])(3, 1.5)).toBe(true);
  });

  test("no cell with a vertex in the way is walkable, and none far from a floor vertex, for any vertices", () => {
    const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate, fc.constantFrom(0, 0.05, 0.5, 1.7, 2.4)), {
          minLength: 1,
          maxLength: 60,
        }),
        (vertices) => {
          const lowest = Math.min(...vertices.map(([, , z]) => z));
          const canStand = asker(vertices.flat());
          for (const [x, y, z] of vertices) {
            if (z - lowest > 0.1 && z - lowest < 1.8) expect(canStand(x, y)).toBe(false);
          }
          const { origin, cell_m, columns, rows } = walkableGrid(vertices.flat())!;
          const nearest = (x: number, y: number) =>
            Math.min(...vertices.filter(([, , z]) => z - lowest <= 0.1).map(([vx, vy]) => Math.hypot(vx - x, vy - y)));
          for (let cell = 0; cell < columns * rows; cell += 97) {
            const x = origin[0] + ((cell % columns) + 0.5) * cell_m;
            const y = origin[1] + (Math.floor(cell / columns) + 0.5) * cell_m;
            // The reach, and half the diagonal of the vertex's cell.
            if (canStand(x, y)) expect(nearest(x, y)).toBeLessThan(0.1 + 0.036);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test("no vertices and vertices strewn about have no grid; one vertex and duplicates do", () => {
    expect(walkableGrid([])).toBeNull();
    expect(walkableGrid([0, 0, 0, 1e9, 1e9, 0])).toBeNull();
    expect(walkableGrid([Number.NaN, 0, 0])).toBeNull();
    const one = { origin: [1, 2], cell_m: 0.05, columns: 1, rows: 1, cells: "0 1" };
    expect(walkableGrid([1.01, 2.01, 5])).toEqual(one);
    expect(walkableGrid([1.01, 2.01, 5, 1.01, 2.01, 5])).toEqual(one);
  });
});
