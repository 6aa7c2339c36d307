import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { FLOOR_PLAN_SHAPES } from "../../src/floorPlan.ts";
import { makeRoom, type RoomOptions, type SynthRoom } from "../../src/room/makeRoom.ts";
import { readScan } from "../support/readScan.ts";

const sceneName = "scene9000_00";

function hash(room: SynthRoom): string {
  const digest = createHash("sha256");
  for (const [name, bytes] of Object.entries(room.files)) digest.update(name).update(bytes);
  return digest.update(JSON.stringify(room.truth)).digest("hex");
}

const rooms = Array.from({ length: 8 }, (_, seed) =>
  makeRoom({ sceneName, seed, shape: FLOOR_PLAN_SHAPES[seed % FLOOR_PLAN_SHAPES.length] }),
);

describe("a room's files", () => {
  test("the mesh's header is ScanNet's, line by line", () => {
    const { header, positions, faces } = readScan(rooms[0]);
    expect(header).toEqual([
      "ply",
      "format binary_little_endian 1.0",
      "comment VCGLIB generated",
      `element vertex ${positions.length / 3}`,
      "property float x",
      "property float y",
      "property float z",
      "property uchar red",
      "property uchar green",
      "property uchar blue",
      "property uchar alpha",
      `element face ${faces.length}`,
      "property list uchar int vertex_indices",
      "end_header",
      "",
    ]);
  });

  test("segment ids are indices of their own vertices, and every group's segments exist and belong to it alone", () => {
    for (const room of rooms) {
      const { segIndices, positions, groups } = readScan(room);
      expect(segIndices.length).toBe(positions.length / 3);
      expect([...new Set(segIndices)].filter((segment) => segIndices[segment] !== segment)).toEqual([]);
      const listed = groups.flatMap((group) => group.segments);
      expect(new Set(listed).size).toBe(listed.length);
      const existing = new Set(segIndices);
      expect(listed.every((segment) => existing.has(segment))).toBe(true);
      expect(groups.map((group) => [group.id, group.objectId])).toEqual(groups.map((_, i) => [i, i]));
    }
  });

  test("segments have about 100 vertices; under ScanNet's 20 only the last of a patchwork of small faces", () => {
    const sizes = new Map<number, number>();
    for (const segment of readScan(rooms[0]).segIndices) sizes.set(segment, (sizes.get(segment) ?? 0) + 1);
    const list = [...sizes.values()];
    expect(Math.max(...list)).toBeLessThan(260);
    expect(list.filter((size) => size < 20).length / list.length).toBeLessThan(0.15);
  });

  test("triangles have area, stay within an object and never share all corners", () => {
    const { faces, positions, members } = readScan(rooms[1]);
    const owner = new Int32Array(positions.length / 3).fill(-1);
    members.forEach((vertices, group) => {
      for (const vertex of vertices) owner[vertex] = group;
    });
    let smallest = Number.POSITIVE_INFINITY;
    let crossing = 0;
    for (const corners of faces) {
      if (new Set(corners.map((vertex) => owner[vertex])).size > 1) crossing += 1;
      const [a, b, c] = corners.map((vertex) => positions.subarray(3 * vertex, 3 * vertex + 3));
      const [u, v] = [b.map((value, i) => value - a[i]), c.map((value, i) => value - a[i])];
      const cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
      smallest = Math.min(smallest, Math.hypot(...cross) / 2);
    }
    expect(crossing).toBe(0);
    expect(smallest).toBeGreaterThan(1e-6);
    expect(new Set(faces.map((face) => [...face].sort((a, b) => a - b).join())).size).toBe(faces.length);
  });
});

