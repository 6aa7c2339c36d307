import { describe, expect, test } from "@jest/globals";
import { closestVertex, instanceColor, meshColors, type RoomMesh, readMesh } from "../../src/page/room/mesh.ts";

const MESH: RoomMesh = {
  positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 2, 0, 5, 5, 5),
  triangles: Uint32Array.of(0, 1, 2),
  objects: Int32Array.of(7, 7, -1, 300),
  colors: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
};

/** The bytes that MeshHeader describes. */
function bytesOf({ positions, triangles, objects, colors }: RoomMesh): ArrayBuffer {
  const header = { vertices: objects.length, triangles: triangles.length / 3, hasColors: colors !== null };
  const text = JSON.stringify(header);
  const parts = [positions, triangles, objects, colors ?? new Uint8Array()].map(
    (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
  );
  const line = Buffer.from(`${text.padEnd(Math.ceil((text.length + 1) / 4) * 4 - 1)}\n`);
  return Uint8Array.from(Buffer.concat([line, ...parts])).buffer;
}

describe("readMesh", () => {
  test("reads back what was written, with and without colours", () => {
    expect(readMesh(bytesOf(MESH))).toEqual(MESH);
    expect(readMesh(bytesOf({ ...MESH, colors: null }))).toEqual({ ...MESH, colors: null });
  });

  test("refuses bytes that are cut off", () => {
    const bytes = bytesOf(MESH);
    expect(() => readMesh(bytes.slice(0, bytes.byteLength - 1))).toThrow(/expected \d+ by its header/);
  });
});

test("the closest vertex of an object, not of others", () => {
  expect(closestVertex(MESH, 7, [0.9, 0, 0])).toEqual([1, 0, 0]);
  expect(closestVertex(MESH, 300, [0.9, 0, 0])).toEqual([5, 5, 5]);
  expect(closestVertex(MESH, 8, [0, 0, 0])).toBeNull();
});

describe("colours", () => {
  test("the scan's, or one for each object and a plain one for none", () => {
    expect(meshColors(MESH, "scan")).toBe(MESH.colors);
    const painted = meshColors(MESH, "instances");
    expect([...painted.subarray(0, 3)]).toEqual([...instanceColor(7)]);
    expect(painted.subarray(0, 3)).toEqual(painted.subarray(3, 6));
    expect(new Set(painted.subarray(6, 9)).size).toBe(1);
  });

  test("ids that follow each other are told apart", () => {
    for (let id = 0; id < 200; id += 1) {
      const [one, next] = [instanceColor(id), instanceColor(id + 1)];
      expect(Math.hypot(...one.map((value, k) => value - next[k]!))).toBeGreaterThan(60);
    }
  });
});
