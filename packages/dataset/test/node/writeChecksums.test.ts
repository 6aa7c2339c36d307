import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readChecksums } from "../../src/node/readChecksums.ts";
import { writeChecksums } from "../../src/node/writeChecksums.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();

/** Writes files by relative path into a new folder. */
function folderWith(name: string, files: Record<string, string>): string {
  const home = join(folder, name);
  mkdirSync(home);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(home, path, ".."), { recursive: true });
    writeFileSync(join(home, path), content);
  }
  return home;
}

const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");

test("every file but itself, sorted by its whole POSIX path, in sha256sum's format", async () => {
  const home = folderWith("sorted", { "b/a.json": "1", "b.json": "2", "B.json": "", "b/c/d.json": "4" });
  await writeChecksums(home);
  await writeChecksums(home); // the second time SHA256SUMS is there
  const expected = [
    ["B.json", ""],
    ["b.json", "2"],
    ["b/a.json", "1"],
    ["b/c/d.json", "4"],
  ].map(([path, content]) => `${sha256(content!)}  ${path}\n`);
  expect(readFileSync(join(home, "SHA256SUMS"), "utf8")).toBe(expected.join(""));
});

test("excluded files and folders are left out, and only those of exactly that path", async () => {
  const files = { "a.json": "1", ".work/x": "2", "data/.work/x": "3", "b.partial": "4", ".work2": "5" };
  const home = folderWith("excluded", files);
  await writeChecksums(home, [".work", "b.partial"]);
  expect([...(await readChecksums(home)).keys()]).toEqual([".work2", "a.json", "data/.work/x"]);
});

test("an empty folder has an empty list", async () => {
  const home = folderWith("empty", {});
  await writeChecksums(home);
  expect(await readChecksums(home)).toEqual(new Map());
});

const posixTest = process.platform === "win32" ? test.skip : test;
posixTest("a name that the format cannot hold is refused", async () => {
  const home = folderWith("newline", { "a\nb": "1" });
  await expect(writeChecksums(home)).rejects.toMatchObject({ code: "checksums-file-name" });
});

test("a missing folder is an error with the path", async () => {
  await expect(writeChecksums(join(folder, "nowhere"))).rejects.toMatchObject({ code: "file-missing" });
});
