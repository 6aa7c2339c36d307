import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Mesh, readMesh } from "../../src/node/readMesh.ts";
import { readFaces } from "../../src/ply/readFaces.ts";
import { readVertexPositions } from "../../src/ply/readVertexPositions.ts";
import { mutatedBytes } from "../mutatedBytes.ts";
import { scanNetPly } from "../ply/plyBytes.ts";
import { thrownCode, thrownError } from "../thrownError.ts";
import { withFolder } from "./temporaryFolder.ts";

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

describe("readMesh", () => {
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
