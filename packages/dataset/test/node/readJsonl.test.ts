import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { type JsonlRecord, readJsonl } from "../../src/node/readJsonl.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();

async function read(content: string | Uint8Array) {
  const path = join(folder, "a.jsonl");
  writeFileSync(path, content);
  const records: JsonlRecord[] = [];
  for await (const record of readJsonl(path)) {
    records.push(record);
  }
  return records;
}

test.each([
  ["line feeds", '{"a":1}\n{"a":2}\n', [1, 2]],
  ["CRLF", '{"a":1}\r\n{"a":2}\r\n', [1, 2]],
  ["no end of the last line", '{"a":1}\n{"a":2}', [1, 2]],
  ["a byte order mark", '\uFEFF{"a":1}\n{"a":2}\n', [1, 2]],
  ["blank lines, which count", '\n{"a":1}\n \r\n{"a":2}\n\n', [2, 4]],
])("reads %s", async (_, content, lines) => {
  expect(await read(content)).toEqual([
    { line: lines[0], record: { a: 1 } },
    { line: lines[1], record: { a: 2 } },
  ]);
});

test("an empty file has no records", async () => {
  expect(await read("")).toEqual([]);
});

test("letters cut by the read buffer's 64 KiB edge are whole again", async () => {
  const record = { text: "ä厨🙂".repeat(30_000) };
  expect(await read(`${JSON.stringify(record)}\n${JSON.stringify(record)}`)).toEqual([
    { line: 1, record },
    { line: 2, record },
  ]);
});

test("broken JSON is an error with file and line, after the records before it", async () => {
  const path = join(folder, "broken.jsonl");
  writeFileSync(path, '{"a":1}\n{"a":\n');
  const records = readJsonl(path);
  expect(await records.next()).toMatchObject({ value: { line: 1 } });
  await expect(records.next()).rejects.toMatchObject({
    code: "jsonl-syntax",
    detail: { file: path, place: "line 2" },
  });
});

test("bytes that are not UTF-8, in the middle or cut at the end, are an error", async () => {
  await expect(read(Uint8Array.of(0x22, 0xff, 0x22))).rejects.toMatchObject({ code: "jsonl-encoding" });
  await expect(read(Uint8Array.of(0x22, 0xc3))).rejects.toMatchObject({ code: "jsonl-encoding" });
});

test("a file without line ends is refused before it fills the memory", async () => {
  const content = `{}\n[${" ".repeat(17 * 1024 * 1024)}]`;
  await expect(read(content)).rejects.toMatchObject({ code: "jsonl-line-too-long", detail: { place: "line 2" } });
});

test("a missing file is an error with the path", async () => {
  await expect(readJsonl(join(folder, "nowhere.jsonl")).next()).rejects.toMatchObject({ code: "file-missing" });
});
