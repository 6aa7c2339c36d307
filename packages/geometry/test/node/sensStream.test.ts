import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import { jpegBytes } from "@vsi/testing/jpeg";
import fc from "fast-check";
import { openSensStream, type SensStream } from "../../src/node/sensStream.ts";
import { mutatedBytes } from "../support/mutatedBytes.ts";
import { emptyJpeg, identity, sensBytes, type TestSens } from "../support/sensBytes.ts";
import { thrownError } from "../support/thrownError.ts";

async function withStream<T>(bytes: Uint8Array, use: (stream: SensStream, path: string) => Promise<T>): Promise<T> {
  return withFolder({ "scan.sens": bytes }, async (folder) => {
    const path = join(folder, "scan.sens");
    const stream = await openSensStream(path, { file: "scan.sens" });
    try {
      return await use(stream, path);
    } finally {
      await stream.close();
    }
  });
}

const opened = (sens: TestSens) => thrownError(() => withStream(sensBytes(sens), async () => {}));

const depthOf = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer);

const zlibDepth = (depth: Uint8Array): TestSens => ({ depthCompression: 1, frames: [{ depth }] });

const moved = (metres: number) => identity.with(3, metres);

describe("openSensStream", () => {
  test("gives every frame's pose, time and images in any order, byte for byte", async () => {
    const jpegs = [3, 0, 9000].map((length) => jpegBytes(...Array<number>(length).fill(7)));
    const depths = [0, 1, 2].map((frame) => depthOf(frame, 65_535, 256, 1000 * frame));
    const frames = [0, 1, 2].map((frame) => ({
      pose: moved(frame),
      timeColor: BigInt(33_333 * frame),
      color: jpegs[frame],
      depth: deflateSync(depths[frame]),
    }));
    const bytes = sensBytes({ depthCompression: 1, frames, colorSize: [80, 60], imuCount: 2n, imuBytes: 256 });
    await withStream(bytes, async (stream) => {
      expect(stream).toMatchObject({
        path: "scan.sens",
        version: 4,
        sensorName: "StructureSensor",
        colorCompression: "jpeg",
        depthCompression: "zlib",
        colorWidth: 80,
        colorHeight: 60,
        depthWidth: 2,
        depthHeight: 2,
        depthShift: 1000,
        imuCount: 2,
      });
      expect([...stream.intrinsicDepth.slice(0, 7)]).toEqual([577.5, 0, 319.5, 0, 0, 578.5, 239.5]);
      expect(stream.frames.map(({ timeColor }) => timeColor)).toEqual([0, 33_333, 66_666]);
      for (const index of [2, 0, 1]) {
        expect([...stream.frames[index].cameraToWorld]).toEqual(moved(index));
        expect(Buffer.compare(await stream.readColor(index), jpegs[index])).toBe(0);
        expect([...(await stream.readDepth(index))]).toEqual([index, 65_535, 256, 1000 * index]);
      }
    });
  });

  test("raw colour and raw depth, at odd places in the file", async () => {
    const color = Uint8Array.from({ length: 27 }, (_, at) => at);
    const frames = [1, 2].map((value) => ({ color, depth: depthOf(value, 0, 0, 65_535) }));
    await withStream(sensBytes({ name: "odd", colorCompression: 0, colorSize: [3, 3], frames }), async (stream) => {
      expect([...(await stream.readColor(1))]).toEqual([...color]);
      expect([...(await stream.readDepth(1))]).toEqual([2, 0, 0, 65_535]);
    });
  });

  test("keeps frames with lost poses and says so", async () => {
    const lost = Array<number>(16).fill(Number.NEGATIVE_INFINITY);
    const frames = [{}, { pose: lost }, { pose: identity.with(0, 0) }, { pose: identity.with(7, Number.NaN) }];
    await withStream(sensBytes({ frames }), async (stream) => {
      expect(stream.frames.map(({ hasValidPose }) => hasValidPose)).toEqual([true, false, false, false]);
    });
  });

  test("no frames, and a random time above 2^53", async () => {
    await withStream(sensBytes({}), async ({ frames }) => expect(frames).toEqual([]));
    await withStream(sensBytes({ frames: [{ timeColor: 2n ** 64n - 1n }] }), async ({ frames }) => {
      expect(frames[0].timeColor).toBe(2 ** 64);
    });
  });

  const huge = 2n ** 63n;
  test.each<[string, TestSens, string, RegExp]>([
    ["version 3", { version: 3 }, "sens-bad-version", /byte 0: got version 3, expected version 4/],
    ["a sensor name of 2^63 bytes", { nameBytes: huge }, "sens-bad-name-length", /byte 4: got .* 9223372036854775808/],
    ["2^63 frames", { frames: [{}], frameCount: huge }, "sens-bad-frame-count", /9223372036854775808 frames/],
    ["more frames than can fit", { frames: [{}], frameCount: 2n }, "sens-bad-frame-count", /at most 1/],
    ["colour of 2^63 bytes", { frames: [{}, { colorBytes: huge }] }, "sens-bad-image-bytes", /frame 1: .*colour/],
    [
      "depth of 2^63 bytes",
      { ...zlibDepth(emptyJpeg), frames: [{ depthBytes: huge }] },
      "sens-bad-image-bytes",
      /frame 0/,
    ],
    ["colour up to beyond the end", { frames: [{}, { colorBytes: 999n }] }, "sens-truncated", /frame 1: .*bytes/],
    ["a colour image of no bytes", { frames: [{ color: new Uint8Array() }] }, "sens-bad-image-bytes", /frame 0: got 0/],
    [
      "raw depth of another size",
      { frames: [{ depth: new Uint8Array(7) }] },
      "sens-bad-image-bytes",
      /got 7 .*8 bytes/,
    ],
    ["raw colour of another size", { colorCompression: 0, frames: [{}] }, "sens-bad-image-bytes", /got 4 .*48 bytes/],
    ["colour compression -1", { colorCompression: -1 }, "sens-unsupported-compression", /colour compression -1/],
    [
      "colour compression 3",
      { colorCompression: 3 },
      "sens-unsupported-compression",
      /0 \(raw\), 1 \(png\), 2 \(jpeg\)/,
    ],
    ["occi depth", { depthCompression: 2 }, "sens-unsupported-compression", /occi.*zlib/],
    ["unknown depth", { depthCompression: -1 }, "sens-unsupported-compression", /depth compression -1/],
    ["no width", { colorSize: [0, 4] }, "sens-bad-image-size", /colour width 0/],
    ["an absurd height", { depthSize: [4, 2 ** 32 - 1] }, "sens-bad-image-size", /depth height 4294967295/],
    ["a depth shift of 0", { depthShift: 0 }, "sens-bad-depth-shift", /depth shift 0/],
    ["a depth shift of NaN", { depthShift: Number.NaN }, "sens-bad-depth-shift", /NaN/],
    ["no focal length", { intrinsicDepth: identity.with(0, 0) }, "sens-bad-intrinsic", /focal lengths 0 and 1/],
    ["more measurements than bytes", { imuCount: 2n, imuBytes: 255 }, "sens-truncated", /measurements: got 2 in 255/],
  ])("%s is an error with its place", async (_, sens, code, message) => {
    const error = await opened(sens);
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(message);
  });

  test("a file cut anywhere is an error, with the frame's number when a frame is cut", async () => {
    const bytes = sensBytes({ frames: [{}, {}, {}], imuCount: 1n, imuBytes: 128 });
    const [headerBytes, frameBytes] = [319, 108];
    for (let length = 0; length < bytes.length; length += 1) {
      const error = await thrownError(() => withStream(bytes.subarray(0, length), async () => {}));
      expect(error?.code).toMatch(/^(file-empty|sens-truncated|sens-bad-frame-count)$/);
      const frame = Math.floor((length - headerBytes) / frameBytes);
      if (error?.detail.place.startsWith("frame")) expect(error.detail.place).toBe(`frame ${frame}`);
    }
    const cut = await thrownError(() =>
      withStream(bytes.subarray(0, headerBytes + 2 * frameBytes + 97), async () => {}),
    );
    expect(cut?.detail.place).toBe("frame 2");
  });

  test.each<[string, Uint8Array, string]>([
    ["inflates to fewer bytes", deflateSync(new Uint8Array(7)), "sens-depth-size"],
    ["inflates to more bytes", deflateSync(new Uint8Array(9)), "sens-depth-size"],
    ["is a zlib bomb", deflateSync(new Uint8Array(40_000_000)), "sens-depth-size"],
    ["is cut", deflateSync(depthOf(1, 2, 3, 4)).subarray(0, 9), "sens-bad-depth"],
    ["is no zlib", Uint8Array.of(1, 2, 3, 4), "sens-bad-depth"],
  ])("depth that %s is an error with the frame's number; other frames go on", async (_, depth, code) => {
    const frames = [{ depth }, { depth: deflateSync(depthOf(1, 2, 3, 4)) }];
    await withStream(sensBytes({ depthCompression: 1, frames }), async (stream) => {
      const error = await thrownError(() => stream.readDepth(0));
      expect([error?.code, error?.detail.place]).toEqual([code, "frame 0"]);
      expect([...(await stream.readDepth(1))]).toEqual([1, 2, 3, 4]);
    });
  });

  test("a JPEG cut short, or none at all, is an error with the frame's number", async () => {
    const frames = [
      { color: Uint8Array.of(0xff, 0xd8, 1, 2) },
      { color: Uint8Array.of(1, 2, 0xff, 0xd9) },
      { color: jpegBytes() },
    ];
    await withStream(sensBytes({ frames }), async (stream) => {
      const errors = await Promise.all([0, 1, 2].map((index) => thrownError(() => stream.readColor(index))));
      expect(errors.map((error) => error?.code)).toEqual(["sens-color-truncated", "sens-bad-color", undefined]);
      expect(errors[0]?.detail.place).toBe("frame 0");
    });
  });

  test("a frame that there is not, a file that shrank, and a closed file are errors, not empty images", async () => {
    await withStream(sensBytes({ frames: [{}] }), async (stream, path) => {
      for (const index of [-1, 1, 0.5, Number.NaN]) {
        expect((await thrownError(() => stream.readColor(index)))?.code).toBe("sens-no-frame");
      }
      await truncate(path, stream.frames[0].depthOffset + 1);
      expect((await thrownError(() => stream.readDepth(0)))?.code).toBe("sens-truncated");
      await stream.close();
      expect((await thrownError(() => stream.readColor(0)))?.code).toBe("file-unreadable");
    });
  });

  test("however damaged, only GeometryErrors come out, and images never exceed what the file holds or the header's size", async () => {
    const whole = sensBytes({
      name: "s",
      depthCompression: 1,
      frames: [depthOf(1, 2, 3, 4), depthOf(5, 6, 7, 8)].map((depth) => ({
        color: jpegBytes(1, 2),
        depth: deflateSync(depth),
      })),
      imuCount: 1n,
      imuBytes: 128,
    });
    await fc.assert(
      fc.asyncProperty(mutatedBytes(whole), async (bytes) => {
        await thrownError(() =>
          withStream(bytes, async (stream) => {
            for (const { index } of stream.frames) {
              await thrownError(async () => {
                expect((await stream.readColor(index)).length).toBeLessThanOrEqual(bytes.length);
              });
              await thrownError(async () => {
                expect(await stream.readDepth(index)).toHaveLength(stream.depthWidth * stream.depthHeight);
              });
            }
          }),
        );
      }),
      { numRuns: 500 },
    );
  });
});
