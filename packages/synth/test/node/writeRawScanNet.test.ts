import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { sensorIntrinsics } from "../../src/camera/pose.ts";
import { renderWalk } from "../../src/camera/render.ts";
import { cameraWalk } from "../../src/camera/walk.ts";
import { FLOOR_PLAN_SHAPES } from "../../src/floorPlan.ts";
import { filmRoom, jpegColor, writeRawScanNet } from "../../src/node/writeRawScanNet.ts";
import { makeRoom } from "../../src/room/makeRoom.ts";
import type { RoomTruth, StreamTruth } from "../../src/room/truth.ts";
import { rawColor } from "../../src/scannet/sens.ts";

describe("filmRoom", () => {
  const [width, height, frames] = [40, 30, 5];
  const intrinsics = sensorIntrinsics(width, height);
  const room = makeRoom({ sceneName: "scene9002_00", seed: 3, shape: "twoRooms", vertexCount: 6000 });
  const poses = cameraWalk(room, { seed: 8, frames });
  const headerBytes = 12 + "vsi-synth".length + 4 * 64 + 36;

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
      // Five poses of a whole walk: as slow as a clock of frames may be, five a second.
      const time = 1_000_000 + index * 200_000;
      expect([64, 72].map((offset) => Number(bytes.readBigUInt64LE(at + offset)))).toEqual([time, time]);
      for (let row = 0; row < 3; row += 1) {
        for (let column = 0; column < 4; column += 1) {
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

describe("jpegColor", () => {
  const intrinsics = sensorIntrinsics(160, 120);
  const room = makeRoom({ sceneName: "scene9000_00", seed: 4, shape: "pillar" });
  const [frame] = renderWalk(room.mesh, intrinsics, cameraWalk(room, { seed: 4, frames: 1 }));

  test("a JPEG of the same size that decodes to nearly the same colours, and the same bytes again", async () => {
    const bytes = await jpegColor.encode(frame.color, 160, 120);
    expect([...bytes.slice(0, 2), ...bytes.slice(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 160, height: 120, channels: 3 });
    const difference = frame.color.reduce((sum, value, i) => sum + Math.abs(value - data[i]), 0) / frame.color.length;
    expect(difference).toBeLessThan(4);
    expect(bytes.length).toBeLessThan(frame.color.length / 5);
    expect(await jpegColor.encode(frame.color, 160, 120)).toEqual(bytes);
  });

  test("pixels that do not fit the size are refused", async () => {
    await expect(jpegColor.encode(frame.color.slice(3), 160, 120)).rejects.toThrow();
  });
});

describe("writeRawScanNet", () => {
  let root = "";
  let sceneNames: string[] = [];
  const reported: string[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "vsi-synth-"));
    sceneNames = await writeRawScanNet(root, { rooms: 12, seed: 1, onRoom: (name) => reported.push(name) });
  });
  afterAll(() => rm(root, { recursive: true }));

  async function truthOf(sceneName: string): Promise<RoomTruth> {
    return JSON.parse(await readFile(join(root, "truth", `${sceneName}.json`), "utf8"));
  }

  test("each scan has ScanNet's four files in its own folder, counted from scene9000_00", async () => {
    expect(sceneNames[0]).toBe("scene9000_00");
    expect(sceneNames[11]).toBe("scene9011_00");
    expect(reported).toEqual(sceneNames);
    expect((await readdir(join(root, "scans"))).sort()).toEqual(sceneNames);
    for (const name of sceneNames) {
      expect((await readdir(join(root, "scans", name))).sort()).toEqual(
        [
          `${name}.aggregation.json`,
          `${name}.txt`,
          `${name}_vh_clean_2.0.010000.segs.json`,
          `${name}_vh_clean_2.ply`,
        ].sort(),
      );
    }
  });

  test("twelve rooms hold every kind of floor plan", async () => {
    const shapes = await Promise.all(sceneNames.map(async (name) => (await truthOf(name)).shape));
    expect(new Set(shapes)).toEqual(new Set(FLOOR_PLAN_SHAPES));
  });

  test("the label map has a row for every label that occurs, with its count", async () => {
    const truths = await Promise.all(sceneNames.map(truthOf));
    const labels = truths.flatMap(({ objects }) => objects.map(({ label }) => label));
    const rows = (await readFile(join(root, "scannetv2-labels.combined.tsv"), "utf8")).trimEnd().split("\n");
    const listed = rows.slice(1).map((row) => row.split("\t"));
    expect(listed.map((row) => row[1]).sort()).toEqual([...new Set(labels)].sort());
    for (const row of listed) expect(Number(row[3])).toBe(labels.filter((label) => label === row[1]).length);
  });

  test("a room depends on the seed and its number alone, not on which rooms are written with it", async () => {
    const other = await mkdtemp(join(tmpdir(), "vsi-synth-"));
    await writeRawScanNet(other, { rooms: 1, seed: 1, firstRoom: 9003 });
    const file = join("scans", "scene9003_00", "scene9003_00_vh_clean_2.ply");
    expect((await readFile(join(other, file))).equals(await readFile(join(root, file)))).toBe(true);
    await writeRawScanNet(other, { rooms: 1, seed: 2, firstRoom: 9003 });
    expect((await readFile(join(other, file))).equals(await readFile(join(root, file)))).toBe(false);
    await rm(other, { recursive: true });
  });

  test("frames add a .sens and the camera to a scan, and change nothing else of it", async () => {
    const other = await mkdtemp(join(tmpdir(), "vsi-synth-"));
    const options = { rooms: 1, seed: 1, firstRoom: 9003, frames: 4, frameSize: [32, 24] } as const;
    await writeRawScanNet(other, options);
    const [name, folder] = ["scene9003_00", join("scans", "scene9003_00")];
    const added = await readdir(join(other, folder));
    expect(added.filter((file) => file.endsWith(".sens"))).toEqual([`${name}.sens`]);
    for (const file of await readdir(join(root, folder))) {
      const same = (await readFile(join(other, folder, file))).equals(await readFile(join(root, folder, file)));
      expect(same).toBe(file !== `${name}.txt`);
    }
    const { frames, intrinsics, ...truth } = JSON.parse(await readFile(join(other, "truth", `${name}.json`), "utf8"));
    expect(truth).toEqual(await truthOf(name));
    expect(frames).toHaveLength(4);
    expect(intrinsics).toMatchObject({ width: 32, height: 24 });
    const stream = await readFile(join(other, folder, `${name}.sens`));
    await writeRawScanNet(other, options);
    expect((await readFile(join(other, folder, `${name}.sens`))).equals(stream)).toBe(true);
    await rm(other, { recursive: true });
  });

  test.each([
    [{ frames: -1 }, "frame-count"],
    [{ frames: 2.5 }, "frame-count"],
    [{ frames: 3, frameSize: [0, 10] as const }, "frame-size"],
  ])("%j is refused before anything is written", async (options, code) => {
    const nowhere = join(root, "nowhere");
    await expect(writeRawScanNet(nowhere, { rooms: 1, seed: 1, ...options })).rejects.toMatchObject({ code });
    await expect(readdir(nowhere)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("after room 9999 numbers have five digits; no room is that of another seed or ten thousand", async () => {
    const many = join(root, "many");
    const shapes = new Map<string, string>();
    for (const [seed, firstRoom] of [
      [1, 9999],
      [2, 9999],
      [1, 19_999],
    ] as const) {
      const folder = join(many, `${seed}-${firstRoom}`);
      const names = await writeRawScanNet(folder, { rooms: 2, seed, firstRoom, vertexCount: 8000 });
      expect(names).toEqual([firstRoom, firstRoom + 1].map((number) => `scene${number}_00`));
      for (const name of names) {
        const truth = JSON.parse(await readFile(join(folder, "truth", `${name}.json`), "utf8")) as RoomTruth;
        expect(truth.sceneName).toBe(name);
        shapes.set(JSON.stringify(truth.objects.map(({ label, box }) => [label, box?.center])), `${seed} ${name}`);
      }
    }
    expect(shapes.size).toBe(6);
  });

  test("with a depth size the depth camera is a sensor of its own: its size, its noise; the colour stays", async () => {
    const [exact, sensed] = [join(root, "exact"), join(root, "sensed")];
    const options = { rooms: 1, seed: 4, vertexCount: 8000, frames: 2, frameSize: [16, 12] as const };
    const name = (await writeRawScanNet(exact, options))[0]!;
    await writeRawScanNet(sensed, { ...options, depthSize: [40, 30] });
    const read = async (folder: string) => {
      const bytes = await readFile(join(folder, "scans", name, `${name}.sens`));
      const start = 12 + "vsi-synth".length + 4 * 64 + 36;
      const [color, depth] = [80, 88].map((offset) => Number(bytes.readBigUInt64LE(start + offset)));
      const image = start + 96;
      const truth = JSON.parse(await readFile(join(folder, "truth", `${name}.json`), "utf8")) as StreamTruth;
      return {
        sizes: [8, 12, 16, 20].map((at) => bytes.readUInt32LE(start - 36 + at)),
        color: bytes.subarray(image, image + color!),
        depth: inflateSync(bytes.subarray(image + color!, image + color! + depth!)),
        truth,
      };
    };
    const [plain, noisy] = [await read(exact), await read(sensed)];
    expect([plain.sizes, noisy.sizes]).toEqual([
      [16, 12, 16, 12],
      [16, 12, 40, 30],
    ]);
    expect(noisy.color.equals(plain.color)).toBe(true);
    expect(noisy.truth.intrinsics).toEqual(sensorIntrinsics(40, 30));
    expect(noisy.depth).toHaveLength(2 * 40 * 30);
    const pixels = noisy.truth.frames[0]!.visible.reduce((sum, { pixels: count }) => sum + count, 0);
    expect(pixels).toBeGreaterThan(16 * 12);
  });

  test.each([
    [0, 9000],
    [1.5, 9000],
    [91_001, 9000],
    [1, -1],
    [Number.NaN, 9000],
  ])("%d rooms from %d are refused before anything is written", async (rooms, firstRoom) => {
    const nowhere = join(root, "nowhere");
    await expect(writeRawScanNet(nowhere, { rooms, seed: 1, firstRoom })).rejects.toMatchObject({ code: "room-count" });
    await expect(readdir(nowhere)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("regression: a number as text was said to be that number", async () => {
    const rooms = "2" as unknown as number;
    await expect(writeRawScanNet(join(root, "text"), { rooms, seed: 1 })).rejects.toThrow('got 9000 and "2"');
  });
});
