import { questionTypeRow } from "@vsi/dataset";
import type { AuditData, Overview, QuestionTable, RunAnswer, RunData } from "../../data/contract.ts";
import type { Facet } from "./filterRows.ts";

/** What a run made of a question. Numbers earn parts of a point: half of one and more counts as right. */
export const VERDICTS = ["right", "wrong", "unanswered"] as const;
export type Verdict = (typeof VERDICTS)[number];

const HALF = 0.5;

/** Null where the run was not asked. */
export function verdictOf(answer: RunAnswer | null | undefined): Verdict | null {
  if (!answer) return null;
  if (answer.read === null) return "unanswered";
  return answer.robust >= HALF ? "right" : "wrong";
}

/** How a run does at a question against another one, the base. */
export const FLIPS = ["gained", "lost", "both", "neither"] as const;
export type Flip = (typeof FLIPS)[number];

export const FLIP_TITLES: Readonly<Record<Flip, string>> = {
  gained: "got right",
  lost: "lost",
  both: "right in both",
  neither: "right in neither",
};

/** Null where one of the two was not asked. */
export function flipOf(answer: RunAnswer | null | undefined, base: RunAnswer | null | undefined): Flip | null {
  const [own, other] = [verdictOf(answer), verdictOf(base)];
  if (own === null || other === null) return null;
  if (own === "right") return other === "right" ? "both" : "gained";
  return other === "right" ? "lost" : "neither";
}

/** How well the strongest blind guess does, in steps; the name is what the address says. */
export const GUESSABLE = [
  { name: "0.9", from: 0.9, title: "guessed (90 % and over)" },
  { name: "0.5", from: 0.5, title: "half guessed (50 to 90 %)" },
  { name: "0", from: 0, title: "hardly guessed (under 50 %)" },
] as const;

/** A way to filter the list: its values with their titles, and which of them each row has. */
export interface Column {
  /** The parameter in the address. */
  name: string;
  title: string;
  /** What the address says for each value. */
  keys: readonly string[];
  titles: readonly string[];
  values: Int32Array;
}

/** The filters of the questions, or of the refused candidates. */
export function columnsOf(
  { types, splits, scenes }: Overview,
  table: QuestionTable,
  isRefused: boolean,
  run: RunData | null,
  audit: AuditData | null,
  base: RunData | null = null,
): Column[] {
  const columns: Column[] = [
    {
      name: "type",
      title: "Type",
      keys: types,
      titles: types.map((type) => questionTypeRow(type).title),
      values: Int32Array.from(table.type),
    },
  ];
  if (isRefused) columns.push(reasonColumn(table));
  else
    columns.push({ name: "split", title: "Split", keys: splits, titles: splits, values: Int32Array.from(table.split) });
  const names = scenes.map(({ scene_name }) => scene_name);
  columns.push({ name: "scene", title: "Scene", keys: names, titles: names, values: Int32Array.from(table.scene) });
  if (run !== null && !isRefused) {
    const titles = ["right (half a point and more)", "wrong", "not read"];
    const values = columnBy(table.rows, (row) => {
      const verdict = verdictOf(run.answers[row]);
      return verdict === null ? -1 : VERDICTS.indexOf(verdict);
    });
    columns.push({ name: "verdict", title: "Verdict", keys: VERDICTS, titles, values });
  }
  if (run !== null && base !== null && !isRefused) {
    const values = columnBy(table.rows, (row) => {
      const flip = flipOf(run.answers[row], base.answers[row]);
      return flip === null ? -1 : FLIPS.indexOf(flip);
    });
    const titles = FLIPS.map((flip) => FLIP_TITLES[flip]);
    columns.push({ name: "flip", title: "Change", keys: FLIPS, titles, values });
  }
  if (audit !== null && !isRefused) {
    const values = columnBy(table.rows, (row) => {
      const score = audit.guessable[row];
      return typeof score === "number" ? GUESSABLE.findIndex(({ from }) => score >= from) : -1;
    });
    const keys = GUESSABLE.map(({ name }) => name);
    columns.push({ name: "guess", title: "Blind guess", keys, titles: GUESSABLE.map(({ title }) => title), values });
  }
  return columns;
}

function reasonColumn({ rows, questions, answer }: QuestionTable): Column {
  const places = new Map<string, number>();
  const values = columnBy(rows, (row) => {
    if (row < questions) return -1;
    const code = answer[row] ?? "";
    const place = places.get(code) ?? places.size;
    places.set(code, place);
    return place;
  });
  const codes = [...places.keys()];
  return { name: "reason", title: "Reason", keys: codes, titles: codes, values };
}

function columnBy(rows: number, valueAt: (row: number) => number): Int32Array {
  const values = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) values[row] = valueAt(row);
  return values;
}

/** The columns as facets, with what the address asks for; a value that is unknown filters nothing. */
export function facetsOf(columns: readonly Column[], params: Readonly<Record<string, string>>): Facet[] {
  return columns.map(({ name, keys, values }) => {
    const place = keys.indexOf(params[name] ?? "");
    return { values, size: keys.length, wanted: place < 0 ? null : place };
  });
}

/** What a search looks through, by row. */
export function searchedTexts({ scenes }: Overview, { text, answer, scene, id }: QuestionTable): string[] {
  return text.map(
    (words, row) => `${words}\n${answer[row]}\n${scenes[scene[row] ?? -1]?.scene_name ?? ""}\n${id[row] ?? ""}`,
  );
}
