import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { publint } from "publint";
import { packWorkspaces } from "../support/published/packWorkspaces.ts";
import { runAsUser } from "../support/published/runAsUser.ts";
import { REPOSITORY_ROOT, workspacePackages } from "../support/published/workspacePackages.ts";

const ARE_THE_TYPES_WRONG = join(REPOSITORY_ROOT, "node_modules/@arethetypeswrong/cli/dist/index.js");

let folder: string;
let tarballs: Map<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vsi-packed-"));
  tarballs = await packWorkspaces(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(workspacePackages())("the packed $name", ({ name, entries }) => {
  test("gives publint nothing to say", async () => {
    const bytes = await readFile(tarballs.get(name) as string);
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const { messages } = await publint({ pack: { tarball }, strict: true });
    expect(messages).toEqual([]);
  });

  // Packages of data alone have no types to get wrong.
  if (entries.every((entry) => entry.types === null)) return;

  test("resolves with the right types for users of ES modules", async () => {
    const words = [
      ARE_THE_TYPES_WRONG,
      tarballs.get(name) as string,
      "--profile",
      "esm-only",
      "--no-color",
      "--no-emoji",
    ];
    const checked = await runAsUser(process.execPath, words, REPOSITORY_ROOT);
    expect({
      exitCode: checked.exitCode,
      report: checked.exitCode === 0 ? "" : checked.stdout + checked.stderr,
    }).toEqual({
      exitCode: 0,
      report: "",
    });
  });
});
