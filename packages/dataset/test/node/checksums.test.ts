import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { hashFile, hashFolder, readChecksums, writeChecksums, writeChecksumsOf } from "../../src/node/checksums.ts";

const folder = temporaryFolder();

test.each([0, 1, 200_000, 2 ** 18 - 1, 2 ** 18, 2 ** 18 + 1, 800_000])(
  "the sha256 of a file of %d bytes",
  async (size) => {
    const content = Uint8Array.from({ length: size }, (_, index) => index);
    writeFileSync(join(folder, "file"), content);
    expect(await hashFile(join(folder, "file"))).toBe(createHash("sha256").update(content).digest("hex"));
  },
);

test("a missing file is an error with the path", async () => {
  await expect(hashFile(join(folder, "nowhere"))).rejects.toMatchObject({ code: "file-missing" });
});

const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");

test("every file below, by its POSIX path, without SHA256SUMS and what is excluded", async () => {
  const home = join(folder, "hashed");
  mkdirSync(join(home, "b/c"), { recursive: true });
  for (const path of ["SHA256SUMS", "a", "b/c/d", "b/left-out"]) writeFileSync(join(home, path), path);
  expect([...(await hashFolder(home, ["b/left-out"]))]).toEqual([
    ["a", sha256("a")],
    ["b/c/d", sha256("b/c/d")],
  ]);
});

test("known checksums are written sorted, whatever their order, and read back the same", async () => {
  const home = join(folder, "known");
  mkdirSync(home);
  const known = new Map(["z", "a/b", "B", "line\u2028separator"].map((path) => [path, sha256(path)]));
  await writeChecksumsOf(home, known);
  const read = await readChecksums(home);
  expect([...read.keys()]).toEqual(["B", "a/b", "line\u2028separator", "z"]);
  expect(read).toEqual(known);
});

const hash = "0123456789abcdef".repeat(4);

async function read(content: string) {
  writeFileSync(join(folder, "SHA256SUMS"), content);
  return readChecksums(folder);
}

test("text and binary marks, CRLF, blanks in names", async () => {
  expect(await read(`${hash}  data/a b.json\r\n${hash} *c.json\n`)).toEqual(
    new Map([
      ["data/a b.json", hash],
      ["c.json", hash],
    ]),
  );
});

test.each([
  ["a short hash", `${hash.slice(1)}  a`],
  ["upper case", `${hash.toUpperCase()}  a`],
  ["no path", `${hash}  `],
  ["something else", "hello"],
])("%s is an error with the line", async (_, line) => {
  await expect(read(`${hash}  good\n${line}\n`)).rejects.toMatchObject({
    code: "checksums-syntax",
    detail: { place: "line 2" },
  });
});

test.each(["/etc/passwd", "../a", "data/../../a", "C:/a", "a\\..\\b", "./a", "data/.."])(
  "the path %j, which leads out of the folder or is not plain, is refused",
  async (path) => {
    await expect(read(`${hash}  ${path}\n`)).rejects.toMatchObject({ code: "checksums-path" });
  },
);

test("names that only begin with dots are paths like others", async () => {
  expect([...(await read(`${hash}  ..a/.b\n`)).keys()]).toEqual(["..a/.b"]);
});

test("a folder without the file is an error with the path", async () => {
  await expect(readChecksums(join(folder, "nowhere"))).rejects.toMatchObject({ code: "file-missing" });
});

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
