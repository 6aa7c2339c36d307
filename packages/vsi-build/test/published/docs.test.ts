import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY_ROOT } from "../support/published/workspacePackages.ts";

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "PAPERS.md",
  "docs/*.md",
  "examples/README.md",
  "packages/*/README.md",
].flatMap(matches);

/** Where paths of this repository begin. */
const ROOT_PATH =
  /(?<![\w@./-])(?:packages|question-templates|scannet-manifests|demo|testing|benchmarks|docs|examples|\.ci)\/[\w./*-]*/g;

/** In a package's own page, paths below the package. */
const PACKAGE_PATH = /(?<=`)(?:src|test|bin|plugins|deepspeed|python)\/[\w./*-]*(?=`)/g;

/** A link to a file, without its #anchor. */
const LINK = /\]\((?!\w+:|#)([^)#\s]+)/g;

describe("what the pages name is there", () => {
  test.each(PAGES)("%s", (page) => {
    const text = readFileSync(join(REPOSITORY_ROOT, page), "utf8");
    const folder = dirname(page);
    const named = [
      ...(text.match(ROOT_PATH) ?? []),
      ...(folder.startsWith("packages/") ? (text.match(PACKAGE_PATH) ?? []).map((path) => join(folder, path)) : []),
      ...[...text.matchAll(LINK)].map(([, target = ""]) => join(folder, target)),
    ].map((path) => path.replace(/[./]+$/, ""));
    expect(named.filter((path) => matches(path).length === 0)).toEqual([]);
  });
});

test("a path that is not there is found, with a star in it too", () => {
  expect(matches("packages/dataset/src/questionTypes.ts")).toHaveLength(1);
  expect(matches("packages/*/README.md").length).toBeGreaterThan(9);
  expect(matches("packages/dataset/src/questionType.ts")).toEqual([]);
  expect(matches("packages/*/READYOU.md")).toEqual([]);
});

/** The paths below the repository's root that fit: a star stands for any part of one name. */
function matches(pattern: string): string[] {
  let found = [REPOSITORY_ROOT];
  for (const name of pattern.split(/[\\/]/)) {
    const fits = new RegExp(`^${name.replace(/[.+?^$(){}|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
    found = found.flatMap((folder) =>
      name.includes("*")
        ? readdirSync(folder)
            .filter((entry) => fits.test(entry))
            .map((entry) => join(folder, entry))
        : [join(folder, name)],
    );
    found = found.filter((path) => existsSync(path));
  }
  return found.map((path) => relative(REPOSITORY_ROOT, path));
}
