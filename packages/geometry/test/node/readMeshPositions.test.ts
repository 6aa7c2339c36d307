import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readMeshPositions } from "../../src/node/readMeshPositions.ts";
import { parsePlyPositions } from "../../src/ply/parsePlyPositions.ts";
import { mutatedBytes } from "../mutatedBytes.ts";
import { plyBytes, scanNetPly } from "../ply/plyBytes.ts";
import { thrownCode, thrownError } from "../thrownError.ts";
import { withFolder } from "./temporaryFolder.ts";

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

describe("readMeshPositions", () => {
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
