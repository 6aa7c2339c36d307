import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeRawScanNet } from "@vsi/synth/node";
import type * as processes from "../src/harness/processes.ts";
import { firstRoomOf } from "../src/harness/rooms.ts";
import type { Contenders } from "../src/harness/turns.ts";

const built = (file: string) => new URL(`../dist/${file}`, import.meta.url).href;

let folder: string;

// This checkout stands for another version: what a contender needs of it is what the contender needs of any.
beforeAll(async () => {
  process.env.VSI_BENCH_BEFORE = fileURLToPath(new URL("../../", import.meta.url));
  folder = mkdtempSync(join(tmpdir(), "vsi-contenders-"));
  await writeRawScanNet(join(folder, "raw"), { rooms: 1, seed: 1, vertexCount: 8000 });
});

afterAll(() => {
  delete process.env.VSI_BENCH_BEFORE;
  rmSync(folder, { recursive: true, force: true });
});

const BEFORE = "as of VSI_BENCH_BEFORE: ";

/** They reach into what no package exports, which moves from version to version. */
test.each([
  ["scan.js", "files to", 5, ""],
  ["positions.js", "", 4, "raw"],
])("the contenders of %s that read scans run once as built, for both versions", async (file, start, count, below) => {
  const { contenders } = (await import(built(file))) as { contenders: Contenders };
  const names = Object.keys(contenders).filter((name) => {
    const work = name.replace(BEFORE, "");
    return work.startsWith(start) && (file !== "positions.js" || /readMeshPositions|memory/.test(work));
  });
  expect(names).toHaveLength(count);
  const { peakMemoryOf } = (await import(built("harness/processes.js"))) as typeof processes;
  for (const name of names) {
    expect(await peakMemoryOf({ module: built(file), name, folder: join(folder, below) })).toBeGreaterThan(0);
  }
});

test("regression, 0.1 left out a third of 1,500 rooms: their numbers have four digits, and are none of ScanNet's", () => {
  for (const rooms of [1, 1000, 1001, 1513, 9000]) {
    const first = firstRoomOf(rooms);
    expect(first + rooms - 1).toBeLessThan(10_000);
    expect(first).toBeGreaterThan(806);
  }
  expect(firstRoomOf(1000)).toBe(9000);
  expect(firstRoomOf(1500)).toBe(8500);
});
