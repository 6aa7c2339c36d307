import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { publint } from "publint";
import { packWorkspaces } from "../support/published/packWorkspaces.ts";
import { runAsUser } from "../support/published/runAsUser.ts";
import { REPOSITORY_ROOT, workspacePackages } from "../support/published/workspacePackages.ts";

const CHECK_TYPES = fileURLToPath(new URL("../support/published/checkTypes.js", import.meta.url));

const TYPED = workspacePackages().flatMap(({ name, entries }) =>
  entries.some((entry) => entry.types !== null) ? [name] : [],
);

let tarballs: Map<string, string>;
/** Of each package of TYPED. */
let typeProblems: unknown[][];

beforeAll(async () => {
  tarballs = await packWorkspaces();
  const words = [CHECK_TYPES, ...TYPED.map((name) => tarballs.get(name) as string)];
  const checked = await runAsUser(process.execPath, words, REPOSITORY_ROOT);
  expect(checked).toMatchObject({ exitCode: 0, stderr: "" });
  typeProblems = JSON.parse(checked.stdout);
  expect(typeProblems).toHaveLength(TYPED.length);
});

describe.each(workspacePackages())("the packed $name", ({ name }) => {
  test("gives publint nothing to say", async () => {
    const bytes = await readFile(tarballs.get(name) as string);
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const { messages } = await publint({ pack: { tarball }, strict: true });
    expect(messages).toEqual([]);
  });

  // Packages of data alone have no types to get wrong.
  if (!TYPED.includes(name)) return;

  test("resolves with the right types for users of ES modules", () => {
    expect(typeProblems[TYPED.indexOf(name)]).toEqual([]);
  });
});
