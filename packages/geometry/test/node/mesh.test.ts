import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { type Mesh, readMesh, readMeshPositions } from "../../src/node/mesh.ts";
import { readFaces } from "../../src/ply/faces.ts";
import { parsePlyPositions, readVertexPositions } from "../../src/ply/positions.ts";
import { mutatedBytes } from "../support/mutatedBytes.ts";
import { plyBytes, scanNetPly } from "../support/plyBytes.ts";
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
