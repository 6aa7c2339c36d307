import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { explainMemory, longestFirst, threadLimits, threadsFor } from "../../src/pipeline/runScans.ts";
import type { SelectedScan } from "../../src/scans/source.ts";

test.each([
  { machine: "of 16 GiB", flags: [""], most: 4144, old: 2000 },
  { machine: "of 1 GiB", flags: [""], most: 560, old: 560 },
  { machine: "with --max-old-space-size=8192", flags: ["--max-old-space-size=8192"], most: 8240, old: undefined },
  { machine: "with NODE_OPTIONS", flags: ["--a --max_old_space_size=300"], most: 348, old: undefined },
])("a thread on a machine $machine holds at most $old MiB of old objects", ({ flags, most, old }) => {
  expect(threadLimits(flags, most).maxOldGenerationSizeMb).toBe(old);
});

test("a thread that ran out of memory is told of with its scan and what to do; other errors stay as they are", () => {
  const scan = { input: { kind: "raw", folder: { scanId: "scene0000_00" } } } as Parameters<typeof explainMemory>[1];
  const ended = Object.assign(new Error("terminated"), { code: "ERR_WORKER_OUT_OF_MEMORY" });
  expect(String(explainMemory(ended, scan))).toMatch(
    /scene0000_00: its thread ran out of memory.*--max-old-space-size/,
  );
  const other = new Error("aborted");
  expect(explainMemory(other, scan)).toBe(other);
});

describe("threadsFor", () => {
  test("small jobs start one thread, each further one has 16 scans to itself", () => {
    expect([1, 16, 17, 32, 33, 1513].map((scans) => threadsFor(scans, 4, false))).toEqual([1, 1, 2, 2, 3, 4]);
  });

  test("with frames every scan is worth a thread, up to as many as allowed", () => {
    expect([1, 2, 3].map((scans) => threadsFor(scans, 2, true))).toEqual([1, 2, 2]);
  });
});

describe("longestFirst", () => {
  const folder = temporaryFolder();

  test("the longest stream comes first, scans without one last and as they came", async () => {
    const scans: SelectedScan[] = [];
    for (const [place, bytes] of [null, 10, 3000, null, 200].entries()) {
      const scanId = `scene000${place}_00`;
      const path = join(folder, scanId);
      await mkdir(path);
      if (bytes !== null) await writeFile(join(path, `${scanId}.sens`), "x".repeat(bytes));
      scans.push({ scanId, split: "train", input: { kind: "raw", folder: { scanId, path, isTestFolder: false } } });
    }
    expect(longestFirst(scans).map(({ scanId }) => scanId)).toEqual(
      [2, 4, 1, 0, 3].map((place) => `scene000${place}_00`),
    );
  });
});
