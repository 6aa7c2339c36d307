import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { type Mesh, readColoredMesh, readMesh, readMeshPositions } from "../../src/node/mesh.ts";
import { readFaces } from "../../src/ply/faces.ts";
import { parsePlyPositions, readVertexPositions } from "../../src/ply/positions.ts";
import { mutatedBytes } from "../support/mutatedBytes.ts";
import { bodyBytes, plyBytes, scanNetPly } from "../support/plyBytes.ts";
import { thrownCode, thrownError } from "../support/thrownError.ts";

describe("readMesh", () => {
  const bytes = scanNetPly(
    [0, 0, 0, 1, 0, 0, 0, 1, 0.5],
    [
      [0, 1, 2],
      [2, 1, 0],
    ],
  );

  async function outcome(read: () => Mesh | Promise<Mesh>): Promise<unknown> {
    let mesh: Mesh | null = null;
    const code = await thrownCode(async () => {
      mesh = await read();
    });
    return code ?? mesh;
  }

  test("gives what readVertexPositions and readFaces give for the whole file, or an error, however damaged", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constant(bytes), mutatedBytes(bytes)), async (damaged) => {
        fc.pre(damaged.length > 0);
        await withFolder({ "mesh.ply": damaged }, async (folder) => {
          const fromDisk = await outcome(() => readMesh(join(folder, "mesh.ply")));
          const fromBytes = await outcome(() => ({
            positions: readVertexPositions(damaged),
            faces: readFaces(damaged),
          }));
          // With two faults in a file the two may name different ones.
          if (typeof fromBytes === "string") expect(typeof fromDisk).toBe("string");
          else expect(fromDisk).toEqual(fromBytes);
        });
      }),
      { numRuns: 200 },
    );
  });

  const head = ["element vertex 3", ...["x", "y", "z"].map((name) => `property float ${name}`)];
  const tail = ["element face 2", "property list uchar int vertex_indices", "property list uchar float texcoord"];
  const withColors = [...head, ...["red", "green", "blue"].map((name) => `property uchar ${name}`), ...tail];
  const rows = "0 0 0 9 8 7\n1 0 0 6 5 4\n0 1 0.5 3 2 1\n3 0 1 2 2 0.5 0.5\n3 2 1 0 0\n";
  const ascii = plyBytes(["format ascii 1.0", ...withColors], new TextEncoder().encode(rows));
  const bigEndian = plyBytes(
    ["format binary_big_endian 1.0", ...withColors],
    bodyBytes(3 * 15 + 2 * 14 + 8, (view) => {
      for (const [place, value] of [0, 0, 0, 1, 0, 0, 0, 1, 0.5].entries()) {
        view.setFloat32(15 * Math.floor(place / 3) + 4 * (place % 3), value);
      }
      for (let place = 0; place < 9; place += 1)
        view.setUint8(15 * Math.floor(place / 3) + 12 + (place % 3), 9 - place);
      for (const [face, start] of [45, 67].entries()) {
        view.setUint8(start, 3);
        for (const [place, corner] of (face === 0 ? [0, 1, 2] : [2, 1, 0]).entries()) {
          view.setInt32(start + 1 + 4 * place, corner);
        }
      }
      view.setUint8(58, 2);
      view.setFloat32(59, 0.5);
    }),
  );

  test("ASCII and big endian, with a second list in the faces (MeshLab's): faces and colours", async () => {
    for (const bytes of [ascii, bigEndian]) {
      await withFolder({ "mesh.ply": bytes }, async (folder) => {
        const mesh = await readColoredMesh(join(folder, "mesh.ply"));
        expect([...mesh.positions]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0.5]);
        expect([...mesh.faces]).toEqual([0, 1, 2, 2, 1, 0]);
        expect([...(mesh.colors ?? [])]).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
      });
    }
  });

  test("an ASCII or big-endian mesh, however damaged, is a mesh or an error of ours", async () => {
    const damaged = fc.oneof(mutatedBytes(ascii), mutatedBytes(bigEndian)).filter((bytes) => bytes.length > 0);
    let read = 0;
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        await withFolder({ "mesh.ply": bytes }, async (folder) => {
          // thrownCode passes on what is no GeometryError.
          const code = await thrownCode(async () => {
            const { faces, positions } = await readMesh(join(folder, "mesh.ply"));
            for (const corner of faces) expect(corner).toBeLessThan(positions.length / 3);
            read += 1;
          });
          expect(code === null || code === undefined || code.length > 0).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
    expect(read).toBeGreaterThan(0);
  });

  test("a missing file is named as the caller names it", async () => {
    const error = await thrownError(() => readMesh("/nowhere/mesh.ply", { file: "scan/mesh.ply" }));
    expect(error?.code).toBe("file-missing");
    expect(error?.detail.file).toBe("scan/mesh.ply");
  });
});

describe("readMeshPositions", () => {
  const mesh = scanNetPly([0, 0, 0, 1, 0, 0, 0, 1, 0.5], [[0, 1, 2]]);
  const ascii = plyBytes(
    ["format ascii 1.0", "element vertex 1", "property int x", "property int y", "property int z"],
    new TextEncoder().encode("1 2 3\n"),
  );

  async function outcome(read: () => Promise<Float32Array>): Promise<unknown> {
    let positions: number[] = [];
    const code = await thrownCode(async () => {
      positions = [...(await read())];
    });
    return code ?? positions;
  }

  test("gives what parsePlyPositions gives for the whole file, positions or error, however damaged", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(mesh, ascii), mutatedBytes(mesh), mutatedBytes(ascii)),
        async (bytes) => {
          fc.pre(bytes.length > 0);
          await withFolder({ "mesh.ply": bytes }, async (folder) => {
            const fromDisk = await outcome(() => readMeshPositions(join(folder, "mesh.ply")));
            expect(fromDisk).toEqual(await outcome(() => parsePlyPositions(bytes)));
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ["missing.ply", "file-missing"],
    ["folder", "file-unreadable"],
    ["empty.ply", "file-empty"],
    ["empty.ply/below", "file-unreadable"],
  ])("%s is %s, under the name that was given", async (name, code) => {
    await withFolder({ "folder/a": "", "empty.ply": "" }, async (folder) => {
      const error = await thrownError(() => readMeshPositions(join(folder, name), { file: "scan/mesh.ply" }));
      expect(error?.code).toBe(code);
      expect(error?.detail.file).toBe("scan/mesh.ply");
    });
  });
});
