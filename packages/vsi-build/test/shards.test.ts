import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { writeSealed } from "@vsi/command";
import { DEFAULT_DATASET_SETTINGS } from "@vsi/publish";
import { temporaryFolder } from "@vsi/testing/folders";
import { isInShard, readShardFile, SHARD_FILE, type ShardRecord } from "../src/shards.ts";

describe("isInShard", () => {
  test("every scan is in exactly one shard", () => {
    for (let place = 0; place < 50; place += 1) {
      for (const total of [1, 2, 7, 60]) {
        const owners = Array.from({ length: total }, (_, index) => isInShard(place, { index, total }));
        expect(owners.filter(Boolean)).toHaveLength(1);
      }
    }
  });
});

describe("readShardFile", () => {
  const folder = temporaryFolder();
  const record: ShardRecord = {
    schema: "vsi-shard/2",
    shard: { index: 0, total: 2 },
    settings: DEFAULT_DATASET_SETTINGS,
    versions: { "vsi-build": "1.0.0" },
    scans: [{ scanId: "scene9000_00", split: "train" }],
    splits: ["train"],
    isPublished: false,
    leftOut: [],
    testScans: 0,
    excluded: 0,
    failures: [],
    warnings: [],
    keptSettings: "{}",
  };

  test("takes what writeShardFile writes", async () => {
    await writeSealed(join(folder, SHARD_FILE), record);
    expect(await readShardFile(folder)).toEqual(record);
  });

  test.each([
    ...Object.keys(record)
      .filter((field) => field !== "keptSettings")
      .flatMap((field) => [undefined, null, -5, "x"].map((value) => ({ [field]: value }))),
    { keptSettings: null },
    { failures: [null] },
    { scans: [{ scanId: "../../thesis", split: "train" }] },
    { settings: { ...DEFAULT_DATASET_SETTINGS, types: ["x"] } },
  ])("refuses a record sealed by hand with %j", async (change) => {
    await writeSealed(join(folder, SHARD_FILE), { ...record, ...change });
    await expect(readShardFile(folder)).rejects.toThrow("expected vsi-shard/2");
  });
});
