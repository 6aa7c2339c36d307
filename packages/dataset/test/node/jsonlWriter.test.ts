import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { JsonlWriter } from "../../src/node/jsonlWriter.ts";
import { readJsonl } from "../../src/node/readJsonl.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

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

const fullDisk = existsSync("/dev/full") ? test : test.skip;
fullDisk("a full disk is told at the write that meets it, or at close", async () => {
  const home = join(folder, "full");
  mkdirSync(home);
  const path = join(home, "a.jsonl");
  symlinkSync("/dev/full", `${path}.partial`);
  const writer = await JsonlWriter.open(path);
  await expect(writer.write({ text: "z".repeat(100_000) })).rejects.toMatchObject({ code: "write-no-space" });
  await expect(writer.close()).rejects.toMatchObject({ code: "write-no-space" });
  expect(readdirSync(home)).toEqual([]);
});

test("a missing folder is an error at open", async () => {
  await expect(JsonlWriter.open(join(folder, "nowhere", "a.jsonl"))).rejects.toMatchObject({ code: "file-missing" });
});
