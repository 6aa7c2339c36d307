import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync, inflateSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { openSensStream } from "@vsi/geometry/node";
import { jpegBytes } from "@vsi/testing/jpeg";
import fc from "fast-check";
import {
  type SensFrameFields,
  type SensHeaderFields,
  type SensImuFields,
  writeSensFrame,
  writeSensHeader,
  writeSensImu,
} from "../../src/scannet/sens.ts";

interface Stream {
  header: Omit<SensHeaderFields, "frameCount">;
  frames: SensFrameFields[];
  imu: SensImuFields[];
}

const float = fc.float({ noNaN: true });
const time = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const vector = fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }), fc.double({ noNaN: true }));
const matrix = fc.array(float, { minLength: 16, maxLength: 16 });
const intrinsic = fc
  .tuple(fc.float({ min: 1, max: 2000, noNaN: true }), fc.float({ min: -5, max: 2000, noNaN: true }))
  .map(([focal, middle]) => [focal, 0, middle, 0, 0, focal, middle, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
const imu = fc.record({
  rotationRate: vector,
  acceleration: vector,
  magneticField: vector,
  attitude: vector,
  gravity: vector,
  time,
});

const side = fc.integer({ min: 1, max: 6 });

/** Streams of random numbers whose compressed images have the segments that they should. */
const stream: fc.Arbitrary<Stream> = fc
  .record({
    sensorName: fc.string({ unit: "grapheme", maxLength: 20 }),
    intrinsicColor: intrinsic,
    extrinsicColor: matrix,
    intrinsicDepth: intrinsic,
    extrinsicDepth: matrix,
    colorCompression: fc.constantFrom("raw", "jpeg"),
    depthCompression: fc.constantFrom("raw", "zlib"),
    colorWidth: side,
    colorHeight: side,
    depthWidth: side,
    depthHeight: side,
    depthShift: fc.float({ min: 1, max: 5000, noNaN: true }),
  })
  .chain((header) => {
    const rawColor = header.colorWidth * header.colorHeight * 3;
    const pixels = header.depthWidth * header.depthHeight * 2;
    const color =
      header.colorCompression === "raw"
        ? fc.uint8Array({ minLength: rawColor, maxLength: rawColor })
        : fc.uint8Array({ minLength: 1, maxLength: 50, max: 0xfe }).map((coded) => jpegBytes(...coded));
    const depth = fc
      .uint8Array({ minLength: pixels, maxLength: pixels })
      .map((bytes) => (header.depthCompression === "raw" ? bytes : new Uint8Array(deflateSync(bytes))));
    const frame = fc.record({ cameraToWorld: matrix, timeColor: time, timeDepth: time, color, depth });
    return fc.record({
      header: fc.constant(header),
      frames: fc.array(frame, { maxLength: 4 }),
      imu: fc.array(imu, { maxLength: 3 }),
    });
  });

async function withFile<T>({ header, frames, imu }: Stream, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "vsi-synth-"));
  try {
    const path = join(folder, "scan.sens");
    const start = writeSensHeader({ ...header, frameCount: frames.length });
    await writeFile(path, Buffer.concat([start, ...frames.map(writeSensFrame), writeSensImu(imu)]));
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const littleEndianBytes = (values: Uint16Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

test("@vsi/geometry reads back what was written, byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(stream, async (written) => {
      await withFile(written, async (path) => {
        const read = await openSensStream(path);
        try {
          const { intrinsicColor, extrinsicColor, intrinsicDepth, extrinsicDepth, ...plain } = written.header;
          expect(read).toMatchObject({ ...plain, version: 4, imuCount: written.imu.length });
          expect([...read.intrinsicColor]).toEqual(intrinsicColor);
          expect([...read.extrinsicColor]).toEqual(extrinsicColor);
          expect([...read.intrinsicDepth]).toEqual(intrinsicDepth);
          expect([...read.extrinsicDepth]).toEqual(extrinsicDepth);
          expect(read.frames).toHaveLength(written.frames.length);
          for (const [index, frame] of written.frames.entries()) {
            expect([...read.frames[index].cameraToWorld]).toEqual(frame.cameraToWorld);
            expect(read.frames[index].timeColor).toBe(frame.timeColor);
            expect(Buffer.compare(await read.readColor(index), frame.color)).toBe(0);
            const depth = littleEndianBytes(await read.readDepth(index));
            const stored = read.depthCompression === "raw" ? depth : deflateSync(depth);
            expect(Buffer.compare(stored, frame.depth)).toBe(0);
          }
        } finally {
          await read.close();
        }
      });
    }),
    { numRuns: 100 },
  );
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) process.stderr.write("Skipped: python3 is missing, which reads the .sens layout independently.\n");

(hasPython ? test : test.skip)("Python reads the same numbers by the layout of ScanNet's own reader", async () => {
  const cases = [
    ...fc.sample(stream, { numRuns: 8, seed: 4 }),
    ...fc.sample(stream, { numRuns: 1, seed: 4 }).map((plain) => ({
      ...plain,
      frames: plain.frames.map((frame) => ({
        ...frame,
        cameraToWorld: Array<number>(16).fill(Number.NEGATIVE_INFINITY),
      })),
    })),
  ];
  expect(cases.flatMap(({ frames }) => frames).length).toBeGreaterThan(8);
  const script = fileURLToPath(new URL("./readSensLayout.py", import.meta.url));
  for (const written of cases) {
    const { header } = written;
    const read = await withFile(written, async (path) =>
      JSON.parse(execFileSync("python3", [script, path], { encoding: "utf8" })),
    );
    const { sensorName, intrinsicColor, extrinsicColor, intrinsicDepth, extrinsicDepth } = header;
    expect(read).toMatchObject({ version: 4, name: sensorName, depthShift: header.depthShift, rest: 0 });
    expect(read.compressions).toEqual([
      { raw: 0, png: 1, jpeg: 2 }[header.colorCompression],
      { raw: 0, zlib: 1 }[header.depthCompression],
    ]);
    expect(read.sizes).toEqual([header.colorWidth, header.colorHeight, header.depthWidth, header.depthHeight]);
    const matrices = [intrinsicColor, extrinsicColor, intrinsicDepth, extrinsicDepth];
    expect(read.matrices.map(numbersOf)).toEqual(matrices);
    expect(read.frames.length).toBe(written.frames.length);
    for (const [index, frame] of written.frames.entries()) {
      expect(read.frames[index]).toMatchObject({
        times: [frame.timeColor, frame.timeDepth],
        sizes: [frame.color.length, frame.depth.length],
        color: md5(frame.color),
        depth: md5(header.depthCompression === "zlib" ? inflateSync(frame.depth) : frame.depth),
      });
      expect(numbersOf(read.frames[index].pose)).toEqual(frame.cameraToWorld);
    }
    expect(read.imu.map(numbersOf)).toEqual(written.imu.map(imuRow));
  }
});

/** Python writes "-inf" where JavaScript reads "-Infinity". */
const numbersOf = (words: readonly string[]) => words.map((word) => Number(word.replace("inf", "Infinity")));

const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");

function imuRow({ rotationRate, acceleration, magneticField, attitude, gravity, time }: SensImuFields): number[] {
  return [...rotationRate, ...acceleration, ...magneticField, ...attitude, ...gravity, time];
}
