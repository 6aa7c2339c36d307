import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { UsageError } from "../../src/errors.ts";
import { checkNotRawScans, checkOutsideDatasets } from "../../src/output/datasetAround.ts";
import { openOutputFolder } from "../../src/output/outputFolder.ts";
import { checkReportFile } from "../../src/output/reportFile.ts";

const root = temporaryFolder();
const set = join(root, "set");

beforeAll(async () => {
  await mkdir(join(set, "data"), { recursive: true });
  await writeFile(join(set, "manifest.json"), '{"schema": "vsi-manifest/1"}');
  await mkdir(join(root, "site"));
  await writeFile(join(root, "site", "manifest.json"), '{"name": "a web page"}');
  await symlink(set, join(root, "link"));
  await symlink(join(set, "data"), join(root, "inner"));
  await mkdir(join(root, "raw", "scans", "scene0000_00"), { recursive: true });
});

const INSIDE = ["set/x.svg", "set/data/x.svg", "set/new/er/x.svg", "set/../set/x.svg", "link/x.svg", "inner/x/y.svg"];

describe("checkOutsideDatasets", () => {
  test.each(INSIDE)("regression: a report at %s was taken, and verify then said file-extra", async (path) => {
    const report = { flag: "--svg", path: join(root, path), command: "vsi-test", isOurs: null, overwrite: true };
    await expect(checkReportFile(report)).rejects.toThrow(
      `is inside the dataset ${set}, where SHA256SUMS lists every file. Choose a file elsewhere; nothing was touched.`,
    );
    await expect(checkReportFile(report)).rejects.toThrow(UsageError);
  });

  test.each(["set", "link"])("%s is the dataset itself", async (path) => {
    await expect(checkOutsideDatasets("--out", join(root, path), "folder")).rejects.toThrow(
      /set: is a dataset|link: is a/,
    );
    await checkOutsideDatasets("--out", join(root, path), "folder", false);
  });

  test.each(["x.svg", "site/x.svg", "set.svg", "settings/x", "none/x"])("%s is nobody's dataset", async (path) => {
    await checkOutsideDatasets("--out", join(root, path), "folder");
  });

  test.each(["file", "file/sub"])("regression: %s, a file, was taken for a folder by --dry-run", async (path) => {
    await writeFile(join(root, "file"), "somebody's");
    await expect(checkOutsideDatasets("--out", join(root, path), "folder")).rejects.toThrow(
      `--out ${join(root, path)}: got a file, expected a folder. Choose another one; nothing was touched.`,
    );
    await checkOutsideDatasets("--svg", join(root, "file"), "file");
  });

  test("regression: a dataset was built inside another one", async () => {
    const opened = openOutputFolder(join(set, "inner"), {
      command: "vsi-test",
      identity: { file: "manifest.json", schema: "vsi-manifest/1", noun: "dataset" },
      resume: false,
      overwrite: true,
      settings: "{}",
      firstFiles: [],
    });
    await expect(opened).rejects.toThrow("is inside the dataset");
    expect((await readdir(set)).sort()).toEqual(["data", "manifest.json"]);
  });
});

describe("checkNotRawScans", () => {
  test.each(["raw", "raw/scans", "raw/scans/scene0000_00"])("%s holds raw scans", async (path) => {
    await expect(checkNotRawScans("--out", join(root, path))).rejects.toThrow(`--out ${join(root, path)}: holds raw`);
  });

  test.each([".", "site", "none"])("%s does not", async (path) => {
    await checkNotRawScans("--out", join(root, path));
  });
});
