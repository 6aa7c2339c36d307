import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { makeRawFolder } from "../support/makeRawFolder.ts";
import { mountSmallDisk } from "../support/smallDisk.ts";

/**
 * Kilobytes. Four rooms leave about 45 each in the working folder and then again in the dataset: the disk is full at
 * the settings, at the first result, at a later one, and twice while the dataset is assembled.
 */
const SIZES = [4, 40, 100, 240, 300];
const ENOUGH = 2000;

describe("a full disk", () => {
  const folder = temporaryFolder();
  const raw = (): string => join(folder, "raw");
  let expected: Record<string, string> = {};

  beforeAll(async () => {
    await makeRawFolder(raw(), 4);
    const { exitCode } = await runVsiBuild(["--scannet", raw(), "--out", join(folder, "elsewhere"), "--quiet"]);
    expect(exitCode).toBe(0);
    expected = await folderContent(join(folder, "elsewhere"));
  });

  test.each(["1", "2"])(
    "with %s worker(s): exit code 1, one line, nothing half written; with more space --resume gives the same bytes",
    async (workers) => {
      const disk = await mountSmallDisk(join(folder, `disk-${workers}`), SIZES[0]!);
      if (disk === null) {
        console.warn("skipped: mounting a small disk is not permitted here");
        return;
      }
      try {
        const out = join(folder, `disk-${workers}`, "out");
        const words = ["--scannet", raw(), "--out", out, "--workers", workers, "--quiet", "--resume"];
        for (const size of SIZES) {
          await disk.resize(size);
          const { exitCode, stdout, stderr } = await runVsiBuild(words);
          expect(stderr).toMatch(/^vsi-build: .+: got a full disk, expected .+\. Free some space .+\n$/);
          expect(stderr).toContain(out);
          expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
          expect(await readdir(out)).toEqual([".vsi-build"]);
        }
        await disk.resize(ENOUGH);
        expect(await runVsiBuild(words)).toMatchObject({ exitCode: 0, stderr: "" });
        expect(await folderContent(out)).toEqual(expected);
      } finally {
        await disk.remove();
      }
    },
  );
});
