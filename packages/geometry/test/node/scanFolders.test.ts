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

  test("with anyName, folders with a mesh are scans whatever their names; others are not", async () => {
    const files = {
      "scans/office_01/mesh.ply": "",
      "kitchen/kitchen.PLY": "",
      "frames/office_01/0.jpg": "",
      "scene0000_00/a": "",
      ".hidden/mesh.ply": "",
    };
    await withFolder(files, async (root) => {
      const found = (await findScans(root, { anyName: true })).map(({ scanId }) => scanId);
      expect(found).toEqual(["kitchen", "office_01", "scene0000_00"]);
      expect(await idsBelow(root)).toEqual(["scene0000_00"]);
    });
  });

  test.each(["my office", "-room", "büro", "CON", "a.b", "x".repeat(65)])(
    "with anyName, a mesh below %j is refused: the name becomes a file's",
    async (name) => {
      await withFolder({ [`${name}/mesh.ply`]: "" }, async (root) => {
        const error = await thrownError(() => findScans(root, { anyName: true }));
        expect(error?.code).toBe("scan-name-unsafe");
        expect(error?.detail.place).toContain(name);
      });
    },
  );

  test("regression: one folder of an unsafe name stopped all rooms beside it", async () => {
    await withFolder({ "my office/a.ply": "", "kitchen/a.ply": "", "büro/a.ply": "" }, async (root) => {
      const bad: [string, string][] = [];
      const found = await findScans(root, { anyName: true, onBadFolder: (name, { code }) => bad.push([name, code]) });
      expect(found.map(({ scanId }) => scanId)).toEqual(["kitchen"]);
      expect(bad.sort()).toEqual([
        ["büro", "scan-name-unsafe"],
        ["my office", "scan-name-unsafe"],
      ]);
    });
    await withFolder({ "my office/a.ply": "" }, async (root) => {
      const error = await thrownError(() => findScans(root, { anyName: true, onBadFolder: () => undefined }));
      expect(error?.code).toBe("scan-name-unsafe");
    });
  });

  test("names that some disks take for one are one scan in two places", async () => {
    await withFolder({ "Office/a.ply": "", "scans/office/a.ply": "" }, async (root) => {
      expect((await thrownError(() => findScans(root, { anyName: true })))?.code).toBe("scannet-scan-twice");
    });
  });

  test("regression: a link beside its room was a second room, in another split", async () => {
    await withFolder({ "office/a.ply": "" }, async (root) => {
      await symlink("office", join(root, "hall"));
      const error = await thrownError(() => findScans(root, { anyName: true }));
      expect([error?.code, error?.detail.got]).toEqual(["scannet-scan-twice", `${root}/hall and ${root}/office`]);
    });
  });

  test("regression: without any room of one's own, ScanNet's files were asked for", async () => {
    await withFolder({ "set/deep/office/a.ply": "", "none/a.txt": "" }, async (root) => {
      const adviceOf = async (path: string) =>
        (await thrownError(() => findScans(join(root, path), { anyName: true })))?.detail.advice;
      expect(await adviceOf("none")).toContain("<root>/office_01/office_01.ply");
      expect(await adviceOf("set")).toBe(`There are scans in ${root}/set/deep: give that.`);
    });
  });

  test("a scan in two places is an error that names both", async () => {
    await withFolder({ "scans/scene0000_00/a": "", "scene0000_00/a": "" }, async (root) => {
      const error = await thrownError(() => findScans(root));
      expect(error?.code).toBe("scannet-scan-twice");
      expect(error?.detail.got).toBe(`${root}/scene0000_00 and ${root}/scans/scene0000_00`);
    });
  });

  const adviceOn = async (files: Record<string, string>, path: string) =>
    withFolder({ keep: "", ...files }, async (root) => {
      const error = await thrownError(() => findScans(join(root, path)));
      return `${error?.code}: got ${error?.detail.got}. ${error?.detail.advice.split("\n")[0]}`.replaceAll(
        root,
        "ROOT",
      );
    });
  const mesh = "scans/scene0000_00/scene0000_00_vh_clean_2.ply";

  test("a single scan's folder: its parent is named (was: 'a folder without any scan')", async () => {
    expect(await adviceOn({ [mesh]: "" }, "scans/scene0000_00")).toBe(
      "scannet-no-scans: got the folder of a single scan. Give its parent, ROOT/scans; --scenes scene0000_00 reads this scan alone.",
    );
    expect(await adviceOn({ "mine/scene0000_00_vh_clean_2.ply": "" }, "mine")).toBe(
      "scannet-no-scans: got the files of scene0000_00 itself. Move them into a folder called scene0000_00, and give the folder around it.",
    );
  });

  test("a .ply file: the folder above its scan is named", async () => {
    expect(await adviceOn({ [mesh]: "" }, mesh)).toBe(
      "scannet-root-not-a-folder: got a file. Give the folder that holds the scans' folders: ROOT/scans.",
    );
  });

  test("an archive is to be unpacked first, alone or in the folder", async () => {
    const unpack = "Unpack it first, then give the folder it unpacks to.";
    expect(await adviceOn({ "scannet.zip": "" }, "scannet.zip")).toBe(
      `scannet-root-not-a-folder: got a file. ${unpack}`,
    );
    expect(await adviceOn({ "raw/scene0000_00.tar.gz": "" }, "raw")).toBe(
      "scannet-no-scans: got a packed scan, scene0000_00.tar.gz. Unpack the archives there first.",
    );
  });

  test("a folder one level too high: the one with the scans is named", async () => {
    expect(await adviceOn({ [`raw/${mesh}`]: "" }, ".")).toBe(
      "scannet-no-scans: got a folder without scans. There are scans in ROOT/raw: give that.",
    );
  });

  test("folders whose only fault is their name: the flag is named", async () => {
    const advice = "If these are rooms of your own, --any-name reads them under their folders' names.";
    expect(await adviceOn({ "raw/scans/office/office.ply": "", "raw/scans/hall/a.ply": "" }, "raw")).toBe(
      `scannet-no-scans: got 2 folders with a mesh and a name that is not ScanNet's, such as ROOT/raw/scans/hall. ${advice}`,
    );
    expect(await adviceOn({ "office/office.ply": "" }, "office")).toMatch(
      /^scannet-no-scans: got a mesh itself\. Give the folder around it\. With --any-name/,
    );
  });

  test("a dataset is not raw data", async () => {
    expect(await adviceOn({ "set/manifest.json": "{}", "set/data/train.jsonl": "" }, "set")).toBe(
      "scannet-no-scans: got a dataset of vsi-build. Give the raw scans that it was built from.",
    );
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
