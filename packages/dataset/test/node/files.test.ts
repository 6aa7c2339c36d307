import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { DatasetError } from "../../src/errors.ts";
import { fileError, makeFolder, readRegularFile, writeFileAtomically } from "../../src/node/files.ts";
import { JsonlWriter } from "../../src/node/jsonl.ts";

const systemError = (code: string) => Object.assign(new Error(`${code}: failed`), { code });

test.each([
  ["ENOSPC", "write-no-space", /a full disk.*Free some space/],
  ["EDQUOT", "write-no-space", /quota/],
  ["EACCES", "file-permission", /no permission/],
  ["EPERM", "file-permission", /no permission/],
  ["EROFS", "file-permission", /read-only/],
  ["ENOENT", "file-missing", /Check the path/],
  ["ENOTDIR", "file-not-a-folder", /a file/],
  ["EISDIR", "file-is-a-folder", /a folder/],
  ["EMFILE", "file-too-many-open", /ulimit/],
  // Regression: the path was said twice, and the advice was to check the disk.
  ["ENAMETOOLONG", "file-other", /too long for the disk.*shorter/],
  ["EIO", "file-other", /EIO: failed/],
])("%s is told as %s, with the cause kept", (systemCode, code, sentence) => {
  const cause = systemError(systemCode);
  const error = fileError(cause, "out\\data/train.jsonl", "a file to write");
  expect(error).toMatchObject({ code, cause, detail: { file: "out/data/train.jsonl", expected: "a file to write" } });
  expect(error.message).toMatch(sentence);
});

test("an error of this package stays as it is", () => {
  const error = new DatasetError("x", { file: "a", place: "b", got: "c", expected: "d", advice: "e" });
  expect(fileError(error, "other", "other")).toBe(error);
});

const folder = temporaryFolder();

test("replaces what stood there and leaves nothing else, also after a killed process's partial file", async () => {
  const home = join(folder, "replace");
  mkdirSync(home);
  writeFileSync(join(home, "a.json"), "old and longer");
  writeFileSync(join(home, "a.json.partial"), "what a killed process left");
  await writeFileAtomically(join(home, "a.json"), "new");
  expect(readFileSync(join(home, "a.json"), "utf8")).toBe("new");
  expect(readdirSync(home)).toEqual(["a.json"]);
});

test("bytes are written as they are, and nothing gives an empty file", async () => {
  const bytes = Uint8Array.of(0, 255, 13, 10);
  await writeFileAtomically(join(folder, "bytes"), bytes);
  expect(new Uint8Array(readFileSync(join(folder, "bytes")))).toEqual(bytes);
  await writeFileAtomically(join(folder, "empty"), "");
  expect(readFileSync(join(folder, "empty"), "utf8")).toBe("");
});

test("a failed rename removes the partial file and says what stands in the way", async () => {
  const home = join(folder, "blocked");
  mkdirSync(join(home, "a.json", "inside"), { recursive: true });
  await expect(writeFileAtomically(join(home, "a.json"), "new")).rejects.toMatchObject({
    name: "DatasetError",
    code: "file-is-a-folder",
  });
  expect(readdirSync(home)).toEqual(["a.json"]);
});

test("a missing folder is an error with the path", async () => {
  const path = join(folder, "nowhere", "a.json");
  await expect(writeFileAtomically(path, "")).rejects.toMatchObject({ code: "file-missing" });
});

describe("a link under the name of the partial file", () => {
  const folder = temporaryFolder();

  test("is not written through, and stays", async () => {
    const victim = join(folder, "thesis.tex");
    writeFileSync(victim, "mine");
    symlinkSync(victim, join(folder, "a.json.partial"));
    await expect(writeFileAtomically(join(folder, "a.json"), "{}")).rejects.toThrow("got a link");
    await expect(JsonlWriter.open(join(folder, "a.json"))).rejects.toThrow("got a link");
    expect(readFileSync(victim, "utf8")).toBe("mine");
    expect(readdirSync(folder).sort()).toEqual(["a.json.partial", "thesis.tex"]);
  });
});

describe("readRegularFile", () => {
  const read = (name: string) => readRegularFile(join(folder, name), name, "the facts of a scene");

  test("a file's text, also by a link", async () => {
    writeFileSync(join(folder, "text"), "wörds");
    symlinkSync("text", join(folder, "linked"));
    expect([await read("text"), await read("linked")]).toEqual(["wörds", "wörds"]);
  });

  test("a pipe and a device are refused at once: opening a pipe would wait for a writer", async () => {
    execFileSync("mkfifo", [join(folder, "pipe")]);
    symlinkSync("/dev/zero", join(folder, "device"));
    for (const name of ["pipe", "device"]) {
      await expect(read(name)).rejects.toMatchObject({
        code: "dataset-not-a-file",
        detail: { file: name, got: "a pipe, socket or device", expected: "the facts of a scene" },
      });
    }
  });

  test.each([
    ["nothing", "file-missing"],
    ["", "file-is-a-folder"],
  ])("%j is told as %s", async (name, code) => {
    await expect(read(name)).rejects.toMatchObject({ code });
  });

  test("more bytes than a text can have are refused before the memory is full", async () => {
    writeFileSync(join(folder, "large"), "");
    truncateSync(join(folder, "large"), 2 ** 29);
    await expect(read("large")).rejects.toMatchObject({ code: "file-too-large", detail: { got: "536870912 bytes" } });
  });
});

describe("makeFolder", () => {
  const folder = temporaryFolder();

  test("makes what is missing, and says whether it did", () => {
    expect(makeFolder(join(folder, "a", "b", "c"))).toBe(true);
    expect(makeFolder(join(folder, "a", "b", "c"))).toBe(false);
    expect(readdirSync(join(folder, "a", "b"))).toEqual(["c"]);
  });

  test("a file in the way is not a folder", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => makeFolder(join(folder, "file"))).toThrow(expect.objectContaining({ code: "EEXIST" }));
    expect(() => makeFolder(join(folder, "file", "below"))).toThrow(expect.objectContaining({ code: "ENOTDIR" }));
  });

  const onLinux = process.platform === "linux" ? test : test.skip;
  onLinux("regression: --out /proc/x never ended", () => {
    expect(() => makeFolder("/proc/vsi/below")).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });
});

test("regression: 'file system' stood in the message as the place where a file was missing", () => {
  const { message } = fileError(systemError("ENOENT"), "answers.jsonl", "the predictions to read");
  expect(message).toBe(
    "answers.jsonl: got nothing, expected the predictions to read. Check the path; was it moved or deleted?",
  );
});
