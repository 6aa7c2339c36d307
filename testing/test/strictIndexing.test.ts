import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { checkStrictIndexing } from "../src/strictIndexing.ts";

const CHECKED = "export const first = (words: string[]): string => words[0] ?? '';\n";
const UNCHECKED = "export const first = (words: string[]): string => words[0];\n";
const PROJECT = {
  compilerOptions: { strict: true, noUncheckedIndexedAccess: true, types: [] },
  include: ["src"],
};

describe("the check of strict indexing", () => {
  let root = "";

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "vsi-strict-"));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  /** What the check says of a made-up project. */
  async function problemsOf(
    sources: Record<string, string>,
    list: string,
    project: object = PROJECT,
  ): Promise<string[]> {
    await mkdir(join(root, "src"), { recursive: true });
    for (const [name, source] of Object.entries(sources)) await writeFile(join(root, "src", name), source);
    await writeFile(join(root, "tsconfig.json"), JSON.stringify(project));
    await writeFile(join(root, "kernels.txt"), list);
    return checkStrictIndexing(root, join(root, "tsconfig.json"), join(root, "kernels.txt"));
  }

  test("takes checked reads, and unchecked ones in a listed file", async () => {
    const list = "# why\n\nsrc/kernel.ts # every vertex\n";
    expect(await problemsOf({ "kernel.ts": UNCHECKED, "other.ts": CHECKED }, list)).toEqual([]);
  });

  test("names the place of an unchecked read in a file that is not listed", async () => {
    const problems = await problemsOf(
      { "kernel.ts": UNCHECKED, "other.ts": UNCHECKED },
      "src/kernel.ts # every vertex\n",
    );
    expect(problems).toEqual([expect.stringMatching(/^src\/other\.ts\(1,\d+\): error TS2322: /)]);
  });

  test("wants a listed file that needs it no more off the list", async () => {
    const list = "src/kernel.ts # every vertex\nsrc/gone.ts # every face\n";
    expect(await problemsOf({ "kernel.ts": CHECKED }, list)).toEqual([
      "src/kernel.ts needs no place in kernels.txt: all its reads by index are checked, or it is gone",
      "src/gone.ts needs no place in kernels.txt: all its reads by index are checked, or it is gone",
    ]);
  });

  test("wants a reason, and each file once", async () => {
    const list = "src/kernel.ts\nsrc/kernel.ts # every vertex\n";
    expect(await problemsOf({ "kernel.ts": UNCHECKED }, list)).toEqual([
      'src/kernel.ts is listed without a reason: "path # reason"',
      "src/kernel.ts is listed twice",
    ]);
  });

  test("fails for a project that can't be compiled at all", async () => {
    const project = { ...PROJECT, include: ["elsewhere"] };
    await expect(problemsOf({ "kernel.ts": CHECKED }, "", project)).rejects.toThrow("No inputs were found");
  });
});
