import { createRequire } from "node:module";
import { basename } from "node:path";
import { type ExclusionReason, physicalRoomOf, type ScanNetSplit, type SplitLists } from "@vsi/dataset";
import { checkArguments, oneOf, PATH } from "@vsi/dataset/internal";
import { GeometryError } from "../errors.ts";
import type { LabelRule, LabelRules } from "../sources/scannet/labels.ts";
import { readScanFile } from "./files.ts";

/** What ScanNet's label map says about a raw label. */
export interface LabelMapEntry {
  /** The label that synonyms and typos were merged into. */
  category: string;
  /** Class of NYU's 40, or null where the map has none. */
  nyu40id: number | null;
  /** Name of that class; "" where the map has none. */
  nyu40class: string;
}

/**
 * Reads `scannetv2-labels.combined.tsv`, by raw_category (the labels of aggregations). Of rows with the same
 * raw_category the first counts.
 *
 * @throws GeometryError with the codes of `readTable`.
 *
 * @example
 * ```js
 * import { readLabelMap } from "@vsi/geometry/node";
 *
 * const labels = await readLabelMap("raw/scannetv2-labels.combined.tsv");
 * console.log(labels.has("chair")); // true
 * ```
 */
export async function readLabelMap(path: string): Promise<Map<string, LabelMapEntry>> {
  checkArguments("readLabelMap", { path: [path, PATH] });
  const rows = await readTable(path, {
    file: basename(path),
    delimiter: "\t",
    columns: ["raw_category", "category", "nyu40id", "nyu40class"],
    advice: "Download it with ScanNet's download script: --label_map.",
  });
  const entries = new Map<string, LabelMapEntry>();
  for (const [label = "", category = "", nyu40id = "", nyu40class = ""] of rows) {
    if (entries.has(label)) continue;
    entries.set(label, { category, nyu40id: /^\d+$/.test(nyu40id) ? Number(nyu40id) : null, nyu40class });
  }
  return entries;
}

/** What `readTable` should read. */
interface TableOptions {
  /** The file's name in messages. */
  file: string;
  delimiter: "," | "\t";
  /** Names of the wanted columns in the header row. The first is the key: no row may leave it empty. */
  columns: readonly string[];
  /** What the user can do when the file is not such a table. */
  advice: string;
}

/**
 * Reads a CSV or TSV file with a header row, LF or CRLF. Tabs separate plainly, without quotes, as in ScanNet's label
 * map.
 *
 * @returns A row of trimmed cells for every line, in the order of `columns`; "" where a line is too short.
 * @throws GeometryError "table-missing-column", "table-bad-row", "table-unreadable", and those of `readScanFile`.
 */
async function readTable(path: string, options: TableOptions): Promise<string[][]> {
  const { file, delimiter, columns, advice } = options;
  const text = new TextDecoder().decode(await readScanFile(path, file));
  const rows = await parseRows(text, options);
  const header = rows.shift() ?? [];
  const indices = columns.map((column) => header.indexOf(column));
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new GeometryError("table-missing-column", {
      file,
      place: "line 1",
      // 80: enough to recognise the line.
      got: `the columns ${JSON.stringify(header.join(", ").slice(0, 80))}`,
      expected: `columns including ${missing.join(", ")}, separated by ${delimiter === "\t" ? "tabs" : "commas"}`,
      advice,
    });
  }
  return rows.map((row, index) => {
    const cells = indices.map((column) => row[column] ?? "");
    if (cells[0] !== "") return cells;
    throw new GeometryError("table-bad-row", {
      file,
      place: `row ${index + 1} below the header`,
      got: `an empty ${columns[0]}`,
      expected: `a ${columns[0]} in every row`,
      advice,
    });
  });
}

async function parseRows(text: string, { file, delimiter, advice }: TableOptions): Promise<string[][]> {
  // Loaded when a table is read: 24 modules, which a thread that reads scans has no use for.
  const { parseString } = await import("fast-csv");
  const rows: string[][] = [];
  try {
    const quote = delimiter === "\t" ? null : '"';
    for await (const row of parseString(text, { delimiter, quote, trim: true, ignoreEmpty: true })) rows.push(row);
  } catch (error) {
    throw new GeometryError("table-unreadable", {
      file,
      place: `row ${rows.length + 1}`,
      got: String(error).replaceAll(/\s+/g, " ").slice(0, 200),
      expected: "a table with a header row",
      advice,
    });
  }
  return rows;
}

const EXCLUSIONS: ReadonlyMap<string, ExclusionReason | null> = new Map([
  ["", null],
  ["structure", "structure"],
  ["ambiguous", "ambiguous"],
]);

/**
 * Whose names an object's category is: our own canonical ones, or VSI-Bench's ("trash bin" where ours is "trash can").
 */
export type CategoryNames = "canonical" | "vsi-bench";

/**
 * Reads which labels mean the same and which questions may not name, from labels.csv of @vsi/scannet-manifests.
 * With the names of "vsi-bench" every label outside the benchmark's set is excluded; give `unlistedLabels:
 * "not-in-benchmark"` along with them, for the labels that the table does not list.
 *
 * @throws GeometryError "label-rules-bad-row", and those of `readTable`.
 *
 * @example
 * ```js
 * import { readLabelRules } from "@vsi/geometry/node";
 *
 * const rules = await readLabelRules();
 * console.log(rules.get("trash can").category, rules.get("wall").excluded); // trash can structure
 * ```
 */
