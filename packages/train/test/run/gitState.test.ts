import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { captureOutput } from "../../src/process/captureOutput.ts";
import { gitState } from "../../src/run/gitState.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const FOLDER = temporaryFolder();

describe("gitState", () => {
  test("gives the commit and whether anything differs from it; null before the first", async () => {
    const folder = await mkdtemp(join(FOLDER, "repository-"));
    const git = (...words: string[]) =>
      captureOutput(["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...words], { cwd: folder });
    await git("init", "--quiet");
    expect(await gitState(folder)).toBeNull();
    await writeFile(join(folder, "a"), "");
    await git("add", "a");
    await git("commit", "--quiet", "--message", "first");
    const head = (await git("rev-parse", "HEAD")).stdout.trim();
    expect(head).toMatch(/^[0-9a-f]{40}$/);
    expect(await gitState(folder)).toEqual({ commit: head, changed: false });
    await writeFile(join(folder, "b"), "");
    expect(await gitState(folder)).toEqual({ commit: head, changed: true });
  });
});
