import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { declaredExports } from "../support/published/declaredExports.ts";
import { runAsUser } from "../support/published/runAsUser.ts";
import { REPOSITORY_ROOT, workspacePackages } from "../support/published/workspacePackages.ts";

const RUNTIME_KINDS: readonly string[] = ["class", "const", "function"];

const entries = workspacePackages().flatMap(({ folder, entries }) => entries.map((entry) => ({ ...entry, folder })));
const codeEntries = entries.flatMap((entry) => (entry.types === null ? [] : [{ ...entry, types: entry.types }]));
const dataEntries = entries.filter((entry) => entry.types === null);

test("the entries and commands of all packages", () => {
  const commands = workspacePackages().flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}));
  expect({ commands, entries: entries.map(({ specifier }) => specifier).sort() }).toMatchSnapshot();
});

/** What each entry exports, listed by a plain Node; null where it can't be imported. */
let runtimeExports: (string[] | null)[];

beforeAll(async () => {
  const urls = codeEntries.map(({ folder, file }) => pathToFileURL(join(folder, file)).href);
  const script = `const names = (url) => import(url).then(Object.keys, (error) => (console.error(error), null));
    process.stdout.write(JSON.stringify(await Promise.all(${JSON.stringify(urls)}.map(names))))`;
  const listed = await runAsUser(process.execPath, ["--input-type=module", "-e", script], REPOSITORY_ROOT);
  expect(listed).toMatchObject({ exitCode: 0, stderr: "" });
  runtimeExports = JSON.parse(listed.stdout);
});

// A changed snapshot is a changed version (semver) and a line in CHANGELOG.md.
describe.each(codeEntries)("$specifier", (entry) => {
  const { specifier, folder, types } = entry;
  const declared = declaredExports(join(folder, types));

  // Nobody is promised what an internal entry holds.
  if (!specifier.includes("/internal")) {
    test("exports these names", () => {
      expect([...declared].map(([name, { kind }]) => `${kind} ${name}`).sort()).toMatchSnapshot();
    });

    test("has a doc comment for each of them", () => {
      expect([...declared].flatMap(([name, { isDocumented }]) => (isDocumented ? [] : [name]))).toEqual([]);
    });
  }

  test("declares exactly what it exports at run time", () => {
    const runtime = [...declared].filter(([, { kind }]) => RUNTIME_KINDS.includes(kind)).map(([name]) => name);
    expect(runtimeExports[codeEntries.indexOf(entry)]?.sort()).toEqual(runtime.sort());
  });
});

test.each(dataEntries)("the data files behind $specifier", ({ folder, file }) => {
  const [before = "", after = ""] = file.slice("./".length).split("*");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  const files = paths.filter((path) => path.startsWith(before) && path.endsWith(after));
  expect(files.sort()).toMatchSnapshot();
});
