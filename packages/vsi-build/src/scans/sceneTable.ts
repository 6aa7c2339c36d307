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

const KNOWN_COLUMNS: ReadonlySet<string> = new Set([...SCENE_COLUMNS, ...ROOM_COLUMNS, ...SPLIT_COLUMNS]);

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

/**
 * A record of JSON as a row of a table, null where no field names a scene; or the name of a field of it that is neither
 * text nor a whole number: what it says must not be left out unseen.
 */
export function sceneRowOf(place: string, record: Readonly<Record<string, unknown>>): SceneRow | string | null {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(record)) {
    const column = name.toLowerCase();
    if (!KNOWN_COLUMNS.has(column) || value === null || Object.hasOwn(fields, column)) continue;
    // ARKitScenes' names are numbers, and tools that write tables take them for such.
    if (typeof value !== "string" && !Number.isSafeInteger(value)) return name;
    fields[column] = String(value);
  }
  return SCENE_COLUMNS.some((column) => Object.hasOwn(fields, column)) ? rowOf(place, fields) : null;
}

function rowOf(place: string, cells: Readonly<Record<string, string>>): SceneRow {
  // Of several columns the first that says something: one's own, empty, may stand beside Apple's.
  const cellOf = (columns: readonly string[], nothing = UNKNOWN): string | null => {
    const filled = columns.map((name) => (cells[name] ?? "").trim()).find((cell) => !nothing.test(cell));
    // A table with empty cells has its numbers as 421372.0.
    return filled?.replace(/^(\d+)\.0$/, "$1") ?? null;
  };
  return {
    place,
    scene: cellOf(SCENE_COLUMNS, /^$/) ?? "",
    room: cellOf(ROOM_COLUMNS),
    isTraining: /^train/i.test(cells.fold ?? ""),
    split: cellOf(SPLIT_COLUMNS),
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
