import { expect, test } from "@jest/globals";
import { writePly } from "../../src/scannet/ply.ts";

const body = (bytes: Uint8Array) => Buffer.from(bytes).subarray(Buffer.from(bytes).indexOf("end_header\n") + 11);

test("16 bytes a vertex and 13 a face, little endian, written out by hand", () => {
  const bytes = writePly({
    positions: Float32Array.of(1, -2, 0.5),
    colors: Uint8Array.of(10, 20, 30),
    triangles: Int32Array.of(0, 256, 65536),
  });
  expect(body(bytes).toString("hex")).toBe(
    ["0000803f", "000000c0", "0000003f", "0a141eff", "03", "00000000", "00010000", "00000100"].join(""),
  );
});

test("an empty mesh is a header alone", () => {
  const bytes = writePly({ positions: new Float32Array(0), colors: new Uint8Array(0), triangles: new Int32Array(0) });
  expect(body(bytes).length).toBe(0);
  expect(Buffer.from(bytes).toString()).toContain("element vertex 0\n");
});
