import { mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { fingerprintScan } from "../../src/pipeline/keptResults.ts";

describe("fingerprintScan", () => {
  const folder = temporaryFolder();

  test("stays the same while files do, and changes with size, time and name", async () => {
    const scan = join(folder, "scan");
    await mkdir(scan);
    await writeFile(join(scan, "a.txt"), "one");
    await utimes(join(scan, "a.txt"), 1, 1);
    const seen = new Set([await fingerprintScan(scan), await fingerprintScan(scan)]);
    expect(seen.size).toBe(1);
    await utimes(join(scan, "a.txt"), 1, 2);
    seen.add(await fingerprintScan(scan));
    await writeFile(join(scan, "a.txt"), "longer");
    await utimes(join(scan, "a.txt"), 1, 2);
    seen.add(await fingerprintScan(scan));
    await writeFile(join(scan, "b.txt"), "");
    seen.add(await fingerprintScan(scan));
    expect(seen.size).toBe(4);
  });

  test("a folder that has gone and a link that leads nowhere are no reason to stop the build", async () => {
    expect(await fingerprintScan(join(folder, "gone"))).toBe("");
    const scan = join(folder, "links");
    await mkdir(scan);
    await symlink(join(folder, "nowhere"), join(scan, "a.txt"));
    expect(await fingerprintScan(scan)).toBe("");
  });
});
