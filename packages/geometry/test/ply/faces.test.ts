import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFaces } from "../../src/ply/faces.ts";
import { mutatedBytes } from "../support/mutatedBytes.ts";
import { bodyBytes, plyBytes, scanNetPly } from "../support/plyBytes.ts";
import { thrownCode, thrownError } from "../support/thrownError.ts";

const format = "format binary_little_endian 1.0";
const square = [0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0];
const oneVertex = ["element vertex 1", "property float x", "property float y", "property float z"];
const corners = "property list uchar int vertex_indices";

describe("readFaces", () => {
  test.each(["\n", "\r\n"])("gives back any triangles of a mesh laid out as ScanNet's, line end %j", (lineEnd) => {
    const corner = fc.nat({ max: 3 });
    const triangles = fc.array(fc.tuple(corner, corner, corner), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(triangles, (faces) => {
        expect(readFaces(scanNetPly(square, faces, lineEnd))).toEqual(Int32Array.from(faces.flat()));
      }),
    );
  });

  test("finds the corners among other properties, in other types, behind other elements", () => {
    const header = [format, "element vertex 300", "property float x", "property float y", "property float z"];
    header.push("element edge 2", "property uchar a", "property short b");
    header.push("element face 2", "property uchar flags", "property list int ushort vertex_index", "property double q");
    const body = bodyBytes(300 * 12 + 2 * 3 + 2 * 19, (view) => {
      for (const face of [0, 1]) {
        const start = 300 * 12 + 6 + face * 19;
        view.setInt32(start + 1, 3, true);
        for (const corner of [0, 1, 2]) view.setUint16(start + 5 + 2 * corner, 256 + 10 * face + corner, true);
      }
    });
    expect([...readFaces(plyBytes(header, body))]).toEqual([256, 257, 258, 266, 267, 268]);
  });

  test.each([
    ["a corner beyond the vertices", [0, 1, 4], "vertex 4"],
    ["a corner below 0", [-1, 1, 2], "vertex -1"],
  ])("names the face with %s", async (_, face, got) => {
    const error = await thrownError(() => readFaces(scanNetPly(square, [[0, 1, 2], face])));
    expect(error?.code).toBe("ply-bad-face");
    expect(error?.detail).toMatchObject({ place: "face 1", got, expected: "a vertex from 0 to 3" });
  });

  test.each([0, 2, 4, 255])("a face of %d corners is an error with its number", async (count) => {
    const bytes = scanNetPly(square, [
      [0, 1, 2],
      [1, 2, 3],
    ]);
    bytes[bytes.length - 13] = count;
    const error = await thrownError(() => readFaces(bytes));
    expect(error?.code).toBe("ply-bad-face");
    expect(error?.detail).toMatchObject({ place: "face 1", got: `${count} corners` });
  });

  test("fractions and NaN are no vertices", async () => {
    for (const value of [0.5, Number.NaN]) {
      const body = bodyBytes(12 + 13, (view) => {
        view.setUint8(12, 3);
        view.setFloat32(17, value, true);
      });
      const bytes = plyBytes(
        [format, ...oneVertex, "element face 1", "property list uchar float vertex_indices"],
        body,
      );
      expect(await thrownCode(() => readFaces(bytes))).toBe("ply-bad-face");
    }
  });

  test("every cut of a file is an error", async () => {
    const bytes = scanNetPly(square, [
      [0, 1, 2],
      [0, 2, 3],
    ]);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(await thrownCode(() => readFaces(bytes.subarray(0, length)))).toMatch(
        /^ply-(no-header|header-without-end|truncated)$/,
      );
    }
  });

  test.each([
    ["text", ["format ascii 1.0", ...oneVertex, "element face 1", corners], "ply-unusual"],
    ["faces before vertices", [format, "element face 1", corners, ...oneVertex], "ply-unusual"],
    [
      "another list before",
      [format, ...oneVertex, "element strip 1", "property list uchar int v"].concat("element face 1", corners),
      "ply-unusual",
    ],
    ["points only", [format, ...oneVertex], "ply-no-faces"],
    ["no faces", [format, ...oneVertex, "element face 0", corners], "ply-no-faces"],
    ["faces without corners", [format, ...oneVertex, "element face 1", "property int a"], "ply-bad-header"],
    [
      "two lists a face",
      [format, ...oneVertex, "element face 1", corners, "property list uchar int b"],
      // The general reader takes it (mesh.test).
      "ply-unusual",
    ],
    ["too many faces", [format, ...oneVertex, "element face 9007199254740991", corners], "ply-truncated"],
  ])("refuses a file with %s", async (_, header, code) => {
    expect(await thrownCode(() => readFaces(plyBytes(header, new Uint8Array(64))))).toBe(code);
  });

  test("no bytes give anything but vertices of the mesh or a GeometryError", async () => {
    const mesh = scanNetPly(square, [
      [0, 1, 2],
      [0, 2, 3],
    ]);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutatedBytes(mesh)), async (bytes) => {
        let faces = new Int32Array(0);
        const code = await thrownCode(() => {
          faces = readFaces(bytes) as Int32Array<ArrayBuffer>;
        });
        if (code === null) expect(faces.length % 3 === 0 && faces.every((vertex) => vertex >= 0)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
