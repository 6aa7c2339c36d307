import { describe, expect, test } from "@jest/globals";
import { MAXIMUM_PLY_HEADER_BYTES, parsePlyHeader } from "../../src/ply/header.ts";
import { thrownCode, thrownError } from "../support/thrownError.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const header = (...lines: string[]) => encode(["ply", ...lines, "end_header", ""].join("\n"));
const format = "format binary_little_endian 1.0";

describe("parsePlyHeader", () => {
  test.each(["\n", "\r\n"])("reads elements, properties and comments with line end %j", (lineEnd) => {
    const text = ["ply", format, "comment a  b", "element vertex 2", "property float x", "element face 1"]
      .concat("property list uchar int vertex_indices", "end_header", "")
      .join(lineEnd);
    expect(parsePlyHeader(encode(`${text}\nbody`))).toEqual({
      format: "binary_little_endian",
      comments: ["a  b"],
      elements: [
        { name: "vertex", count: 2, properties: [{ name: "x", type: "float", countType: null }] },
        { name: "face", count: 1, properties: [{ name: "vertex_indices", type: "int", countType: "uchar" }] },
      ],
      byteLength: text.length,
    });
  });

  test.each([
    ["nothing", encode("")],
    ["another format", encode("solid cube\n")],
    ["a longer first word", encode("plywood\n")],
    ["four megabytes of zeros", new Uint8Array(4_000_000)],
  ])("says that %s is no PLY", async (_, bytes) => {
    expect(await thrownCode(() => parsePlyHeader(bytes))).toBe("ply-no-header");
  });

  test("stops at a header without end, however long the file", async () => {
    const long = encode(`ply\n${format}\n${"comment x\n".repeat(MAXIMUM_PLY_HEADER_BYTES)}`);
    expect(await thrownCode(() => parsePlyHeader(long))).toBe("ply-header-without-end");
    expect(await thrownCode(() => parsePlyHeader(encode(`ply\n${format}\nelement vertex 3`)))).toBe(
      "ply-header-without-end",
    );
  });

  test.each([
    ["no format", ["element vertex 1", "property float x"]],
    ["two formats", [format, format]],
    ["an unknown format", ["format binary 1.0"]],
    ["version 2", ["format ascii 2.0"]],
    ["a negative count", [format, "element vertex -1"]],
    ["a fraction as count", [format, "element vertex 1.5"]],
    ["a count beyond 2^53", [format, "element vertex 9007199254740993"]],
    ["a missing count", [format, "element vertex"]],
    ["an element twice", [format, "element vertex 1", "property float x", "element vertex 1", "property float x"]],
    ["a property twice", [format, "element vertex 1", "property float x", "property float x"]],
    ["a property without element", [format, "property float x"]],
    ["an unknown type", [format, "element vertex 1", "property half x"]],
    ["an inherited name as type", [format, "element vertex 1", "property constructor x"]],
    ["an unknown list type", [format, "element face 1", "property list uchar word v"]],
    ["a list without name", [format, "element face 1", "property list uchar int"]],
    ["records of no bytes", [format, "element vertex 900000000"]],
    ["an unknown keyword", [format, "elements vertex 1"]],
  ])("refuses %s", async (_, lines) => {
    expect(await thrownCode(() => parsePlyHeader(header(...lines)))).toBe("ply-bad-header");
  });

  test("names file and line", async () => {
    const error = await thrownError(() => parsePlyHeader(header(format, "element vertex x"), { file: "a/b.ply" }));
    expect(error?.detail).toMatchObject({ file: "a/b.ply", place: "header line 3", got: '"element vertex x"' });
  });
});
