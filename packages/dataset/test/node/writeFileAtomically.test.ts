import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { writeFileAtomically } from "../../src/node/writeFileAtomically.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

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
