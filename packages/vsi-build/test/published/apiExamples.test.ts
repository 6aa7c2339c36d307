import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { writeRawScanNet } from "@vsi/synth/node";
import { buildDataset, DEFAULT_BUILD_OPTIONS } from "vsi-build";
import { type Example, type RanExample, runExamples, shownOutput } from "../support/published/runExamples.ts";
import { REPOSITORY_ROOT, workspacePackages } from "../support/published/workspacePackages.ts";

const examples = workspacePackages().flatMap(({ folder }) => examplesBelow(join(folder, "src")));

let folder: string;
let ran: Map<string, RanExample>;

// The examples stand in a folder with ./raw and the ./vsi-100k built from it, as those of the READMEs do.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vsi-examples-"));
  const [raw, out] = [join(folder, "raw"), join(folder, "vsi-100k")];
  await writeRawScanNet(raw, { rooms: 2, seed: 0 });
  await buildDataset({ ...DEFAULT_BUILD_OPTIONS, scannet: raw, out, workers: 0 });
  ran = await runExamples(examples, folder);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the @example blocks of doc comments", () => {
  test("are there for every library", () => {
    const libraries = [
      "dataset",
      "geometry",
      "questions",
      "scoring",
      "synth",
      "publish",
      "report",
      "inspect",
      "command",
    ];
    for (const library of [...libraries, "vsi-build", "vsi-eval", "vsi-view"]) {
      expect(examples.filter(({ name }) => name.startsWith(`packages/${library}/`))).not.toHaveLength(0);
    }
  });

  test.each(examples)("$name runs, and prints what it says", ({ name, code }) => {
    const { printed, error } = ran.get(name) as RanExample;
    expect(error).toBeNull();
    expect(printed.join("\n")).toMatch(/\w/);
    expect(printed.join("\n")).not.toMatch(/undefined|NaN|\[object/);
    const shown = shownOutput(code);
    // In a loop one call prints many lines: such an example shows none of them.
    if (shown.some((line) => line !== null)) {
      expect(printed).toEqual(shown.map((line, index) => line ?? printed[index]));
    }
  });
});

/** The fenced blocks behind @example in the comments of a folder's sources, by file and line. */
function examplesBelow(sources: string): Example[] {
  let paths: string[];
  try {
    paths = readdirSync(sources, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  return paths
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => {
      const file = join(sources, path);
      const text = readFileSync(file, "utf8");
      return [...text.matchAll(/^ \* @example\n \* ```js\n((?: \*.*\n)*?) \* ```$/gm)].map((match) => ({
        name: `${relative(REPOSITORY_ROOT, file)}:${text.slice(0, match.index).split("\n").length}`,
        code: (match[1] ?? "").replace(/^ \* ?/gm, ""),
      }));
    });
}
