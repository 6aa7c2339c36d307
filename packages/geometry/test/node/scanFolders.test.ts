import { mkdir, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import { findScans } from "../../src/node/scanFolders.ts";
import { thrownError } from "../support/thrownError.ts";

const idsBelow = async (root: string) => (await findScans(root)).map(({ scanId }) => scanId);

describe("findScans", () => {
  test("finds scans below the root, scans and scans_test, in order of their ids", async () => {
    const files = { "scans/scene0010_00/a": "", "scene0002_00/a": "", "scans_test/scene0707_00/a": "" };
    await withFolder(files, async (root) => {
      const found = (await findScans(root)).map((scan) => ({ ...scan, path: relative(root, scan.path) }));
      expect(found).toEqual([
        { scanId: "scene0002_00", path: "scene0002_00", isTestFolder: false },
        { scanId: "scene0010_00", path: join("scans", "scene0010_00"), isTestFolder: false },
        { scanId: "scene0707_00", path: join("scans_test", "scene0707_00"), isTestFolder: true },
      ]);
    });
  });

  test("the root may be the scans folder itself, with or without a last slash", async () => {
    await withFolder({ "scans/scene0000_00/a": "", "scans_test/scene0707_00/a": "" }, async (root) => {
      expect(await idsBelow(`${root}/scans/`)).toEqual(["scene0000_00"]);
      expect((await findScans(join(root, "scans_test")))[0].isTestFolder).toBe(true);
    });
  });

  test("ignores what is no scan folder and follows links to folders", async () => {
    const files = {
      scene0000_00: "a file",
      "scene0001_00.zip": "",
      "Scene0002_00/a": "",
      "elsewhere/a": "",
      tasks: "",
    };
    await withFolder(files, async (root) => {
      await mkdir(join(root, "scans"));
      await symlink(join(root, "elsewhere"), join(root, "scans", "scene0003_00"));
      await symlink(join(root, "nowhere"), join(root, "scans", "scene0004_00"));
      expect(await idsBelow(root)).toEqual(["scene0003_00"]);
    });
  });

  test("a scan in two places is an error that names both", async () => {
    await withFolder({ "scans/scene0000_00/a": "", "scene0000_00/a": "" }, async (root) => {
      const error = await thrownError(() => findScans(root));
      expect(error?.code).toBe("scannet-scan-twice");
      expect(error?.detail.got).toBe(`${root}/scene0000_00 and ${root}/scans/scene0000_00`);
    });
  });

  test.each([
    ["missing", "scannet-root-missing"],
    ["file", "scannet-root-not-a-folder"],
    ["empty", "scannet-no-scans"],
    ["file/below", "file-unreadable"],
  ])("a root that is %s is %s", async (path, code) => {
    await withFolder({ file: "", "empty/a": "" }, async (root) => {
      const error = await thrownError(() => findScans(join(root, path)));
      expect(error?.code).toBe(code);
      if (code.startsWith("scannet")) expect(error?.detail.advice).toContain("scene0000_00_vh_clean_2.ply");
    });
  });
});
