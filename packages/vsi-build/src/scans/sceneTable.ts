/** A row of a table of scenes. */
export interface SceneRow {
  /** Where it stands, for errors: "line 2". */
  place: string;
  scene: string;
  /** Apple's visit_id, the room that a video of ARKitScenes shows; null where the table does not say it. */
  visit: string | null;
  /** Whether the table's own split trains on it: Apple's `fold` "Training". */
  isTraining: boolean;
}

/**
 * Reads a table of scenes or videos (CSV or TSV; RFC 4180), whose header row names a column for them, such as Apple's
 * 3dod_train_val_splits.csv and metadata.csv (video_id, visit_id, fold) or a benchmark's questions (scene_name).
 *
 * @param columns the names that the column of scenes may have, in lower case.
 * @returns null where the first row names no such column: a list of names.
 */
export function readSceneTable(text: string, columns: readonly string[]): SceneRow[] | null {
  const [head = ""] = text.split(/\r?\n/, 1);
  const delimiter = head.includes("\t") ? "\t" : ",";
  const [header = { cells: [] }, ...rows] = rowsOf(text, delimiter);
  const names = header.cells.map((name) => name.toLowerCase());
  const scene = columns.map((name) => names.indexOf(name)).find((index) => index >= 0);
  if (scene === undefined) return null;
  const [visit, fold] = [names.indexOf("visit_id"), names.indexOf("fold")];
  return rows.map(({ line, cells }) => ({
    place: `line ${line}`,
    scene: cells[scene] ?? "",
    visit: visitOf(cells[visit] ?? ""),
    isTraining: /^train/i.test(cells[fold] ?? ""),
  }));
}

/** Apple's tables have NA where the room is not known, and a table with such cells its numbers as 421372.0. */
function visitOf(cell: string): string | null {
  return /^\d+(?:\.0)?$/.test(cell) ? cell.replace(/\.0$/, "") : null;
}

/** Rows with anything in them, trimmed; a cell in double quotes may hold delimiters, line breaks and doubled quotes. */
function rowsOf(text: string, delimiter: "," | "\t"): { line: number; cells: string[] }[] {
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
