import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { cameraWalk, makeRoom, rawColor, renderWalk, type StreamTruth, sensorIntrinsics } from "../../src/index.ts";
import { filmRoom } from "../../src/node/filmRoom.ts";

const [width, height, frames] = [40, 30, 5];
const intrinsics = sensorIntrinsics(width, height);
const room = makeRoom({ sceneName: "scene9002_00", seed: 3, shape: "twoRooms", vertexCount: 6000 });
const poses = cameraWalk(room, { seed: 8, frames });
const headerBytes = 12 + "vsi-synth".length + 4 * 64 + 36;

describe("filmRoom", () => {
  let root = "";
  let bytes = Buffer.alloc(0);
  let truth: StreamTruth;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "vsi-synth-"));
    truth = await filmRoom(root, room, { seed: 8, frames, intrinsics, colorEncoder: rawColor });
    bytes = await readFile(join(root, "scene9002_00.sens"));
  });
  afterAll(() => rm(root, { recursive: true }));

  test("the stream's header: version 4, both cameras the same pinhole, raw colour, zlib depth in millimetres", () => {
    expect(bytes.readUInt32LE(0)).toBe(4);
    expect(bytes.toString("latin1", 12, 12 + Number(bytes.readBigUInt64LE(4)))).toBe("vsi-synth");
    const matrix = (index: number) => Array.from({ length: 16 }, (_, i) => bytes.readFloatLE(21 + 64 * index + 4 * i));
    const { fx, fy, cx, cy } = intrinsics;
    const pinhole = [fx, 0, cx, 0, 0, fy, cy, 0, 0, 0, 1, 0, 0, 0, 0, 1].map(Math.fround);
    expect([matrix(0), matrix(2)]).toEqual([pinhole, pinhole]);
    const end = headerBytes - 36;
    expect([0, 4, 8, 12, 16, 20].map((at) => bytes.readInt32LE(end + at))).toEqual([0, 1, 40, 30, 40, 30]);
    expect(bytes.readFloatLE(end + 24)).toBe(1000);
    expect(bytes.readBigUInt64LE(end + 28)).toBe(BigInt(frames));
  });

  test("each frame holds the pose in the mesh's frame, its time and what the renderer drew; no motion sensor follows", () => {
    let at = headerBytes;
    for (const frame of renderWalk(room.mesh, intrinsics, poses)) {
      const { index } = frame.truth;
      const raw = Array.from({ length: 16 }, (_, i) => bytes.readFloatLE(at + 4 * i));
      const [colorBytes, depthBytes] = [80, 88].map((offset) => Number(bytes.readBigUInt64LE(at + offset)));
      const time = 1_000_000 + Math.round((index * 1_000_000) / 30);
      expect([64, 72].map((offset) => Number(bytes.readBigUInt64LE(at + offset)))).toEqual([time, time]);
      for (let row = 0; row < 3; row++) {
        for (let column = 0; column < 4; column++) {
          const aligned = [0, 1, 2, 3].reduce((sum, i) => sum + room.alignment[4 * row + i] * raw[4 * i + column], 0);
          expect(Math.abs(aligned - truth.frames[index].cameraToWorld[4 * row + column])).toBeLessThan(2e-6);
        }
      }
      at += 96;
      expect(bytes.subarray(at, at + colorBytes).equals(frame.color)).toBe(true);
      at += colorBytes;
      const depth = inflateSync(bytes.subarray(at, at + depthBytes));
      expect(Array.from({ length: width * height }, (_, i) => depth.readUInt16LE(2 * i))).toEqual([...frame.depth]);
      at += depthBytes;
      expect(truth.frames[index]).toEqual(frame.truth);
    }
    expect(bytes.subarray(at)).toEqual(Buffer.alloc(8));
  });

  test("the truth is the room's with the frames, and the .txt describes the camera beside the same alignment", async () => {
    const { intrinsics: camera, frames: trueFrames, ...rest } = truth;
    expect(rest).toEqual(room.truth);
    expect(camera).toEqual(intrinsics);
    expect(trueFrames.map(({ cameraToWorld }) => cameraToWorld)).toEqual(poses);
    const lines = (await readFile(join(root, "scene9002_00.txt"), "utf8")).split("\n");
    const before = new TextDecoder().decode(room.files["scene9002_00.txt"]).split("\n");
    expect(lines[0]).toBe(before[0]);
    expect(lines).toEqual(
      expect.arrayContaining([
        "numColorFrames = 5",
        "depthWidth = 40",
        `fx_depth = ${intrinsics.fx.toFixed(6)}`,
        "mx_depth = 19.500000",
      ]),
    );
  });

  test("an encoder's bytes and its name go into the file as they are", async () => {
    const colorEncoder = { compression: "png", encode: async (rgb: Uint8Array) => rgb.slice(0, 7) } as const;
    await filmRoom(root, room, { seed: 8, frames: 1, intrinsics, colorEncoder });
    const encoded = await readFile(join(root, "scene9002_00.sens"));
    expect(encoded.readInt32LE(headerBytes - 36)).toBe(1);
    expect(encoded.readBigUInt64LE(headerBytes + 80)).toBe(7n);
  });

  test("an encoder's failure comes through", async () => {
    const colorEncoder = { compression: "jpeg", encode: () => Promise.reject(new RangeError("full")) } as const;
    const filming = { seed: 8, frames: 1, intrinsics, colorEncoder };
    await expect(filmRoom(root, room, filming)).rejects.toThrow("full");
  });
});
