import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { type JsonlRecord, JsonlWriter, readJsonl } from "../../src/node/jsonl.ts";

const folder = temporaryFolder();

test("what is written is read back, line by line, whatever the text", async () => {
  const path = join(folder, "round.jsonl");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue())), async (records) => {
      const plain = JSON.parse(JSON.stringify(records)) as object[];
      const writer = await JsonlWriter.open(path);
      for (const record of plain) {
        await writer.write(record);
      }
      await writer.close();
      const read: unknown[] = [];
      for await (const { line, record } of readJsonl(path)) {
        expect(line).toBe(read.length + 1);
        read.push(record);
      }
      expect(read).toEqual(plain);
    }),
    { numRuns: 50 },
  );
});

test("the old file stands until close; then the new one is complete and alone", async () => {
  const home = join(folder, "atomic");
  mkdirSync(home);
  const path = join(home, "a.jsonl");
  writeFileSync(path, "old");
  const writer = await JsonlWriter.open(path);
  await writer.write({ text: "x".repeat(200_000) });
  expect(readFileSync(path, "utf8")).toBe("old");
  await writer.close();
  expect(readFileSync(path, "utf8")).toBe(`{"text":"${"x".repeat(200_000)}"}\n`);
  expect(readdirSync(home)).toEqual(["a.jsonl"]);
});

test("many chunks keep their order, also when nobody awaits the writes", async () => {
  const path = join(folder, "order.jsonl");
  const writer = await JsonlWriter.open<{ number: number; text: string }>(path);
  const writes = Array.from({ length: 500 }, (_, number) => writer.write({ number, text: "y".repeat(1000) }));
  await Promise.all(writes);
  await writer.close();
  const numbers = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).number as number);
  expect(numbers).toEqual(Array.from({ length: 500 }, (_, number) => number));
});

test("no record gives an empty file", async () => {
  const path = join(folder, "empty.jsonl");
  await (await JsonlWriter.open(path)).close();
  expect(readFileSync(path, "utf8")).toBe("");
});

test("abort leaves neither file nor partial file", async () => {
  const path = join(folder, "aborted.jsonl");
  const writer = await JsonlWriter.open(path);
  await writer.write({ a: 1 });
  await writer.abort();
  expect(existsSync(path) || existsSync(`${path}.partial`)).toBe(false);
});

test("a folder in the way: close says so and removes the partial file", async () => {
  const path = join(folder, "blocked.jsonl");
  mkdirSync(join(path, "inside"), { recursive: true });
  const writer = await JsonlWriter.open(path);
  await expect(writer.close()).rejects.toMatchObject({ code: "file-is-a-folder" });
  expect(existsSync(`${path}.partial`)).toBe(false);
});

test("a full disk is told at the write that meets it, or at close", async () => {
  const home = join(folder, "full");
  mkdirSync(home);
  const path = join(home, "a.jsonl");
  // A link to /dev/full would not be written through; making the device itself takes root.
  if (spawnSync("mknod", [`${path}.partial`, "c", "1", "7"]).status !== 0) {
    console.warn("skipped: this user may not make a device that is always full");
    return;
  }
  const writer = await JsonlWriter.open(path);
  await expect(writer.write({ text: "z".repeat(100_000) })).rejects.toMatchObject({ code: "write-no-space" });
  await expect(writer.close()).rejects.toMatchObject({ code: "write-no-space" });
  expect(readdirSync(home)).toEqual([]);
});

test("regression: a writer made by new, which JavaScript allows, failed by a TypeError at its end", () => {
  const Writer = JsonlWriter as unknown as new (path: string) => unknown;
  expect(() => new Writer("a.jsonl")).toThrow(
    "new JsonlWriter(): got nothing, expected an open file: await JsonlWriter.open(path) makes a writer.",
  );
});

test("a missing folder is an error at open", async () => {
  await expect(JsonlWriter.open(join(folder, "nowhere", "a.jsonl"))).rejects.toMatchObject({ code: "file-missing" });
});

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
