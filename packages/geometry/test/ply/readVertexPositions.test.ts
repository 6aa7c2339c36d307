import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readVertexPositions } from "../../src/ply/readVertexPositions.ts";
import { mutatedBytes } from "../mutatedBytes.ts";
import { thrownCode, thrownError } from "../thrownError.ts";
import { bodyBytes, plyBytes, scanNetPly } from "./plyBytes.ts";

const format = "format binary_little_endian 1.0";
const triangle = [0, 0, 0, 1, 0, 0, 0, 1, 0.5];

describe("readVertexPositions", () => {
  test.each(["\n", "\r\n"])("reads a mesh laid out as ScanNet's, line end %j", (lineEnd) => {
    expect([...readVertexPositions(scanNetPly(triangle, [[0, 1, 2]], lineEnd))]).toEqual(triangle);
  });

  test("gives back any finite floats, wherever the bytes start in their buffer", () => {
    const coordinate = fc.float({ noNaN: true, noDefaultInfinity: true });
    const vertices = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(vertices, fc.nat({ max: 7 }), (points, shift) => {
        const bytes = scanNetPly(points.flat(), []);
        const shifted = new Uint8Array(bytes.length + shift);
        shifted.set(bytes, shift);
        expect(readVertexPositions(shifted.subarray(shift))).toEqual(Float32Array.from(points.flat()));
      }),
    );
  });

  test("finds x, y, z among any other scalar properties, in any order and type", () => {
    const body = bodyBytes(2 * 29, (view) => {
      for (const vertex of [0, 1]) {
        const start = vertex * 29;
        view.setFloat64(start + 1, 10 + vertex, true);
        view.setInt16(start + 9, -20 - vertex, true);
        view.setFloat32(start + 19, 30.5 + vertex, true);
      }
    });
    const header = [format, "element vertex 2", "property uchar flag", "property double z", "property int16 x"];
    header.push("property float64 quality", "property float32 y", "property ushort a", "property int b");
    expect([...readVertexPositions(plyBytes(header, body))]).toEqual([-20, 30.5, 10, -21, 31.5, 11]);
  });

  test("skips elements before the vertices", () => {
    const header = [format, "element camera 2", "property uchar a", "property short b", "element vertex 1"];
    header.push("property float x", "property float y", "property float z");
    const body = bodyBytes(18, (view) => view.setFloat32(6 + 8, 7, true));
    expect([...readVertexPositions(plyBytes(header, body))]).toEqual([0, 0, 7]);
  });

  test("ignores bytes after the last element", () => {
    const bytes = scanNetPly(triangle, [[0, 1, 2]]);
    expect([...readVertexPositions(Uint8Array.from([...bytes, 1, 2, 3]))]).toEqual(triangle);
  });

  test("every cut of a file is an error: in the header, the vertices or the faces", async () => {
    const bytes = scanNetPly(triangle, [[0, 1, 2]]);
    for (let length = 0; length < bytes.length; length++) {
      expect(await thrownCode(() => readVertexPositions(bytes.subarray(0, length)))).toMatch(
        /^ply-(no-header|header-without-end|truncated)$/,
      );
    }
  });

  test("a count that the file cannot hold is an error, not an allocation", async () => {
    const header = [format, "element vertex 9007199254740991", "property float x", "property float y"];
    const bytes = plyBytes([...header, "property float z"], new Uint8Array(12));
    expect(await thrownCode(() => readVertexPositions(bytes))).toBe("ply-truncated");
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "names the vertex with %d",
    async (value) => {
      const error = await thrownError(() => readVertexPositions(scanNetPly(triangle.with(7, value), [])));
      expect(error?.code).toBe("ply-not-finite");
      expect(error?.detail).toMatchObject({ place: "vertex 2, y", got: String(value) });
    },
  );

  test("a double beyond the range of floats is not finite", async () => {
    const header = [format, "element vertex 1", "property double x", "property double y", "property double z"];
    const bytes = plyBytes(
      header,
      bodyBytes(24, (view) => view.setFloat64(8, 1e300, true)),
    );
    expect(await thrownCode(() => readVertexPositions(bytes))).toBe("ply-not-finite");
  });

  test.each([
    ["no vertices", [format, "element vertex 0", "property float x"], "ply-no-vertices"],
    ["no vertex element", [format, "element face 0", "property list uchar int v"], "ply-no-vertices"],
    ["no z", [format, "element vertex 1", "property float x", "property float y"], "ply-bad-header"],
    [
      "text",
      ["format ascii 1.0", "element vertex 1", "property int x", "property int y", "property int z"],
      "ply-unusual",
    ],
  ])("refuses a file with %s", async (_, header, code) => {
    expect(await thrownCode(() => readVertexPositions(plyBytes(header, new Uint8Array(64))))).toBe(code);
  });

  test("no bytes give anything but finite positions or a GeometryError", async () => {
    const inputs = fc.oneof(fc.uint8Array({ maxLength: 200 }), mutatedBytes(scanNetPly(triangle, [[0, 1, 2]])));
    await fc.assert(
      fc.asyncProperty(inputs, async (bytes) => {
        let positions = new Float32Array(0);
        const code = await thrownCode(() => {
          positions = readVertexPositions(bytes) as Float32Array<ArrayBuffer>;
        });
        if (code === null) expect(positions.length > 0 && positions.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
