import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { lockFolder, UsageError } from "@vsi/command";
import { writeRawScanNet } from "@vsi/synth/node";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
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

  describe("of a folder that is there already", () => {
    const at = (name: string): string => join(folder, "there", name);
    const aborted = async (name: string, options = {}): Promise<void> => {
      const stop = new AbortController();
      const listeners = { signal: stop.signal, onScan: () => stop.abort(new Error("stopped")) };
      await expect(buildDataset({ scannet: raw, out: at(name), workers: 0, ...options }, listeners)).rejects.toThrow();
    };
    const lock: { release?: () => void } = {};

    beforeAll(async () => {
      mkdirSync(at("empty"), { recursive: true });
      mkdirSync(at("foreign"));
      writeFileSync(join(at("foreign"), "thesis.tex"), "mine");
      writeFileSync(at("file"), "mine");
      await buildDataset({ scannet: raw, out: at("finished"), workers: 0 });
      await buildDataset({ scannet: raw, out: at("changed"), workers: 0 });
      writeFileSync(join(at("changed"), "README.md"), "mine");
      await aborted("interrupted");
      await aborted("shard", { shard: { index: 0, total: 2 } });
      mkdirSync(at("held"));
      lock.release = lockFolder(at("held"), "vsi-build").release;
    });

    afterAll(() => lock.release?.());

    const SAME = "It is the very dataset that this build would make.";
    const OTHER = "Its settings, scans or versions are not those of this build.";

    test.each([
      ["none", {}, "make", "would make "],
      ["empty", {}, "fill", "which is empty"],
      ["empty", { resume: true }, "fill", "which is empty"],
      ["foreign", { overwrite: true }, "refuse", "holds other files (thesis.tex)"],
      ["file", {}, "refuse", "got a file, expected a folder"],
      ["finished", {}, "refuse", SAME],
      ["finished", { seed: 1 }, "refuse", OTHER],
      ["finished", { resume: true }, "nothing", "holds this very dataset"],
      ["finished", { resume: true, seed: 1 }, "refuse", "but not of these settings, scans and versions"],
      ["finished", { overwrite: true }, "replace", "would replace the dataset"],
      ["changed", { resume: true }, "refuse", "is missing or does not match SHA256SUMS"],
      ["changed", { overwrite: true }, "refuse", "README.md is in the way"],
      ["interrupted", {}, "refuse", "Its settings are those of this build."],
      ["interrupted", { seed: 1 }, "refuse", OTHER],
      ["interrupted", { resume: true }, "continue", "would continue the interrupted build"],
      ["interrupted", { resume: true, seed: 1 }, "refuse", "was started with other settings"],
      ["interrupted", { overwrite: true }, "begin again", "would start over"],
      ["shard", { shard: { index: 0, total: 2 }, resume: true }, "continue", "shard.shards/0-of-2"],
      ["shard", { shard: { index: 1, total: 2 } }, "make", "shard.shards/1-of-2"],
      ["finished/inside", {}, "refuse", "is inside the dataset"],
      ["held", { overwrite: true }, "refuse", "is using it"],
    ])("regression: what the build does with it was not said: %s, %j: %s", async (name, given, action, note) => {
      const options = { scannet: raw, out: at(name), workers: 0, ...given };
      const before = await folderContent(join(folder, "there"));
      const report = await dryRun(options);
      expect(report).toMatchObject({ out_action: action, out_note: expect.stringContaining(note) });
      expect(await folderContent(join(folder, "there"))).toEqual(before);
      if (action !== "refuse") return;
      // The build says the same, and leaves all as it is too.
      const refusal = await buildDataset(options).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(UsageError);
      expect(report.out_note.startsWith((refusal as UsageError).message)).toBe(true);
    });
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
