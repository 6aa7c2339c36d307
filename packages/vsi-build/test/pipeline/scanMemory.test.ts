import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { findScans, readScan, readScanWithMesh, type ScanFolder } from "@vsi/geometry/node";
import { writeRawScanNet } from "@vsi/synth/node";
import { temporaryFolder } from "@vsi/testing/folders";
import { type MemoryUse, setMemoryUse } from "../../../geometry/src/scanMemory.ts";
import { buildDataset } from "../../src/buildDataset.ts";
import { DEFAULT_BUILD_OPTIONS } from "../../src/options.ts";

afterEach(() => setMemoryUse("reused"));

describe("scans read with memory that is used again", () => {
  const folder = temporaryFolder();
  const raw = join(folder, "raw");
  let scans: readonly ScanFolder[];
  const options = { surfaceDistances: true, walkable: true };

  beforeAll(async () => {
    await writeRawScanNet(raw, { rooms: 24, seed: 7, vertexCount: 8000 });
    // A larger one among them: part of it lies in the memory, part outside.
    await writeRawScanNet(raw, { rooms: 1, seed: 7, firstRoom: 9100, vertexCount: 40_000 });
    scans = await findScans(raw);
  }, 60_000);

  async function factsOf(memory: MemoryUse, order: readonly number[]): Promise<string[]> {
    setMemoryUse(memory);
    const all: string[] = [];
    for (const place of order) all.push(JSON.stringify(await readScan(at(scans, place), options)));
    return all;
  }

  test("A, B, A give what fresh memory gives, also where the memory is full of what no scan holds", async () => {
    const order = [0, 1, 0, 24, 0];
    const fresh = await factsOf("fresh", order);
    expect(await factsOf("reused", order)).toEqual(fresh);
    // What is read before it is written, or kept after the scan, shows here.
    expect(await factsOf("spoilt", order)).toEqual(fresh);
  });

  test("what a caller has of a scan stays as it is, and what a caller changes is in no other scan", async () => {
    setMemoryUse("fresh");
    const [one, other] = [at(scans, 0), at(scans, 1)];
    const [first, second] = [await readScanWithMesh(one, options), await readScanWithMesh(other, options)];
    setMemoryUse("spoilt");
    for (let round = 0; round < 2; round += 1) {
      const again = await readScanWithMesh(one, options);
      expect(await readScanWithMesh(other, options)).toEqual(second);
      expect(again).toEqual(first);
      again.scan.positions.fill(1);
      again.scan.segmentIds.fill(1);
      again.facts.objects.length = 0;
    }
  });

  test("scans that are read side by side are what they are alone", async () => {
    const alone = await factsOf("fresh", [0, 1, 2, 3]);
    setMemoryUse("spoilt");
    const together = await Promise.all(scans.slice(0, 4).map((scan) => readScan(scan, options)));
    expect(together.map((read) => JSON.stringify(read))).toEqual(alone);
  });

  test("a dataset of 25 rooms has the same bytes", async () => {
    const build = async (memory: MemoryUse) => {
      setMemoryUse(memory);
      const out = join(folder, memory);
      // In this thread: the switch is the thread's own.
      await buildDataset({ ...DEFAULT_BUILD_OPTIONS, scannet: raw, out, workers: 0 });
      // The checksums of every file.
      return readFile(join(out, "SHA256SUMS"), "utf8");
    };
    const fresh = await build("fresh");
    expect(fresh.split("\n").length).toBeGreaterThan(25);
    // Used again, and full of what no scan holds.
    expect(await build("spoilt")).toBe(fresh);
  }, 120_000);
});
