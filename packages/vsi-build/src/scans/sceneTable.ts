/** A row of a table of scenes. */
export interface SceneRow {
  /** Where it stands, for errors: "line 2". */
  place: string;
  scene: string;
  /** The physical room that it shows, such as Apple's visit_id; null where the table does not say it. */
  room: string | null;
  /** Whether the table's own fold trains on it: Apple's `fold` "Training". */
  isTraining: boolean;
  /** The split that the table gives it, as written, such as Apple's fold; null where it gives none. */
  split: string | null;
}

/** The fields by which records name their scene: VSI-Bench's and ours, ReVSI's, and those that name a video. */
export const SCENE_FIELDS = ["scene_name", "scene_id", "scene", "video", "video_path"] as const;

/** The same of tables; Apple's number a video. */
const SCENE_COLUMNS: readonly string[] = [...SCENE_FIELDS, "video_id"];

/** Fields and columns of a physical room; Apple's number a visit. */
const ROOM_COLUMNS: readonly string[] = ["room", "visit_id"];

/** Fields and columns of a split; Apple calls it a fold. */
const SPLIT_COLUMNS: readonly string[] = ["split", "fold"];

/**
 * Reads a table of scenes or videos (CSV, RFC 4180, or TSV), whose header row names a column for them, such as Apple's
 * 3dod_train_val_splits.csv and metadata.csv (video_id, visit_id, fold), a benchmark's questions (scene_name), or one's
 * own (scene, room, split).
 *
 * @returns null where the first row names no such column: a list of names.
 */
export function readSceneTable(text: string): SceneRow[] | null {
  const [head = ""] = text.split(/\r?\n/, 1);
  // Spreadsheets of many countries write semicolons.
  const delimiter = head.includes("\t") ? "\t" : head.includes(";") && !head.includes(",") ? ";" : ",";
  const [header = { cells: [] }, ...rows] = rowsOf(text, delimiter);
  const names = header.cells.map((name) => name.toLowerCase());
  if (!SCENE_COLUMNS.some((column) => names.includes(column))) return null;
  return rows.map(({ line, cells }) =>
    rowOf(
      `line ${line}`,
      // Of two columns of one name the first counts.
      Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""] as const).reverse()),
    ),
  );
}

/** A record of JSON as a row of a table; null where no field names a scene. */
export function sceneRowOf(place: string, record: Readonly<Record<string, unknown>>): SceneRow | null {
  const isCell = (value: unknown): boolean => typeof value === "string" || Number.isSafeInteger(value);
  // ARKitScenes' names are numbers, and tools that write tables take them for such.
  const cells = Object.entries(record).flatMap(([name, value]) => (isCell(value) ? [[name, String(value)]] : []));
  const fields = Object.fromEntries(cells) as Record<string, string>;
  return SCENE_COLUMNS.some((column) => Object.hasOwn(fields, column)) ? rowOf(place, fields) : null;
}

function rowOf(place: string, cells: Readonly<Record<string, string>>): SceneRow {
  const cellOf = (columns: readonly string[]): string =>
    columns.flatMap((name) => (Object.hasOwn(cells, name) ? (cells[name] ?? "").trim() : [])).at(0) ?? "";
  const known = (cell: string): string | null => (UNKNOWN.test(cell) ? null : cell);
  return {
    place,
    scene: cellOf(SCENE_COLUMNS),
    // A table with empty cells has its numbers as 421372.0.
    room: known(cellOf(ROOM_COLUMNS).replace(/^(\d+)\.0$/, "$1")),
    isTraining: /^train/i.test(cells.fold ?? ""),
    split: known(cellOf(SPLIT_COLUMNS)),
  };
}

/** Apple's tables have NA where the room is not known, pandas NaN. */
const UNKNOWN = /^(?:na|nan|null|none)?$/i;

/** Rows with anything in them, trimmed; a cell in double quotes may hold delimiters, line breaks and doubled quotes. */
function rowsOf(text: string, delimiter: "," | ";" | "\t"): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${delimiter}\\r\\n]*)(${delimiter}|\\r?\\n|\\r|$)`, "y");
  let cells: string[] = [];
  let [line, firstLine] = [1, 1];
  while (cell.lastIndex < text.length) {
    // It always matches: a cell without quotes ends at the next delimiter or line break, or with the text.
    const [whole = "", content = "", end] = cell.exec(text) ?? [];
    const isQuoted = /^".*"$/s.test(content);
    cells.push((isQuoted ? content.slice(1, -1).replaceAll('""', '"') : content).trim());
    line += whole.split("\n").length - 1;
    if (end === delimiter) continue;
    if (cells.some((one) => one !== "")) rows.push({ line: firstLine, cells });
    cells = [];
    firstLine = line;
  }
  return rows;
}
