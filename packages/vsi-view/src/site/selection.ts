import { randomStream, shuffled } from "@vsi/dataset";
import { at, isRecord } from "@vsi/dataset/internal";
import type { AuditData, QuestionTable, RunData, SceneData, TrainingData } from "../data/contract.ts";
import type { QuestionIndex } from "../data/questionIndex.ts";

/** The scenes of a dataset that go into a site, and their new numbers. */
export interface Selection {
  /** Scene indices of the dataset, ascending. */
  scenes: number[];
  /** The table of what is left. */
  table: QuestionTable;
  /** The new row of each row; -1 for one that is left out. */
  newRow: Int32Array;
}

/**
 * Whole scenes with `limit` questions at most in all: the scenes are gone through by lot, and those that still fit are
 * taken, so that a small site is like the dataset. The same dataset gives the same scenes. Where none fits, the scene
 * with the fewest questions is taken: a site of none shows nothing.
 *
 * @param limit null for everything, scans that were left out among it.
 */
export function selectScenes({ table, rowsOfScene }: QuestionIndex, limit: number | null): Selection {
  if (limit === null || limit >= table.questions) {
    const newRow = Int32Array.from({ length: table.rows }, (_, row) => row);
    return { scenes: [...rowsOfScene.keys()], table, newRow };
  }
  const sizes = rowsOfScene.map((rows) => rows.filter((row) => row < table.questions).length);
  const asked = [...sizes.keys()].filter((scene) => at(sizes, scene) > 0);
  const taken: number[] = [];
  let left = limit;
  for (const scene of shuffled(randomStream([0, "vsi-view export"]), asked)) {
    const size = at(sizes, scene);
    if (size > left) continue;
    taken.push(scene);
    left -= size;
  }
  if (taken.length === 0) {
    const [smallest] = asked.sort((one, other) => at(sizes, one) - at(sizes, other));
    if (smallest !== undefined) taken.push(smallest);
  }
  return selectionOf(
    table,
    taken.sort((one, other) => one - other),
  );
}

function selectionOf(table: QuestionTable, scenes: number[]): Selection {
  const newScene = new Map(scenes.map((scene, index) => [scene, index]));
  const newRow = new Int32Array(table.rows).fill(-1);
  const kept: number[] = [];
  for (const [row, scene] of table.scene.entries()) if (newScene.has(scene)) newRow[row] = kept.push(row) - 1;
  const pick = <T>(column: readonly T[]): T[] => kept.map((row) => column[row] as T);
  return {
    scenes,
    newRow,
    table: {
      rows: kept.length,
      questions: kept.filter((row) => row < table.questions).length,
      id: pick(table.id),
      type: pick(table.type),
      split: pick(table.split),
      scene: pick(table.scene).map((scene) => newScene.get(scene) ?? -1),
      text: pick(table.text),
      answer: pick(table.answer),
    },
  };
}

/** A scene with the selection's rows. */
export function selectScene(data: SceneData, { newRow }: Selection): SceneData {
  const renumber = (rows: readonly number[]) => rows.map((row) => at(newRow, row));
  return { ...data, rows: renumber(data.rows), rejectRows: renumber(data.rejectRows) };
}

/** A run with the answers of the selection; its scores are those of the whole run. */
export function selectRun(data: RunData, selection: Selection): RunData {
  const { settings, comparisons } = withoutPlaces({ settings: data.settings, comparisons: data.comparisons });
  return { ...data, settings, comparisons, answers: selectColumn(data.answers, selection) };
}

/** An audit with the selection's questions; what it found is of the whole dataset. */
export function selectAudit(data: AuditData, selection: Selection): AuditData {
  return { ...data, guessable: selectColumn(data.guessable, selection) };
}

/** A training whose samples point to the selection's rows. */
export function selectTraining(data: TrainingData, { newRow }: Selection): TrainingData {
  const samples = data.samples.map((sample) => {
    const row = sample.row === null ? -1 : at(newRow, sample.row);
    return { ...sample, row: row < 0 ? null : row };
  });
  return { ...data, settings: withoutPlaces(data.settings), samples };
}

/**
 * Settings without where somebody's files and servers are, which a public site is not to tell: of a path that is not
 * relative its last step is left, of an address nothing, of a longer text that names either nothing too.
 */
function withoutPlaces<T>(value: T): T {
  if (typeof value === "string") return withoutPlace(value) as T;
  if (Array.isArray(value)) return value.map(withoutPlaces) as T;
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [withoutPlace(name), withoutPlaces(inner)]);
  return Object.fromEntries(entries) as T;
}

const PLAIN_ADDRESS = /^[a-z][a-z+.-]*:\/\/\S*$/i;

/** From a root, a home or a parent folder, and nothing but the path. */
const PLAIN_PATH = /^([/\\~]|[a-z]:[/\\]|\.\.[/\\])[^\s"'=:@]*$/i;

/** An address, a user or host, a variable, or a path behind a blank or a sign ("--prompt=/home/me/p.txt"). */
const NAMES_A_PLACE = /:\/\/|@|\$\w|[\w-]:\d|(^|[^\w.])([/\\~]|[a-z]:[/\\])|\.\.[/\\]/i;

function withoutPlace(text: string): string {
  if (PLAIN_ADDRESS.test(text)) return "(an address)";
  if (PLAIN_PATH.test(text)) return text.split(/[/\\]+/).findLast((step) => step !== "") ?? "";
  return NAMES_A_PLACE.test(text) ? "(left out)" : text;
}

function selectColumn<T>(column: readonly T[], { newRow, table }: Selection): T[] {
  const picked = new Array<T>(table.rows);
  for (const [row, value] of column.entries()) {
    const to = at(newRow, row);
    if (to >= 0) picked[to] = value;
  }
  return picked;
}
