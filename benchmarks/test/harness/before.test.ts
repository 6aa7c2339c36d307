import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  BEFORE,
  commandFile,
  commandsOf,
  describeVersion,
  loadPackage,
  NOW,
  packageFile,
  reasonOf,
  type Version,
  versionBefore,
} from "../../src/harness/before.ts";
import { BenchmarkError } from "../../src/harness/errors.ts";
import { scanWork, workNotes } from "../../src/harness/scanFiles.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "vsi-before-")));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a checkout with the command vsi-build in `packages/build`, as 0.1 had it. */
function writeCheckout(root: string, files: Readonly<Record<string, string>>): string {
  const all = {
    "package.json": JSON.stringify({ version: "0.1.0", type: "module" }),
    "packages/build/package.json": JSON.stringify({
      name: "vsi-build",
      version: "0.1.0",
      type: "module",
      exports: { ".": { default: "./dist/index.js" } },
      bin: { "vsi-build": "bin/vsi-build.js" },
    }),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join("..", "packages", "build"), join(root, "node_modules", "vsi-build"));
  return root;
}

const BUILT = { "packages/build/dist/index.js": "export const DEFAULT_BUILD_OPTIONS = { protocol: 'vsi-100k' };" };

function at(root: string): Version {
  const version = versionBefore({ VSI_BENCH_BEFORE: root });
  if (version === null) throw new Error("no version");
  return version;
}

test("without VSI_BENCH_BEFORE there is only this version", () => {
  expect(versionBefore({})).toBeNull();
  expect(versionBefore({ VSI_BENCH_BEFORE: "" })).toBeNull();
});

test("a built checkout has the commands and packages of its own layout", async () => {
  const version = at(writeCheckout(folder, BUILT));
  expect(version).toEqual({ prefix: BEFORE, root: folder });
  expect(describeVersion(version)).toBe("0.1.0");
  const command = join(folder, "packages", "build", "bin", "vsi-build.js");
  expect(commandsOf(version)).toEqual(new Map([["vsi-build", command]]));
  expect(commandFile(version, "vsi-build")).toBe(command);
  expect(() => commandFile(version, "vsi-view")).toThrow("VSI_BENCH_BEFORE: got no vsi-view");
  expect(packageFile(version, "vsi-build")).toBe(join(folder, "packages", "build", "dist", "index.js"));
  expect(await loadPackage(version, "vsi-build")).toMatchObject({ DEFAULT_BUILD_OPTIONS: { protocol: "vsi-100k" } });
  await expect(loadPackage(version, "@vsi/publish")).rejects.toThrow("got no @vsi/publish");
});

test("a folder that does not exist, holds no checkout, or one that was not built is refused", () => {
  const advice = "Type npm ci in it, which builds it too.";
  for (const root of [join(folder, "missing"), folder, writeCheckout(join(folder, "unbuilt"), {})]) {
    expect(() => versionBefore({ VSI_BENCH_BEFORE: root })).toThrow(
      `VSI_BENCH_BEFORE: got ${root}, which has no vsi-build that can be loaded, expected the folder of a checkout of this project, built. ${advice}`,
    );
  }
});

test("a checkout that is not installed does not take the packages of the one around it", () => {
  writeCheckout(folder, BUILT);
  const inner = join(folder, "inner");
  mkdirSync(inner);
  writeFileSync(join(inner, "package.json"), "{}");
  expect(() => versionBefore({ VSI_BENCH_BEFORE: inner })).toThrow(BenchmarkError);
});

test("this version has every command that its packages publish, and the packages that contenders load", () => {
  expect([...commandsOf(NOW).keys()].sort()).toEqual(["vsi-build", "vsi-eval", "vsi-reward", "vsi-train", "vsi-view"]);
  for (const name of ["vsi-build", "@vsi/geometry", "@vsi/geometry/node", "@vsi/questions", "@vsi/publish"]) {
    expect(packageFile(NOW, name)).toMatch(/\.[jt]s$/);
  }
});

test("a reason holds no path of the machine", () => {
  const detail = { place: "vsi-build", got: `exit code 1: ${folder}/raw is no folder`, expected: "", advice: "" };
  expect(reasonOf(new BenchmarkError(detail), folder)).toBe("exit code 1: .../raw is no folder");
  expect(() => reasonOf(new TypeError("a mistake"), folder)).toThrow("a mistake");
});

/** A thread's work that says what it was given. */
const WORKER = `import { existsSync } from "node:fs";
export default async ({ input, kept, options }) => {
  globalThis.scanTasks.push({ input, options, isKept: existsSync(kept.resultsFolder) });
  return { status: "done", summary: { failure: input.folder === "broken" ? { message: "a broken scan" } : null } };
};`;
const KEPT = 'export const keptFolders = (working) => ({ resultsFolder: working + "/results" });';
const OPTIONS = "export const processOptions = async (settings) => ({ ...settings, completed: true });";

test.each([
  ["until 0.1", { "processOptions.js": OPTIONS, "keptFolders.js": KEPT }],
  ["since", { "processScan.js": OPTIONS, "keptResults.js": KEPT }],
])("a thread's work is found where it was %s, with the settings of that version", async (_when, files) => {
  const pipeline = Object.entries({ ...files, "scanWorker.js": WORKER });
  const built = pipeline.map(([name, text]) => [`packages/build/dist/pipeline/${name}`, text]);
  const version = at(writeCheckout(folder, { ...BUILT, ...Object.fromEntries(built) }));
  const tasks: unknown[] = [];
  Object.assign(globalThis, { scanTasks: tasks });
  const work = await scanWork({ version, folder, settings: { seed: 3 } });
  await work(["a scan"] as never);
  expect(tasks).toEqual([
    {
      input: { kind: "raw", folder: "a scan" },
      options: { protocol: "vsi-100k", seed: 3, completed: true },
      isKept: true,
    },
  ]);
  await expect(work(["broken"] as never)).rejects.toThrow("a broken scan");
});

test("a version whose threads work in another way is said to, without a path", async () => {
  const version = at(writeCheckout(folder, BUILT));
  const error = await scanWork({ version, folder }).catch((caught) => caught);
  expect(reasonOf(error, folder)).toBe("no default in vsi-build's dist/pipeline/scanWorker.js");
});

test("a note says where the other version asks other questions than this one", async () => {
  expect(await workNotes()).toEqual([]);
  const index = "packages/build/dist/index.js";
  const withRules = { [index]: "export const DEFAULT_BUILD_OPTIONS = { rules: 'careful' };" };
  try {
    process.env.VSI_BENCH_BEFORE = writeCheckout(join(folder, "with"), withRules);
    expect(await workNotes()).toEqual([]);
    process.env.VSI_BENCH_BEFORE = writeCheckout(join(folder, "without"), BUILT);
    expect(await workNotes()).toEqual([expect.stringContaining("--rules paper")]);
  } finally {
    delete process.env.VSI_BENCH_BEFORE;
  }
});
