import { describe, expect, test } from "@jest/globals";
import type { PlyElement, PlyHeader } from "../../src/ply/header.ts";
import { checkPlySize, locateVertices } from "../../src/ply/vertices.ts";
import { thrownCode } from "../support/thrownError.ts";

const scalar = (type: string, name: string) => ({ name, type, countType: null });

const vertex: PlyElement = {
  name: "vertex",
  count: 10,
  properties: [scalar("uchar", "a"), ...["x", "y", "z"].map((name) => scalar("double", name)), scalar("short", "b")],
};

const list = (name: string, property: string): PlyElement => ({
  name,
  count: 4,
  properties: [{ name: property, type: "int", countType: "uchar" }],
});

const header = (elements: PlyElement[], format: PlyHeader["format"] = "binary_little_endian"): PlyHeader => ({
  format,
  elements,
  comments: [],
  byteLength: 100,
});

describe("locateVertices", () => {
  test("adds up the bytes before the vertices and within a record", () => {
    const before: PlyElement = { name: "camera", count: 3, properties: [scalar("float", "f"), scalar("short", "s")] };
    const layout = locateVertices(header([before, vertex, list("face", "vertex_indices")]), "a.ply");
    expect(layout).toMatchObject({ start: 118, count: 10, stride: 27 });
    expect(layout?.coordinates.map(({ offset }) => offset)).toEqual([1, 9, 17]);
  });

  test("leaves lists before the vertices and other formats to a general parser", () => {
    expect(locateVertices(header([list("face", "vertex_indices"), vertex]), "a.ply")).toBeNull();
    expect(locateVertices(header([vertex], "ascii"), "a.ply")).toBeNull();
    expect(locateVertices(header([vertex], "binary_big_endian"), "a.ply")).toBeNull();
  });
});

describe("checkPlySize", () => {
  test.each([
    ["vertices alone", [vertex], 370],
    ["triangles, 13 bytes each", [vertex, list("face", "vertex_indices")], 422],
    ["lists of unknown length, one byte each", [vertex, list("strip", "indices")], 374],
  ])("%s need their bytes and no more", async (_, elements, size) => {
    expect(await thrownCode(() => checkPlySize(header(elements), size, "a.ply"))).toBeNull();
    expect(await thrownCode(() => checkPlySize(header(elements), size - 1, "a.ply"))).toBe("ply-truncated");
  });
});
