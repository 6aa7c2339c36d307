import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { readParquetRows } from "../../src/node/parquetRows.ts";

const folder = temporaryFolder();

const COLUMNS: ColumnSource[] = [
  { name: "aa", data: ["one", "two", "three"], type: "STRING" },
  { name: "bb", data: [1n, 2n, 3n], type: "INT64" },
  { name: "cc", data: [["x"], null, ["y", "z"]] },
];

/** Numbers as differences, which hyparquet reads in a loop of its own. */
const DIFFERENCES: ColumnSource[] = [{ name: "nn", data: [1, 2, 3], type: "INT32", encoding: "DELTA_BINARY_PACKED" }];

function written(name: string, change: (bytes: Buffer) => void = () => undefined, columnData = COLUMNS): string {
  const bytes = Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: 2, codec: "UNCOMPRESSED" }));
  change(bytes);
  const path = join(folder, `${name}.parquet`);
  writeFileSync(path, bytes);
  return path;
}

/** Where a text stands in the footer; -1 for nowhere. */
function inFooter(bytes: Buffer, text: string, nth: number): number {
  let at = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  for (let count = 0; count <= nth; count += 1) at = bytes.indexOf(text, at + 1);
  return at;
}

/** Makes the pages of every column unreadable: the headers of the first ones. */
function spoilPages(bytes: Buffer): void {
  bytes.fill(0xff, 4, bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8));
}

/** How the header of a page ends, in the columns that are no lists: how long the levels are. */
const HEADER_END = Buffer.from([0x15, 0x04, 0x15, 0x00, 0x00, 0x00]);

/** Where the levels of a page begin, which its values follow after two bytes. */
function levelsOf(bytes: Buffer, page: number): number {
  let at = 4;
  for (let count = 0; count <= page; count += 1) at = bytes.indexOf(HEADER_END, at) + HEADER_END.length;
  return at;
}

const DAMAGED: readonly (readonly [name: string, change: (bytes: Buffer) => void])[] = [
  ["pages", spoilPages],
  [
    "a column twice, and pages",
    (bytes) => {
      spoilPages(bytes);
      for (let at = inFooter(bytes, "bb", 0); at >= 0; at = bytes.indexOf("bb", at)) bytes.write("aa", at);
    },
  ],
  [
    "a group's column that the schema does not have, and pages",
    (bytes) => {
      spoilPages(bytes);
      bytes.write("dd", inFooter(bytes, "bb", 1));
    },
  ],
  ["a run of a billion levels", (bytes) => void bytes.writeUIntBE(0xfeffffff07, levelsOf(bytes, 0), 5)],
];

/** A block's size takes two bytes; the number of its parts is -1, and so goes back. */
const BACKWARDS = (bytes: Buffer) => void bytes.writeUIntBE(0xffffffff0f, levelsOf(bytes, 0) + 4, 5);

describe("readParquetRows", () => {
  test("yields every group's rows with their numbers, 64-bit integers as numbers", async () => {
    const rows: unknown[] = [];
    for await (const row of readParquetRows(written("whole"), true)) rows.push(row);
    expect(rows).toEqual([
      { row: 1, values: { aa: "one", bb: 1, cc: ["x"] } },
      { row: 2, values: { aa: "two", bb: 2, cc: null } },
      { row: 3, values: { aa: "three", bb: 3, cc: ["y", "z"] } },
    ]);
  });

  test("numbers as differences", async () => {
    const rows: unknown[] = [];
    for await (const { values } of readParquetRows(written("differences", undefined, DIFFERENCES), true))
      rows.push(values.nn);
    expect(rows).toEqual([1, 2, 3]);
  });

  test("a group that claims more rows than it has values is refused before any is made up", async () => {
    const path = written("rows", (bytes) => {
      // The group's num_rows, the field after its total_byte_size: a zigzag number below a hundred is one byte.
      const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
      const rowsOfLastGroup = bytes.lastIndexOf(Buffer.from([0x16, 2]), bytes.length - 8);
      if (rowsOfLastGroup < footer) throw new Error("no num_rows");
      bytes[rowsOfLastGroup + 1] = 100;
    });
    const reading = (async () => {
      for await (const { values } of readParquetRows(path, true)) expect(values.aa).toBeDefined();
    })();
    await expect(reading).rejects.toMatchObject({ code: "parquet-unreadable" });
  });

  // Regression: hyparquet does not wait for some columns of a damaged schema, and their failure ended the process; a
  // level's run of a billion made V8 end it, and differences in blocks of -1 parts were read for ever.
  test("damage that fails out of sight is an error like any other, in a process of its own", () => {
    const paths = DAMAGED.map(([name, change]) => written(name.replaceAll(" ", "-"), change));
    paths.push(written("backwards", BACKWARDS, DIFFERENCES));
    const script = `
      import { readParquetRows } from "@vsi/dataset/internal/node";
      for (const path of process.argv.slice(1)) {
        try {
          for await (const _ of readParquetRows(path, true));
          console.log("read");
        } catch (error) {
          console.log(error.code);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script, ...paths], {
      encoding: "utf8",
      timeout: 20_000,
      cwd: import.meta.dirname,
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout.trim().split("\n")).toEqual(paths.map(() => "parquet-unreadable"));
  });
});
