import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { parquetWriteBuffer } from "hyparquet-writer";
import { readParquetRows } from "../../src/node/parquetRows.ts";

const folder = temporaryFolder();

const COLUMNS = [
  { name: "aa", data: ["one", "two", "three"], type: "STRING" as const },
  { name: "bb", data: [1n, 2n, 3n], type: "INT64" as const },
  { name: "cc", data: [["x"], null, ["y", "z"]] },
];

function written(name: string, change: (bytes: Buffer) => void = () => undefined): string {
  const bytes = Buffer.from(parquetWriteBuffer({ columnData: COLUMNS, rowGroupSize: 2, codec: "UNCOMPRESSED" }));
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
];

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

  // Regression: hyparquet does not wait for some columns of a damaged schema, and their failure ended the process.
  test("damage that fails out of sight is an error like any other, in a process of its own", () => {
    const paths = DAMAGED.map(([name, change]) => written(name.replaceAll(" ", "-"), change));
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
      cwd: import.meta.dirname,
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout.trim().split("\n")).toEqual(DAMAGED.map(() => "parquet-unreadable"));
  });
});
