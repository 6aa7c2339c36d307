import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { physicalRoomOf } from "@vsi/dataset";
import { withFolder } from "@vsi/testing/folders";
import {
  type LabelMapEntry,
  labelRulesFrom,
  readLabelMap,
  readLabelRules,
  readSplitLists,
  readSplits,
  readTestRooms,
  splitsFrom,
} from "../../src/node/tables.ts";
import { thrownCode, thrownError } from "../support/thrownError.ts";

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
    [`${header.replace("nyu40id", "nyu")}\n`, "table-missing-column", "columns including nyu40id, separated by tabs"],
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

describe("readLabelRules", () => {
  test("the shipped table leaves out walls and floors and keeps chairs", async () => {
    const rules = await readLabelRules();
    expect(rules.get("wall")?.excluded).toBe("structure");
    expect(rules.get("floor")?.excluded).toBe("structure");
    expect(rules.get("armchair")?.excluded).toBeNull();
  });

  test("with VSI-Bench's names its set is named as it names it, and everything else is excluded", async () => {
    const canonical = await readLabelRules();
    const benchmark = await readLabelRules("vsi-bench");
    expect(canonical.get("trash bin")?.category).toBe("trash can");
    expect(benchmark.get("trash can")).toEqual({ category: "trash bin", excluded: null });
    expect(benchmark.get("couch")).toEqual({ category: "sofa", excluded: null });
    expect(benchmark.get("office chair")).toEqual({ category: "chair", excluded: null });
    expect(benchmark.get("kitchen cabinets")?.excluded).toBe("not-in-benchmark");
    expect(benchmark.get("wall")?.excluded).toBe("structure");
    expect(canonical.get("kitchen cabinets")).toEqual({ category: "kitchen cabinet", excluded: null });
  });

  test("a row is a rule, whatever the label's name", () => {
    const rules = labelRulesFrom([
      ["__proto__", "chair", ""],
      ["object", "object", "ambiguous"],
    ]);
    expect([...rules]).toEqual([
      ["__proto__", { category: "chair", excluded: null }],
      ["object", { category: "object", excluded: "ambiguous" }],
    ]);
  });

  test.each([
    ["an unknown exclusion", [["wall", "wall", "yes"]]],
    ["no category", [["wall", "", ""]]],
    [
      "a label twice",
      [
        ["wall", "wall", ""],
        ["wall", "wall", ""],
      ],
    ],
  ])("refuses %s", async (_, rows) => {
    expect(await thrownCode(() => labelRulesFrom(rows))).toBe("label-rules-bad-row");
  });
});

describe("readTestRooms", () => {
  test("has VSI-Bench's 288 scenes, none of ScanNet's on its training list", async () => {
    const rooms = await readTestRooms();
    const splits = await readSplits();
    const scans = [...rooms].filter((name) => physicalRoomOf(name) !== name);
    expect(scans).toHaveLength(88);
    for (const scan of scans) expect(splits.get(physicalRoomOf(scan))).toBe("val");
    expect([...rooms].filter((name) => /^\d{8}$/.test(name))).toHaveLength(150);
    expect([...rooms].filter((name) => /^[0-9a-f]{10}$/.test(name))).toHaveLength(50);
    // Regression: a room was known by the tested video alone, not by the visit_id that its other videos share.
    expect([...rooms].filter((name) => /^\d{6}$/.test(name))).toHaveLength(150);
    expect((await readSplitLists()).testRooms).toEqual(rooms);
  });
});

describe("readSplits", () => {
  test("the shipped table has ScanNet's 807 rooms, 100 of them for the test", async () => {
    const splits = await readSplits();
    expect(splits.size).toBe(807);
    expect([...splits.values()].filter((split) => split === "test")).toHaveLength(100);
    expect(splits.get("scene0000")).toBe("train");
  });

  test.each([
    ["a scan for a room", [["scene0000_00", "train"]]],
    ["an unknown split", [["scene0000", "validation"]]],
    [
      "a room twice",
      [
        ["scene0000", "train"],
        ["scene0000", "train"],
      ],
    ],
  ])("refuses %s", async (_, rows) => {
    expect(await thrownCode(() => splitsFrom(rows))).toBe("splits-bad-row");
  });
});