export async function readLabelRules(names: CategoryNames = "canonical"): Promise<LabelRules> {
  checkArguments("readLabelRules", { names: [names, oneOf(["canonical", "vsi-bench"])] });
  const rows = await readManifest("labels.csv", ["raw_category", "category", "excluded", "vsi_bench"]);
  const rules = labelRulesFrom(rows);
  return names === "canonical" ? rules : benchmarkRules(rows, rules);
}

function benchmarkRules(rows: readonly (readonly string[])[], rules: LabelRules): LabelRules {
  const nameOf = new Map(rows.map(([label = "", , , name = ""]) => [label, name]));
  return new Map(
    Array.from(rules, ([label, rule]): [string, LabelRule] => {
      const name = nameOf.get(label) ?? "";
      if (name === "") return [label, { ...rule, excluded: rule.excluded ?? "not-in-benchmark" }];
      return [label, { category: name, excluded: null }];
    }),
  );
}

/**
 * The rules of a table's rows [raw_category, category, excluded].
 *
 * @throws GeometryError "label-rules-bad-row".
 */
export function labelRulesFrom(rows: readonly (readonly string[])[]): LabelRules {
  const rules = new Map<string, LabelRule>();
  for (const [label = "", category = "", excludedCell = ""] of rows) {
    const excluded = EXCLUSIONS.get(excludedCell);
    if (excluded === undefined) {
      throw badRow(label, `excluded ${JSON.stringify(excludedCell)}`, '"", structure or ambiguous');
    }
    if (category === "") throw badRow(label, "no category", "a category");
    if (rules.has(label)) throw badRow(label, "a second row", "each label once");
    rules.set(label, { category, excluded });
  }
  return rules;
}

function badRow(label: string, got: string, expected: string): GeometryError {
  return new GeometryError("label-rules-bad-row", {
    file: "@vsi/scannet-manifests/labels.csv",
    place: `row of ${JSON.stringify(label)}`,
    got,
    expected,
    advice: "Correct the row.",
  });
}

/**
 * Reads a table of @vsi/scannet-manifests.
 *
 * @param name The file's name, such as "splits.csv".
 * @returns The rows' cells in the order of `columns`.
 * @throws GeometryError with the codes of `readTable`.
 */
async function readManifest(name: string, columns: readonly string[]): Promise<string[][]> {
  const path = createRequire(import.meta.url).resolve(`@vsi/scannet-manifests/${name}`);
  const file = `@vsi/scannet-manifests/${name}`;
  return readTable(path, { file, delimiter: ",", columns, advice: "Install @vsi/scannet-manifests again." });
}

/** The names of ScanNet's official lists. */
const SPLITS: readonly string[] = ["train", "val", "test"] satisfies ScanNetSplit[];

/**
 * Reads ScanNet's official splits from splits.csv of @vsi/scannet-manifests, by physical room ("scene0000"): all scans
 * of a room are on one list.
 *
 * @throws GeometryError "splits-bad-row", and those of `readTable`.
 *
 * @example
 * ```js
 * import { readSplits } from "@vsi/geometry/node";
 *
 * const splits = await readSplits();
 * console.log(splits.get("scene0000")); // train
 * ```
 */
export async function readSplits(): Promise<Map<string, ScanNetSplit>> {
  return splitsFrom(await readManifest("splits.csv", ["room", "split"]));
}

/**
 * Reads the rooms that VSI-Bench tests on from test-rooms.csv of @vsi/scannet-manifests: 88 ScanNet scans, 150 videos of
 * ARKitScenes and 50 scenes of ScanNet++.
 *
 * @returns the names of the scenes, and of their physical rooms: ScanNet's, and Apple's visit_id, by which a table of rooms
 * names other videos of a room that is tested on.
 * @throws GeometryError with the codes of `readTable`.
 *
 * @example
 * ```js
 * import { readTestRooms } from "@vsi/geometry/node";
 *
 * const rooms = await readTestRooms();
 * console.log(rooms.has("scene0025"), rooms.has("41069025"), rooms.has("381658")); // true true true
 * ```
 */
export async function readTestRooms(): Promise<Set<string>> {
  const rows = await readManifest("test-rooms.csv", ["scene", "room"]);
  return new Set(
    rows.flatMap(([scene = "", room = ""]) => [scene, physicalRoomOf(scene), ...(room === "" ? [] : [room])]),
  );
}

/**
 * What splitOfAnyScene goes by. @throws GeometryError as readSplits and readTestRooms.
 *
 * @example
 * ```js
 * import { readSplitLists } from "@vsi/geometry/node";
 *
 * const { testRooms } = await readSplitLists();
 * console.log(testRooms.size > 100); // true
 * ```
 */
export async function readSplitLists(): Promise<SplitLists> {
  return { splitsByRoom: await readSplits(), testRooms: await readTestRooms() };
}

/**
 * The splits of a table's rows [room, split].
 *
 * @throws GeometryError "splits-bad-row".
 */
export function splitsFrom(rows: readonly (readonly string[])[]): Map<string, ScanNetSplit> {
  const splitByRoom = new Map<string, ScanNetSplit>();
  for (const [room = "", split = ""] of rows) {
    if (!/^scene\d{4}$/.test(room) || !SPLITS.includes(split) || splitByRoom.has(room)) {
      throw new GeometryError("splits-bad-row", {
        file: "@vsi/scannet-manifests/splits.csv",
        place: `row of ${JSON.stringify(room)}`,
        got: JSON.stringify([room, split]),
        expected: `each room once, such as "scene0000", with one of ${SPLITS.join(", ")}`,
        advice: "Correct the row.",
      });
    }
    splitByRoom.set(room, split as ScanNetSplit);
  }
  return splitByRoom;
}
