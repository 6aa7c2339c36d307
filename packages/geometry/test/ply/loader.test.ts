import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { load, parse, parseSync } from "@loaders.gl/core";
import { PLYLoader } from "@loaders.gl/ply";
import { PlyVertexLoader } from "../../src/ply/loader.ts";
import { plyBytes, scanNetPly } from "../support/plyBytes.ts";
import { thrownError } from "../support/thrownError.ts";

const triangle = [0, 0, 0, 1, 0, 0, 0, 1, 0.5];

const cloud = scanNetPly(triangle, []);

describe("PlyVertexLoader", () => {
  test("returns what PLYLoader returns for the positions of a point cloud", async () => {
    const theirs = await parse(cloud.slice(), PLYLoader);
    const { POSITION } = theirs.attributes;
    const [field] = theirs.schema.fields.filter(({ name }) => name === "POSITION");
    const positionsOnly = { ...theirs, attributes: { POSITION }, schema: { ...theirs.schema, fields: [field] } };
    expect(await parse(cloud.slice(), PlyVertexLoader)).toEqual(positionsOnly);
    expect(parseSync(cloud.slice(), PlyVertexLoader)).toEqual(positionsOnly);
  });

  test("loads from a URL, and names it in errors", async () => {
    const url = (bytes: Uint8Array) => `data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`;
    const mesh = await load(url(cloud), PlyVertexLoader);
    expect(mesh.attributes.POSITION.value).toEqual(Float32Array.from(triangle));
    const error = await thrownError(() => load(url(cloud.slice(0, -1)), PlyVertexLoader));
    expect(error?.detail.file).toMatch(/^data:/);
  });

  test("carries the package's version", async () => {
    const packageJson = JSON.parse(await readFile(join(import.meta.dirname, "../../package.json"), "utf8"));
    expect(PlyVertexLoader.version).toBe(packageJson.version);
  });

  test("is chosen by the first bytes among other loaders", async () => {
    const mesh = await parse(cloud.slice().buffer, [PlyVertexLoader]);
    expect(mesh.attributes.POSITION.value).toEqual(Float32Array.from(triangle));
  });

  test("takes text and PLYLoader's propertyNameMapping", async () => {
    const header = ["format ascii 1.0", "element vertex 1", "property int a", "property int y", "property int z"];
    const text = new TextDecoder().decode(plyBytes(header, new TextEncoder().encode("1 2 3\n")));
    const mesh = await parse(text, PlyVertexLoader, { ply: { propertyNameMapping: { a: "x" } } });
    expect([...mesh.attributes.POSITION.value]).toEqual([1, 2, 3]);
  });

  test("rejects with a GeometryError", async () => {
    const error = await thrownError(() => parse(cloud.slice(0, -1), PlyVertexLoader));
    expect(error?.code).toBe("ply-truncated");
    const ascii = plyBytes(
      ["format ascii 1.0", "element vertex 1", "property int x", "property int y"].concat("property int z"),
      new TextEncoder().encode("1 2 3\n"),
    );
    expect((await thrownError(() => parseSync(ascii, PlyVertexLoader)))?.code).toBe("ply-unusual");
  });
});
