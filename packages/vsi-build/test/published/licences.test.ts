import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isLicenceAllowed } from "../support/published/licenceExpression.ts";
import { REPOSITORY_ROOT, workspacePackages } from "../support/published/workspacePackages.ts";

/** Permissive: whoever ships our packages owes a notice at most. */
const SHIPPED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "Unlicense",
]);

/**
 * libvips, which sharp loads at run time and nothing of ours is linked into: the LGPL asks for a notice and that it can
 * be replaced, and both are so (it is a package of its own).
 */
const LOADED_LIBRARY = /^node_modules\/@img\/sharp-/;

/** Tools that we run and nobody receives from us may also be under these. */
const TOOLS = new Set([
  ...SHIPPED,
  // caniuse-lite: a table of browsers behind jest, unchanged, with attribution in its own folder.
  "CC-BY-4.0",
  "CC0-1.0",
  // axe-core: looks at the page in tests; it asks for changes to its own files, and there are none.
  "MPL-2.0",
  // argparse: a permissive licence, in its own words.
  "Python-2.0",
]);

interface LockedPackage {
  license?: string;
  dev?: boolean;
  link?: boolean;
}

const lock = JSON.parse(readFileSync(join(REPOSITORY_ROOT, "package-lock.json"), "utf8")) as {
  packages: Record<string, LockedPackage>;
};

const dependencies = Object.entries(lock.packages).filter(([path, { link }]) => /node_modules\//.test(path) && !link);
const refusedBy = (allowed: ReadonlySet<string>, packages: [string, LockedPackage][]) =>
  packages
    .filter(([, { license = "none" }]) => !isLicenceAllowed(license, allowed))
    .map(([path, { license = "none" }]) => `${path}: ${license}`);

describe("dependencies", () => {
  test("those that users install with our packages are under permissive licences", () => {
    const shipped = dependencies.filter(([path, { dev }]) => !dev && !LOADED_LIBRARY.test(path));
    expect(shipped.map(([path]) => path)).toContain("node_modules/delaunator");
    expect(refusedBy(SHIPPED, shipped)).toEqual([]);
  });

  test("our tools are under licences that allow running them", () => {
    const tools = dependencies.filter(([, { dev }]) => dev);
    expect(tools.map(([path]) => path)).toContain("node_modules/jest");
    expect(refusedBy(TOOLS, tools)).toEqual([]);
  });
});

describe("an SPDX expression is allowed", () => {
  const allowed = new Set(["MIT", "ISC"]);
  test.each([
    ["MIT", true],
    ["GPL-3.0-only", false],
    ["none", false],
    ["(MIT OR GPL-3.0-only)", true],
    ["MIT AND ISC", true],
    ["MIT AND GPL-3.0-only", false],
    ["GPL-3.0-only OR MIT AND ISC", true],
  ])("%s: %s", (expression, expected) => {
    expect(isLicenceAllowed(expression, allowed)).toBe(expected);
  });
});

test.each(workspacePackages())("$name states our licence and the Node it needs", ({ folder, manifest }) => {
  expect(manifest.license).toBe("Apache-2.0");
  expect(manifest.engines).toEqual({ node: ">=20.19" });
  // npm packs only the LICENSE of the package's own folder, so each has a copy.
  expect(readFileSync(join(folder, "LICENSE"), "utf8")).toBe(readFileSync(join(REPOSITORY_ROOT, "LICENSE"), "utf8"));
});
