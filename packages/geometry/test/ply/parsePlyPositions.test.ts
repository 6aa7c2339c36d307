import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parsePlyPositions } from "../../src/ply/parsePlyPositions.ts";
import { mutatedBytes } from "../mutatedBytes.ts";
import { thrownCode } from "../thrownError.ts";
import { bodyBytes, plyBytes, scanNetPly } from "./plyBytes.ts";

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
    for (let length = 0; length < bytes.length; length++) {
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
