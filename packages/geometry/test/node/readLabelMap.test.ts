import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type LabelMapEntry, readLabelMap } from "../../src/node/readLabelMap.ts";
import { thrownError } from "../thrownError.ts";
import { withFolder } from "./temporaryFolder.ts";

const header = ["id", "raw_category", "category", "count", "nyu40id", "nyu40class", "extra", "more"].join("\t");
const read = (content: string): Promise<Map<string, LabelMapEntry>> =>
  withFolder({ "map.tsv": content }, (folder) => readLabelMap(join(folder, "map.tsv")));

describe("readLabelMap", () => {
  test.each(["\n", "\r\n"])("reads rows of any length with line end %j; of doubled ones the first", async (lineEnd) => {
    const rows = [
      header,
      "1\twall\twall\t9\t1\twall\ta\tb",
      '2\t15" "tv"\ttv\t9\t25\ttelevision',
      "",
      "3\t__proto__\tx",
    ];
    rows.push("4\twall\tother\t9\t2\tfloor\ta\tb", "5\twall\twall\t9\t1\twall\ta\tb");
    expect([...(await read(rows.join(lineEnd)))]).toEqual([
      ["wall", { category: "wall", nyu40id: 1, nyu40class: "wall" }],
      ['15" "tv"', { category: "tv", nyu40id: 25, nyu40class: "television" }],
      ["__proto__", { category: "x", nyu40id: null, nyu40class: "" }],
    ]);
  });

  test.each([
    ["a,raw_category,category\n1,2,3\n", "table-missing-column", "raw_category, category, nyu40id, nyu40class"],
    [`${header.replace("nyu40id", "nyu")}\n`, "table-missing-column", "nyu40id among them, separated by tabs"],
    [`${header}\n1\t\twall\n`, "table-bad-row", "a raw_category in every row"],
    ["", "file-empty", "content"],
  ])("refuses %j", async (content, code, expected) => {
    const error = await thrownError(() => read(content));
    expect(error?.code).toBe(code);
    expect(error?.detail.expected).toContain(expected);
    expect(error?.detail.file).toBe("map.tsv");
  });

  test("a map that is not there is an error that says so", async () => {
    expect((await thrownError(() => readLabelMap("nowhere/map.tsv")))?.code).toBe("file-missing");
  });
});
