import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parsePlyPositions, readVertexPositions } from "../../src/ply/positions.ts";
import { mutatedBytes } from "../support/mutatedBytes.ts";
import { bodyBytes, plyBytes, scanNetPly } from "../support/plyBytes.ts";
import { thrownCode, thrownError } from "../support/thrownError.ts";

const triangle = [0, 0, 0, 1, 0, 0, 0, 1, 0.5];

const floats = ["property float x", "property float y", "property float z"];

const faces = ["element face 1", "property list uchar int vertex_indices"];

function asciiPly(lineEnd = "\n"): Uint8Array {
  const header = ["format ascii 1.0", "comment größe", "element empty 0", "property int a", "element camera 1"];
  header.push("property list uchar int vertices", "element vertex 3", ...floats, "property int vertices", ...faces);
  const body = ["2 7 8", "0 0 0 9", "1 0 0 9", "0 1 5e-1 9", "3 0 1 2", ""].join(lineEnd);
  return plyBytes(header, new TextEncoder().encode(body), lineEnd);
}

function bigEndianPly(lineEnd = "\n"): Uint8Array {
  const body = bodyBytes(49, (view) => {
    for (const [index, value] of triangle.entries()) view.setFloat32(index * 4, value);
    view.setUint8(36, 3);
  });
  return plyBytes(["format binary_big_endian 1.0", "element vertex 3", ...floats, ...faces], body, lineEnd);
}

function listFirstPly(): Uint8Array {
  const body = bodyBytes(13 + 36, (view) => {
    view.setUint8(0, 3);
    for (const [index, value] of triangle.entries()) view.setFloat32(13 + index * 4, value, true);
  });
  return plyBytes(["format binary_little_endian 1.0", ...faces, "element vertex 3", ...floats], body);
}

const format = "format binary_little_endian 1.0";

describe("parsePlyPositions", () => {
  test.each([
    ["as ScanNet's", scanNetPly(triangle, [[0, 1, 2]])],
    ["in ASCII, with names that mean something to the parser", asciiPly()],
    ["in ASCII with CRLF", asciiPly("\r\n")],
    ["in ASCII without a last line end", asciiPly().subarray(0, -1)],
    ["in big endian", bigEndianPly()],
    ["in big endian with a CRLF header", bigEndianPly("\r\n")],
    ["with faces before the vertices", listFirstPly()],
  ])("reads a mesh %s", async (_, bytes) => {
    expect([...(await parsePlyPositions(bytes))]).toEqual(triangle);
  });

  test.each([
    ["as ScanNet's", scanNetPly(triangle, [[0, 1, 2]])],
    // Without its last two bytes an ASCII face still has its line.
    ["in ASCII", asciiPly().subarray(0, -8)],
    ["in big endian", bigEndianPly()],
    ["with faces before the vertices", listFirstPly()],
  ])("refuses every cut of a mesh %s", async (_, bytes) => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(await thrownCode(() => parsePlyPositions(bytes.subarray(0, length)))).not.toBeNull();
    }
  });

  test.each([
    ["words for numbers", "0 zero 0\n", "ply-not-finite"],
    ["too few numbers", "0 0   \n", "ply-not-finite"],
    ["an empty line", "      \n", "ply-unreadable"],
    ["no line", "", "ply-truncated"],
    ["a second end_header", "0 0 0 end_header\n", "ply-unreadable"],
  ])("refuses ASCII vertices with %s", async (_, body, code) => {
    const bytes = plyBytes(["format ascii 1.0", "element vertex 1", ...floats], new TextEncoder().encode(body));
    expect(await thrownCode(() => parsePlyPositions(bytes))).toBe(code);
  });

  test("does not follow the length of an ASCII list", async () => {
    const header = ["format ascii 1.0", "element a 1", "property list uint int b", "element vertex 1", ...floats];
    const body = new TextEncoder().encode("4000000000 1\n1 2 3\n");
    expect([...(await parsePlyPositions(plyBytes(header, body)))]).toEqual([1, 2, 3]);
    const listed = [...header, "property list uint int c"];
    expect(await thrownCode(() => parsePlyPositions(plyBytes(listed, body)))).toBe("ply-bad-header");
  });

  test("does not follow the length of a binary list beyond the file", async () => {
    const header = ["format binary_big_endian 1.0", "element a 1", "property list uint uchar b"];
    const body = new Uint8Array(40).fill(255);
    const bytes = plyBytes([...header, "element vertex 1", ...floats], body);
    expect(await thrownCode(() => parsePlyPositions(bytes))).toBe("ply-truncated");
  });

  test("no bytes give anything but finite positions or a GeometryError", async () => {
    const inputs = fc.oneof(...[asciiPly(), bigEndianPly(), listFirstPly()].map(mutatedBytes));
    await fc.assert(
      fc.asyncProperty(inputs, async (bytes) => {
        let positions = new Float32Array(0);
        const code = await thrownCode(async () => {
          positions = (await parsePlyPositions(bytes)) as Float32Array<ArrayBuffer>;
        });
        if (code === null) expect(positions.length > 0 && positions.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

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
    for (let length = 0; length < bytes.length; length += 1) {
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
