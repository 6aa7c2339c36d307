import { mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { writeSealed } from "@vsi/command";
import { temporaryFolder } from "@vsi/testing/folders";
import { fingerprintScan, keptFolders, loadScanResult } from "../../src/pipeline/keptResults.ts";

describe("fingerprintScan", () => {
  const folder = temporaryFolder();

  test("stays the same while files do, and changes with size, time and name", async () => {
    const scan = join(folder, "scan");
    await mkdir(scan);
    await writeFile(join(scan, "a.txt"), "one");
    await utimes(join(scan, "a.txt"), 1, 1);
    const seen = new Set([fingerprintScan(scan), fingerprintScan(scan)]);
    expect(seen.size).toBe(1);
    await utimes(join(scan, "a.txt"), 1, 2);
    seen.add(fingerprintScan(scan));
    await writeFile(join(scan, "a.txt"), "longer");
    await utimes(join(scan, "a.txt"), 1, 2);
    seen.add(fingerprintScan(scan));
    await writeFile(join(scan, "b.txt"), "");
    seen.add(fingerprintScan(scan));
    expect(seen.size).toBe(4);
  });

  test("a folder that has gone and a link that leads nowhere are no reason to stop the build", async () => {
    expect(fingerprintScan(join(folder, "gone"))).toBe("");
    const scan = join(folder, "links");
    await mkdir(scan);
    await symlink(join(folder, "nowhere"), join(scan, "a.txt"));
    expect(fingerprintScan(scan)).toBe("");
  });
});

describe("loadScanResult", () => {
  const folder = temporaryFolder();
  const folders = keptFolders(folder, "settings");
  const result = {
    status: "read",
    scanId: "scene9000_00",
    questions: [],
    pool: {
      object_rel_distance: {
        choices: ["bed", "chair", "door", "lamp", "sofa"],
        distances_m: [1, 2, 3, 4, 1, 2, 3, 1, 2, 1],
        centroids_m: [1, 2, 3, 4, 1, 2, 3, 1, 2, 1],
        targets: [{ id: 7, label: "desk", sets: 1 }],
        sets: [0, 1, 2, 3],
      },
      object_rel_direction_easy: {
        labels: { 7: "desk", 8: "bed", 9: "lamp" },
        ids: [7, 8, 9],
        answers: [1],
      },
      obj_appearance_order: { labels: ["bed", "chair", "door", "lamp"], sets: [3, 2, 1, 0] },
    },
    warnings: [],
    notDrawn: {},
    refused: { codes: {}, types: {} },
    frames: ["000000.jpg"],
  };
  const files = {
    "scenes/scene9000_00.json": "",
    "rejects/scene9000_00.jsonl": "",
    "frames/scene9000_00/000000.jpg": "",
  };
  const stored = { schema: "vsi-kept/4", fingerprint: "", settings: folders.settings, files, result };

  const load = async (record: unknown) => {
    await mkdir(folders.resultsFolder, { recursive: true });
    await writeSealed(join(folders.resultsFolder, "scene9000_00.json"), record);
    return loadScanResult(folders, "scene9000_00");
  };

  test("takes what was kept", async () => {
    expect(await load(stored)).toEqual(stored);
  });

  test.each([
    "scenes/../../../thesis.tex",
    "scenes/scene9000_01.json",
    "frames/scene9000_00/../../../thesis.tex",
    "frames/scene9000_00/..",
    "frames/../scene9000_00",
    "/etc/passwd",
  ])("a result that names %s was not kept by us", async (file) => {
    expect(await load({ ...stored, files: { ...files, [file]: "" } })).toBeNull();
  });

  test.each([
    { refused: null },
    { questions: [null] },
    { questions: [{ evidence: { value: "2.5" } }] },
    { warnings: [1] },
    { frames: 5 },
    { status: null },
  ])("a result with %j is none", async (change) => {
    expect(await load({ ...stored, result: { ...result, ...change } })).toBeNull();
  });

  const { object_rel_distance: distances, object_rel_direction_easy: directions } = result.pool;
  test.each<[string, unknown]>([
    ["none", undefined],
    ["a list", []],
    ["a type whose questions are not picked", { object_counting: {} }],
    [
      "a choice that is no name",
      { object_rel_distance: { ...distances, choices: [...distances.choices.slice(1), 5] } },
    ],
    ["a distance missing", { object_rel_distance: { ...distances, distances_m: distances.distances_m.slice(1) } }],
    ["a set of three", { object_rel_distance: { ...distances, sets: [0, 1, 2] } }],
    ["a choice that is not there", { object_rel_distance: { ...distances, sets: [0, 1, 2, 5] } }],
    [
      "a target without a set",
      { object_rel_distance: { ...distances, targets: [{ id: 7, label: "desk", sets: 0 }], sets: [] } },
    ],
    ["an answer that the type does not have", { object_rel_direction_easy: { ...directions, answers: [2] } }],
    ["two objects", { object_rel_direction_easy: { ...directions, ids: [7, 8] } }],
    [
      "an object whose name is no text",
      { object_rel_direction_easy: { ...directions, labels: { ...directions.labels, 7: 5 } } },
    ],
    ["an order of what is not there", { obj_appearance_order: { labels: ["bed"], sets: [0, 0, 0, 1] } }],
  ])("a result whose pool has %s is none", async (_, pool) => {
    expect(await load({ ...stored, result: { ...result, pool } })).toBeNull();
  });

  test("a result of the time before pools is none", async () => {
    expect(await load({ ...stored, schema: "vsi-kept/1" })).toBeNull();
  });
});
