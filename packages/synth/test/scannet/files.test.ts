import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { cameraPose } from "../../src/camera/pose.ts";
import { createRandom } from "../../src/random.ts";
import {
  drawAlignment,
  toScannerFrame,
  toScannerPose,
  writeLabelMap,
  writePly,
  writeScanInfo,
} from "../../src/scannet/files.ts";

test("is a turn about +Z and a shift whose six printed decimals say all", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const matrix = drawAlignment(createRandom(seed, 1));
      expect(matrix.map((value) => Number(value.toFixed(6)))).toEqual(matrix);
      const [a, b, , , c, d] = matrix;
      expect(Math.abs(a * d - b * c - 1)).toBeLessThan(3e-6);
      expect([a + 0, b + 0]).toEqual([d + 0, -c + 0]);
      expect([matrix[2], matrix[6], ...matrix.slice(8, 11), ...matrix.slice(12)]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 1]);
    }),
  );
});

test("the printed alignment brings every point back within float32's precision", () => {
  const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(fc.integer(), coordinate, coordinate, coordinate, (seed, x, y, z) => {
      const alignment = drawAlignment(createRandom(seed, 1));
      const printed = alignment.map((value) => Number(value.toFixed(6)));
      const raw = toScannerFrame(Float64Array.of(x, y, z), alignment);
      const back = [0, 1, 2].map((row) =>
        [...raw, 1].reduce((sum, value, column) => sum + printed[4 * row + column] * value, 0),
      );
      // Raw coordinates are below 16 m, where float32 steps are 1e-6.
      expect(Math.max(...back.map((value, axis) => Math.abs(value - [x, y, z][axis])))).toBeLessThan(2e-6);
    }),
  );
});

test("no points give no points", () => {
  expect(toScannerFrame(new Float64Array(0), drawAlignment(createRandom(1, 1))).length).toBe(0);
});

test("the printed alignment times the stored pose is the axis-aligned pose, to float32", () => {
  const number = fc.double({ min: -4, max: 4, noNaN: true });
  fc.assert(
    fc.property(fc.integer(), fc.tuple(number, number, number), number, number, (seed, eye, heading, tilt) => {
      const pose = cameraPose(eye, heading, tilt);
      const alignment = drawAlignment(createRandom(seed, 1));
      const raw = toScannerPose(pose, alignment);
      for (let row = 0; row < 4; row++) {
        for (let column = 0; column < 4; column++) {
          const sum = [0, 1, 2, 3].reduce((total, i) => total + alignment[4 * row + i] * raw[4 * i + column], 0);
          expect(Math.abs(sum - pose[4 * row + column])).toBeLessThan(2e-6);
        }
      }
      expect([...raw.subarray(12)]).toEqual([0, 0, 0, 1]);
    }),
  );
});

const lines = (counts: [string, number][]) => new TextDecoder().decode(writeLabelMap(new Map(counts))).split("\n");

test("has ScanNet's 17 columns in every row, the most frequent label first, equal ones by name", () => {
  const [header, ...rows] = lines([
    ["table", 2],
    ["wall", 9],
    ["bed", 2],
  ]);
  expect(header.split("\t").slice(0, 5)).toEqual(["id", "raw_category", "category", "count", "nyu40id"]);
  expect(header.split("\t")[16]).toBe("mpcat40index");
  expect(rows.pop()).toBe("");
  expect(rows.map((row) => row.split("\t").length)).toEqual([17, 17, 17]);
  expect(rows.map((row) => row.split("\t").slice(0, 5).join())).toEqual([
    "1,wall,wall,9,1",
    "2,bed,bed,2,4",
    "3,table,table,2,7",
  ]);
});

test("without labels only the header is left", () => {
  expect(lines([]).length).toBe(2);
});

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

test("prints 16 numbers of six decimals with ScanNet's trailing blank, sizes, no frames and the scene type", () => {
  const matrix = [0.6, 0.8, 0, -1.5, -0.8, 0.6, 0, 2, 0, 0, 1, 0.05, 0, 0, 0, 1];
  const lines = new TextDecoder().decode(writeScanInfo(matrix, "Bedroom / Hotel", null)).split("\n");
  expect(lines[0]).toBe(
    "axisAlignment = 0.600000 0.800000 0.000000 -1.500000 -0.800000 0.600000 0.000000 2.000000 0.000000 0.000000 1.000000 0.050000 0.000000 0.000000 0.000000 1.000000 ",
  );
  expect(lines).toEqual(
    expect.arrayContaining(["colorHeight = 968", "numColorFrames = 0", "sceneType = Bedroom / Hotel"]),
  );
  expect(lines.at(-1)).toBe("");
});

test("with a stream: its sizes, its frames and both cameras' calibration, line by line as in ScanNet's files", () => {
  const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const intrinsics = { width: 640, height: 480, fx: 577.870605, fy: 577.5, cx: 319.5, cy: 239.5 };
  const info = writeScanInfo(identity, "Office", { intrinsics, frameCount: 90 });
  expect(new TextDecoder().decode(info).split("\n").slice(1)).toEqual([
    "colorHeight = 480",
    "colorToDepthExtrinsics = 1.000000 0.000000 0.000000 0.000000 0.000000 1.000000 0.000000 0.000000 0.000000 0.000000 1.000000 0.000000 0.000000 0.000000 0.000000 1.000000 ",
    "colorWidth = 640",
    "depthHeight = 480",
    "depthWidth = 640",
    "fx_color = 577.870605",
    "fx_depth = 577.870605",
    "fy_color = 577.500000",
    "fy_depth = 577.500000",
    "mx_color = 319.500000",
    "mx_depth = 319.500000",
    "my_color = 239.500000",
    "my_depth = 239.500000",
    "numColorFrames = 90",
    "numDepthFrames = 90",
    "numIMUmeasurements = 0",
    "sceneType = Office",
    "",
  ]);
});
