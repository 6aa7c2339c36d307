import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { writeRawScanNet } from "@vsi/synth/node";
import { temporaryFolder } from "@vsi/testing/folders";
import { buildDataset } from "../src/buildDataset.ts";
import { describeDryRun, dryRun } from "../src/dryRun.ts";

const FRAMES = { frames: 2, sampling: "uniform", size: null, video: false } as const;

describe("dryRun", () => {
  const folder = temporaryFolder();
  const [raw, out] = [join(folder, "raw"), join(folder, "out")];

  /** Bytes of the files below raw whose names end so. */
  function bytesOf(...endings: string[]): number {
    const files = readdirSync(raw, { recursive: true, encoding: "utf8" });
    const wanted = files.filter((file) => endings.some((ending) => file.endsWith(ending)));
    return wanted.reduce((sum, file) => sum + statSync(join(raw, file)).size, 0);
  }

  beforeAll(async () => {
    await writeRawScanNet(raw, { rooms: 3, seed: 4, vertexCount: 7000, frames: 3 });
  });

  test("counts the files that a build reads, and writes nothing", async () => {
    const report = await dryRun({ scannet: raw, out });
    const read = bytesOf(".ply", ".segs.json", ".aggregation.json", "_00.txt");
    expect(report).toMatchObject({ scans: 3, read_bytes: read, sens_bytes: 0, frames: null, counts_frames: true });
    expect(describeDryRun(report)).toContain("would read   3 scans, ");
    expect(readdirSync(folder)).toEqual(["raw"]);
  });

  test("regression: with --frames, the .sens files were not counted", async () => {
    const report = await dryRun({ scannet: raw, out, frames: FRAMES });
    expect(report).toMatchObject({ sens_bytes: bytesOf(".sens"), counts_frames: false });
    expect(report.sens_bytes).toBeGreaterThan(3 * 3 * 160 * 120);
    expect(describeDryRun(report)).toMatch(/^would read {3}3 scans, .* MB, and frames out of .* MB of \.sens files$/m);
    // One of three scans.
    const shard = await dryRun({ scannet: raw, out, frames: FRAMES, shard: { index: 0, total: 3 } });
    expect(shard.sens_bytes).toBe(statSync(join(raw, "scans/scene9000_00/scene9000_00.sens")).size);
  });

  test("regression: more questions were promised than a build keeps", async () => {
    const report = await dryRun({ scannet: raw, out });
    const { questions } = await buildDataset({ scannet: raw, out, workers: 0 });
    const kept = Object.values(questions).reduce((sum, { made }) => sum + made, 0);
    // All three scans were read for the estimate.
    expect(report.sampled_scans).toHaveLength(3);
    expect(report.estimated_questions).toBe(kept);
  });

  test("regression: of several types it was not said which is misspelt", async () => {
    const types = ["object_counting", "object_count"] as never;
    await expect(dryRun({ scannet: raw, out, types })).rejects.toThrow(
      'types[1]: got "object_count", expected one of object_counting, object_size_estimation',
    );
  });

  test.each([
    [{ shard: "0/8" }, 'shard: got "0/8", expected { index, total }, whole numbers with index from 0 to total - 1'],
    [{ shard: { index: 8, total: 8 } }, "shard: got an object, expected { index, total }, whole numbers with index"],
    [
      { frames: { frames: 2, size: "640x480" } },
      'size: got "640x480", expected pixels, such as { width: 640, height: 480 }',
    ],
    [
      { frames: { frames: 2, sampling: "every:2" } },
      'sampling: got "every:2", expected "uniform", "coverage", or { every: N }',
    ],
    [{ maxPerScene: ["a=1"] }, "expected whole numbers by question type, such as { object_counting: 20 }"],
    [
      { protocol: "vsi-bench", types: ["obj_appearance_order"] },
      "expected types without the scans' streams, or give frames",
    ],
  ])("regression: the option %j was refused in the words of flags", async (wrong, message) => {
    const refused = dryRun({ scannet: raw, out, ...(wrong as object) });
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.not.toThrow(/--[a-z]/);
  });

  test("regression: the meshes and tables of rooms of one's own were not counted, and none in a split was put down to ScanNet", async () => {
    const own = join(folder, "own");
    mkdirSync(join(own, "office"), { recursive: true });
    writeFileSync(join(own, "office", "office.ply"), "x".repeat(1000));
    writeFileSync(join(own, "office", "instances.csv"), "y".repeat(10));
    writeFileSync(join(own, "office", "office.sens"), "z".repeat(100));
    expect(await dryRun({ scannet: own, anyName: true, out })).toMatchObject({ scans: 1, read_bytes: 1010 });
    await expect(dryRun({ scannet: own, anyName: true, out, split: "test" })).rejects.toThrow(
      "none of 1 scan found is left to read: 0 test scans without annotation, 0 excluded, the rest not in the test split.",
    );
  });
});