describe("the truth against the written vertices", () => {
  test("points, centroid and both boxes are those of each object's vertices", () => {
    for (const room of rooms) {
      const { members, positions, groups } = readScan(room);
      expect(room.truth.objects.map(({ id, label }) => [id, label])).toEqual(
        groups.map(({ id, label }) => [id, label]),
      );
      room.truth.objects.forEach((object, index) => {
        const vertices = members[index].map((vertex) => Array.from(positions.subarray(3 * vertex, 3 * vertex + 3)));
        expect(object.points).toBe(vertices.length);
        for (let axis = 0; axis < 3; axis += 1) {
          const mean = vertices.reduce((sum, vertex) => sum + vertex[axis], 0) / vertices.length;
          expect(object.centroid[axis]).toBeCloseTo(mean, 9);
        }
        if (!object.box || !object.aabb) return;
        const { center, size, yaw } = object.box;
        const turned = vertices.map(([x, y, z]) => {
          const [dx, dy] = [x - center[0], y - center[1]];
          return [dx * Math.cos(yaw) + dy * Math.sin(yaw), dy * Math.cos(yaw) - dx * Math.sin(yaw), z - center[2]];
        });
        for (let axis = 0; axis < 3; axis += 1) {
          expect(Math.min(...vertices.map((vertex) => vertex[axis]))).toBeCloseTo(object.aabb.min[axis], 5);
          expect(Math.max(...vertices.map((vertex) => vertex[axis]))).toBeCloseTo(object.aabb.max[axis], 5);
          expect(Math.min(...turned.map((vertex) => vertex[axis]))).toBeCloseTo(-size[axis] / 2, 5);
          expect(Math.max(...turned.map((vertex) => vertex[axis]))).toBeCloseTo(size[axis] / 2, 5);
        }
        // All four corners of the footprint are reached, so no other rectangle around it is smaller.
        for (const sign of [-1, 1]) {
          for (const side of [-1, 1]) {
            const corner = [(sign * size[0]) / 2, (side * size[1]) / 2];
            expect(Math.min(...turned.map(([x, y]) => Math.hypot(x - corner[0], y - corner[1])))).toBeLessThan(1e-5);
          }
        }
      });
    }
  });

  test("labels are counted as the aggregation lists them", () => {
    for (const room of rooms) {
      const counted: Record<string, number> = {};
      for (const { label } of readScan(room).groups) counted[label] = (counted[label] ?? 0) + 1;
      expect(room.truth.counts).toEqual(counted);
    }
  });

  test("seen from above, the scan fills the outline (20 cm raster) and never leaves it", () => {
    for (const room of rooms) {
      const { positions } = readScan(room);
      const { outline, area } = room.truth;
      const columns = outline.map(([x]) => x);
      const rows = outline.map(([, y]) => y);
      const cell = 0.2;
      const occupied = new Set<string>();
      const reach = { x: 0, y: 0 };
      for (let i = 0; i < positions.length; i += 3) {
        reach.x = Math.max(reach.x, Math.abs(positions[i]));
        reach.y = Math.max(reach.y, Math.abs(positions[i + 1]));
        occupied.add(`${Math.floor(positions[i] / cell)},${Math.floor(positions[i + 1] / cell)}`);
      }
      expect(reach.x).toBeCloseTo(Math.max(...columns), 5);
      expect(reach.y).toBeCloseTo(Math.max(...rows), 5);
      const perimeter = outline.reduce((sum, [x, y], i) => {
        const [nextX, nextY] = outline[(i + 1) % outline.length];
        return sum + Math.hypot(nextX - x, nextY - y);
      }, 0);
      // A raster covers at most one cell too much along the border, and misses only the inside of the pillar.
      expect(occupied.size * cell * cell).toBeLessThan(area + perimeter * cell);
      expect(occupied.size * cell * cell).toBeGreaterThan(area - 0.6 * 0.6);
    }
  });
});

describe("what a room holds", () => {
  test("10 to 25 pieces of furniture; at least five labels once and one several times, for every kind of question", () => {
    const shell = ["wall", "floor", "ceiling", "pillar", "doorframe", "object"];
    for (let seed = 0; seed < 60; seed += 1) {
      const { pieces, truth } = makeRoom({ sceneName, seed, vertexCount: 15_000 });
      const furniture = pieces.filter(({ label }) => !["door", "doorframe", "window", "picture"].includes(label));
      expect(furniture.length).toBeGreaterThanOrEqual(10);
      expect(furniture.length).toBeLessThanOrEqual(25);
      const counts = Object.entries(truth.counts).filter(([label]) => !shell.includes(label));
      expect(counts.filter(([, count]) => count === 1).length).toBeGreaterThanOrEqual(5);
      expect(counts.some(([, count]) => count > 1)).toBe(true);
    }
  });

  test("some surface is left without a label in some rooms, as in real scans", () => {
    const unlabelled = rooms.map((room) => {
      const { positions, members } = readScan(room);
      return positions.length / 3 - members.reduce((sum, vertices) => sum + vertices.length, 0);
    });
    expect(unlabelled.some((count) => count > 0)).toBe(true);
    expect(unlabelled.some((count) => count === 0)).toBe(true);
  });
});

describe("options", () => {
  test("the same options give the same bytes and truth; another seed, scan seed or shape gives others", () => {
    const options: RoomOptions = { sceneName, seed: 7, shape: "lShape" };
    const first = hash(makeRoom(options));
    expect(hash(makeRoom(options))).toBe(first);
    const others = [
      { ...options, seed: 8 },
      { ...options, scanSeed: 8 },
      { ...options, shape: "pillar" as const },
    ];
    expect(new Set([first, ...others.map((other) => hash(makeRoom(other)))]).size).toBe(4);
  });

  test("a rescan is the same room: pieces, plan and counts stay, vertices and alignment change", () => {
    const first = makeRoom({ sceneName, seed: 5 });
    const second = makeRoom({ sceneName: "scene9000_01", seed: 5, scanSeed: 6 });
    expect(second.pieces).toEqual(first.pieces);
    expect(second.floorPlan).toEqual(first.floorPlan);
    expect(Object.entries(second.truth.counts).sort()).toEqual(Object.entries(first.truth.counts).sort());
    expect(readScan(second).alignment).not.toEqual(readScan(first).alignment);
  });

  test.each([20_000, 60_000, 150_000])("%i vertices are met within 2 %%", (vertexCount) => {
    for (const shape of FLOOR_PLAN_SHAPES) {
      const written = readScan(makeRoom({ sceneName, seed: 11, shape, vertexCount })).positions.length / 3;
      expect(Math.abs(written / vertexCount - 1)).toBeLessThan(0.02);
    }
  });

  test.each<[string, Partial<RoomOptions>]>([
    ["vertex-count", { vertexCount: 0 }],
    ["vertex-count", { vertexCount: Number.NaN }],
    ["vertex-count", { vertexCount: 1e12 }],
    ["scene-name", { sceneName: "../scene9000_00" }],
    ["scene-name", { sceneName: "scene09000_00" }],
    ["seed", { seed: 0.5 }],
    ["seed", { scanSeed: Number.NaN }],
  ])("%s is refused: %j", (code, wrong) => {
    expect(() => makeRoom({ sceneName, seed: 1, ...wrong })).toThrow(expect.objectContaining({ code }));
  });
});
