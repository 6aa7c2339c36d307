import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readChecksums } from "../../src/node/readChecksums.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();
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
