import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "@jest/globals";
import { missingForRelease } from "@vsi/testing/release/releaseCheck";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const PUBLISHED = {
  version: "1.2.0",
  author: "Ada",
  repository: "r",
  homepage: "h",
  bugs: "b",
  publishConfig: { access: "public" },
};

/** A repository with everything filled in, and then these files; null takes a file away. */
function repository(changes: Record<string, string | null> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "vsi-release-"));
  folders.push(root);
  const files: Record<string, string | null> = {
    "package.json": JSON.stringify({ workspaces: ["tables", "packages/*"] }),
    "tables/package.json": JSON.stringify({ ...PUBLISHED, name: "@vsi/tables" }),
    "packages/one/package.json": JSON.stringify({ ...PUBLISHED, name: "one" }),
    "packages/own/package.json": JSON.stringify({ name: "own", private: true, version: "0.0.0" }),
    "CITATION.cff": "version: 1.2.0\nauthors:\n  - name: Ada\n",
    "SECURITY.md": "Write to somebody.\n",
    "CHANGELOG.md": "# Changelog\n\n## 1.2.0 (2026-01-31)\n",
    ...changes,
  };
  for (const [path, text] of Object.entries(files)) {
    if (text === null) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe("missingForRelease", () => {
  test("finds nothing where everything is filled in", () => {
    expect(missingForRelease(repository())).toEqual([]);
  });

  test.each([
    [
      "a place that is open",
      { "SECURITY.md": "Write to: FILL-IN an address (any)\n" },
      "SECURITY.md: fill in an address",
    ],
    ["a file that is not there", { "CITATION.cff": null }, "CITATION.cff: the file is missing"],
    [
      "a package without fields",
      { "packages/one/package.json": '{"name":"one","version":"1.2.0","author":"Ada","bugs":"b"}' },
      "packages/one/package.json: no repository, homepage",
    ],
    [
      "a package in a scope that would be private",
      { "tables/package.json": JSON.stringify({ ...PUBLISHED, name: "@vsi/tables", publishConfig: {} }) },
      'tables/package.json: no publishConfig.access "public"',
    ],
    [
      "a package of another version",
      { "packages/one/package.json": JSON.stringify({ ...PUBLISHED, name: "one", version: "1.1.0" }) },
      "packages/one/package.json: version 1.1.0, the first package has 1.2.0",
    ],
    [
      "another version cited",
      { "CITATION.cff": "version: 1.1.0\n" },
      "CITATION.cff: version 1.1.0, the packages have 1.2.0",
    ],
    ["no section of this version", { "CHANGELOG.md": "## 1.1.0 (2025-01-01)\n" }, "CHANGELOG.md: no section for 1.2.0"],
    ["no date", { "CHANGELOG.md": "## 1.2.0 (Unreleased)\n" }, 'CHANGELOG.md: "## 1.2.0 (Unreleased)" has no date'],
  ])("says %s", (_, changes: Record<string, string | null>, line) => {
    expect(missingForRelease(repository(changes))).toContain(line);
  });

  test("docs/release.md names every file of this repository that lacks something", () => {
    const page = readFileSync(join(REPOSITORY, "docs/release.md"), "utf8");
    const files = missingForRelease(REPOSITORY).map((line) => line.split(":")[0] ?? "");
    for (const file of new Set(files)) {
      expect(page).toContain(file.endsWith("/package.json") ? "every published `package.json`" : `\`${file}\``);
    }
  });
});
