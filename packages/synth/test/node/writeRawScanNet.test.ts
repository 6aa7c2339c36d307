import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { floorPlanShapes, type RoomTruth } from "../../src/index.ts";
import { writeRawScanNet } from "../../src/node/index.ts";

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
    expect(new Set(shapes)).toEqual(new Set(floorPlanShapes));
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

  test.each([
    [0, 9000],
    [1.5, 9000],
    [1001, 9000],
    [1, -1],
    [Number.NaN, 9000],
  ])("%d rooms from %d are refused before anything is written", async (rooms, firstRoom) => {
    const nowhere = join(root, "nowhere");
    await expect(writeRawScanNet(nowhere, { rooms, seed: 1, firstRoom })).rejects.toMatchObject({ code: "room-count" });
    await expect(readdir(nowhere)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
