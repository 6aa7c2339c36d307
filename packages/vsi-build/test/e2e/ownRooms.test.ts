import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Manifest, Question, SceneFacts } from "@vsi/dataset";
import { readScan, readSurface } from "@vsi/geometry/node";
import { verifyDataset } from "@vsi/inspect";
import { writeRawScanNet } from "@vsi/synth/node";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import { buildDataset } from "../../src/buildDataset.ts";
import { AGGREGATION, MESH, SCAN_INFO, SEGMENTS, scanFile } from "../support/makeRawFolder.ts";
import { instanceTable, type MeshFormat, type OwnMesh, ownMesh } from "../support/ownRoom.ts";

/** With which the hash of 41234599 sends a room to validation. */
const OWN_SEED = 4;

const NAMES = { scene9000_00: "office_01", scene9001_00: "Kitchen-2" } as const;

describe("rooms of one's own", () => {
  const folder = temporaryFolder();
  const raw = join(folder, "raw");
  const own = join(folder, "own");

  beforeAll(async () => {
    await mkdir(raw);
    await writeRawScanNet(raw, { rooms: 2, seed: 5, vertexCount: 10_000, frames: 6 });
    for (const [scanId, name] of Object.entries(NAMES)) {
      const mesh = await meshOf(scanId);
      await writeRoom(own, name, { [`${name}.ply`]: mesh.ply, "instances.csv": instanceTable(mesh) });
      await cp(scanFile(raw, scanId, SCAN_INFO), join(own, name, `${name}.txt`));
      await cp(scanFile(raw, scanId, ".sens"), join(own, name, `${name}.sens`));
    }
  });

  async function meshOf(scanId: string, format?: MeshFormat): Promise<OwnMesh> {
    const [mesh, segments, aggregation] = await Promise.all(
      [MESH, SEGMENTS, AGGREGATION].map((ending) => readFile(scanFile(raw, scanId, ending))),
    );
    return ownMesh({ mesh: mesh!, segments: segments!, aggregation: aggregation! }, format);
  }

  async function writeRoom(root: string, name: string, files: Record<string, Uint8Array | string>): Promise<void> {
    await mkdir(join(root, name), { recursive: true });
    for (const [file, content] of Object.entries(files)) await writeFile(join(root, name, file), content);
  }

  /** Of two pairs of points equally far apart, the order of an object's vertices decides, which segments change. */
  const factsOf = (facts: SceneFacts) => ({
    ...facts,
    ...{ dataset: "", scene_name: "" },
    surface_distances: facts.surface_distances?.map(({ closest: _, ...pair }) => pair),
  });

  test("a mesh with instances and a table of labels is enough: the facts are those of ScanNet's four files", async () => {
    for (const format of ["binary_little_endian", "binary_big_endian", "ascii"] as const) {
      const mesh = await meshOf("scene9000_00", format);
      const info = await readFile(scanFile(raw, "scene9000_00", SCAN_INFO));
      const forms: Record<string, Record<string, Uint8Array | string>> = {
        property: { "mesh.ply": mesh.ply, "property.instances.csv": instanceTable(mesh), "property.txt": info },
        vertices: {
          "vertices.ply": await readFile(scanFile(raw, "scene9000_00", MESH)),
          "instances.json": JSON.stringify({
            labels: Object.fromEntries(mesh.labels.map(({ id, label }) => [id, label])),
            instances: mesh.instances,
          }),
          "vertices.txt": info,
        },
        scannet: {
          [`scannet${MESH}`]: await readFile(scanFile(raw, "scene9000_00", MESH)),
          "scannet_vh_clean_2.labels.ply": mesh.ply,
          "instances.tsv": instanceTable(mesh).replaceAll(",", "\t").replaceAll('"', ""),
          "scannet.txt": info,
        },
      };
      const scene = { scanId: "scene9000_00", path: join(raw, "scans", "scene9000_00"), isTestFolder: false };
      const expected = factsOf((await readScan(scene, { surfaceDistances: true })).facts);
      for (const [name, files] of Object.entries(forms)) {
        const root = join(folder, format);
        await writeRoom(root, name, files);
        const room = { scanId: name, path: join(root, name), isTestFolder: false };
        const read = await readScan(room, { dataset: "own", surfaceDistances: true });
        expect(factsOf(read.facts)).toEqual(expected);
        expect(read.warnings).toEqual([]);
      }
    }
  });

  test("their surface can be looked at, with the object of each vertex", async () => {
    const room = { scanId: "office_01", path: join(own, "office_01"), isTestFolder: false };
    const { objects, triangles } = await readSurface(room);
    expect([...objects]).toEqual((await meshOf("scene9000_00")).instances);
    expect(triangles.length).toBeGreaterThan(0);
  });

  test("they become a dataset under their folders' names, frames and all, which verify finds intact", async () => {
    const out = join(folder, "out");
    const words = ["--scannet", own, "--any-name", "--frames", "3", "--out", out];
    expect(await runVsiBuild(words)).toMatchObject({ exitCode: 0 });
    expect((await readdir(join(out, "scenes"))).sort()).toEqual(["Kitchen-2.json", "office_01.json"]);
    expect((await readdir(join(out, "frames"))).sort()).toEqual(["Kitchen-2", "office_01"]);
    const manifest = JSON.parse(await readFile(join(out, "manifest.json"), "utf8")) as Manifest;
    expect(manifest.inputs).not.toHaveProperty("scenes_from");
    expect(await readdir(join(out, "data"))).toEqual(["train.jsonl", "validation.jsonl"]);
    const questions = await readLines<Question>(join(out, "data", "train.jsonl"));
    expect(new Set(questions.map(({ dataset }) => dataset))).toEqual(new Set(["own"]));
    expect(questions[0]!.frames.length).toBeGreaterThan(0);
    const card = await readFile(join(out, "README.md"), "utf8");
    expect(card).toContain("vsi-build --scannet ./raw --any-name --seed 0 --frames 3");
    expect(card).toContain("only with `--include-restricted`");
    expect(await runVsiBuild(["verify", out])).toMatchObject({ exitCode: 0 });
    expect(await runVsiBuild([...words, "--overwrite", "--workers", "2"])).toMatchObject({ exitCode: 0 });
    const again = join(folder, "again");
    await runVsiBuild([...words.slice(0, -1), again]);
    expect(await folderContent(again)).toEqual(await folderContent(out));
  });

  test("one that is called as a benchmark's test scene is is never trained on", async () => {
    const mesh = await meshOf("scene9000_00");
    const root = join(folder, "copied");
    const info = await readFile(scanFile(raw, "scene9000_00", SCAN_INFO));
    await writeRoom(root, "41069025", {
      "a.ply": mesh.ply,
      "instances.csv": instanceTable(mesh),
      "41069025.txt": info,
    });
    const out = join(folder, "copied-out");
    expect(await runVsiBuild(["--scannet", root, "--any-name", "--out", out])).toMatchObject({ exitCode: 0 });
    expect(await readLines<Question>(join(out, "data", "train.jsonl"))).toEqual([]);
    expect((await readLines<Question>(join(out, "data", "test.jsonl"))).length).toBeGreaterThan(0);
    expect(await runVsiBuild(["verify", out])).toMatchObject({ exitCode: 0 });
  });

  test("regression: nobody could say which scans of their own show one room, or that one is no video of ARKitScenes", async () => {
    const root = join(folder, "flat");
    for (const name of ["office_01", "Kitchen-2"]) await cp(join(own, name), join(root, name), { recursive: true });
    // 41234599 is in validation by the hash of its name; as a video of ARKitScenes it went to train.
    await cp(join(own, "office_01"), join(root, "41234599"), { recursive: true });
    const table = join(folder, "rooms.tsv");
    await writeFile(table, "scene\troom\tsplit\noffice_01\tFlat\ttest\nkitchen-2\tflat\t\n41234599\t41234599\t\n");
    const out = join(folder, "flat-out");
    const options = { scannet: root, anyName: true, roomTables: [table], out, workers: 0, seed: OWN_SEED };
    expect((await buildDataset(options)).scans_read).toBe(3);
    const scenesOf = async (split: string) =>
      new Set((await readLines<Question>(join(out, "data", `${split}.jsonl`))).map(({ scene_name }) => scene_name));
    expect(await scenesOf("train")).toEqual(new Set());
    expect(await scenesOf("validation")).toEqual(new Set(["41234599"]));
    expect(await scenesOf("test")).toEqual(new Set(["office_01", "Kitchen-2"]));
    const card = await readFile(join(out, "README.md"), "utf8");
    expect(card).toContain("`data/test.jsonl` is about rooms that VSI-Bench, or the table of rooms, tests on");
    expect((await verifyDataset(out, { regenerate: true })).problems).toEqual([]);
  });

  test("without the flag the error names it; --scenes and --exclude take the rooms' names", async () => {
    const refused = await runVsiBuild(["--scannet", own, "--out", join(folder, "never")]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("--any-name");
    const out = join(folder, "one");
    const words = ["--scannet", own, "--any-name", "--scenes", "office_01,Kitchen-2", "--exclude", "Kitchen-2"];
    expect(await runVsiBuild([...words, "--out", out])).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(out, "scenes"))).toEqual(["office_01.json"]);
  });

  test("a room whose table is another's is left out with the reason, and the others go on", async () => {
    const mesh = await meshOf("scene9000_00");
    const root = join(folder, "broken");
    await writeRoom(root, "bad", { "bad.ply": mesh.ply, "instances.csv": "instance,label\n9999,chair\n" });
    await writeRoom(root, "two", { "a.ply": mesh.ply, "b.ply": mesh.ply });
    await writeRoom(root, "none", { "none.ply": await readFile(scanFile(raw, "scene9000_00", MESH)) });
    await writeRoom(root, "my office", { "a.ply": mesh.ply });
    await cp(join(own, "office_01"), join(root, "office_01"), { recursive: true });
    const out = join(folder, "broken-out");
    const built = await runVsiBuild(["--scannet", root, "--any-name", "--out", out]);
    expect(built.exitCode).toBe(1);
    for (const code of ["own-room-no-labels", "own-room-meshes", "own-room-no-instances", "scan-name-unsafe"])
      expect(built.stdout).toContain(code);
    expect(built.stderr).toContain('"my office": got a folder with a mesh under this name');
    expect(await runVsiBuild(["verify", out])).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(out, "scenes"))).toEqual(["office_01.json"]);
  });
});
