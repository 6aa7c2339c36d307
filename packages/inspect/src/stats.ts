import { join } from "node:path";
import {
  type AnswerUnit,
  QUESTION_TYPES,
  type QuestionType,
  type QuestionTypeRow,
  questionTypeRow,
} from "@vsi/dataset";
import { countOf, median } from "@vsi/dataset/internal";
import { readJsonl } from "@vsi/dataset/node";
import { validateQuestion, validateReject } from "@vsi/dataset/validate";
import { type Cell, textTable } from "@vsi/report";
import { checkDatasetFolder, listDatasetFiles, REJECTS_FILE, splitFile, splitOfFile } from "./folder/datasetFolder.ts";

/** What is in a dataset folder. */
export interface DatasetStats {
  dataset: string;
  /** By split that has a file; types in the order of QUESTION_TYPES. */
  splits: Record<string, { scenes: number; questions: number; types: Partial<Record<QuestionType, TypeStats>> }>;
  /** Candidates that were drawn and refused, by type, then by reason code. */
  refused: Partial<Record<QuestionType, Record<string, number>>>;
  /** Scans that were left out, by reason code. */
  scansSkipped: Record<string, number>;
}

/** One question type in one split. */
interface TypeStats {
  questions: number;
  /** Questions in a scene of the split, scenes without any counted as 0. */
  perScene: Summary;
  /** The answers where they are numbers, in `unit`; null where they are words. */
  numbers: Summary | null;
  /** Of the numbers; null where the answers are words. */
  unit: AnswerUnit | null;
  /** The number of questions by answer, the most frequent first; null where the answers are numbers. */
  words: Record<string, number> | null;
}

/**
 * Counts a dataset's questions, answers and rejects.
 *
 * @throws UsageError for a path that is not a finished dataset, DatasetError for a line that is no record.
 */
export async function datasetStats(folder: string): Promise<DatasetStats> {
  await checkDatasetFolder(folder);
  const splits: DatasetStats["splits"] = {};
  for (const file of await listDatasetFiles(folder)) {
    const split = splitOfFile(file);
    if (split !== null) splits[split] = await splitStats(folder, split);
  }
  return { dataset: folder, splits, ...(await rejectStats(folder)) };
}

interface Answers {
  byScene: Map<string, number>;
  texts: Map<string, number>;
}

async function splitStats(folder: string, split: string): Promise<DatasetStats["splits"][string]> {
  const file = splitFile(split);
  const scenes = new Set<string>();
  const byType = new Map<QuestionType, Answers>();
  let questions = 0;
  for await (const { line, record } of readJsonl(join(folder, file))) {
    validateQuestion(record, { file: join(folder, file).replaceAll("\\", "/"), place: `line ${line}` });
    const { question_type: type, scene_name, ground_truth } = record;
    questions += 1;
    scenes.add(scene_name);
    let answers = byType.get(type);
    if (!answers) {
      answers = { byScene: new Map(), texts: new Map() };
      byType.set(type, answers);
    }
    increase(answers.byScene, scene_name);
    increase(answers.texts, ground_truth);
  }
  const types = QUESTION_TYPES.flatMap((type) => {
    const answers = byType.get(type);
    return answers === undefined ? [] : [[type, typeStats(questionTypeRow(type), answers, scenes.size)] as const];
  });
  return { scenes: scenes.size, questions, types: Object.fromEntries(types) };
}

function typeStats({ answer, unit }: QuestionTypeRow, { byScene, texts }: Answers, scenes: number): TypeStats {
  const perScene = [...byScene.values(), ...Array<number>(scenes - byScene.size).fill(0)];
  const ordered = [...texts].sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1));
  const areNumbers = answer === "number";
  const numbers = areNumbers ? ordered.flatMap(([text, count]) => Array<number>(count).fill(Number(text))) : [];
  return {
    questions: perScene.reduce((sum, count) => sum + count, 0),
    perScene: summaryOf(perScene) ?? { smallest: 0, median: 0, largest: 0 },
    numbers: summaryOf(numbers),
    unit,
    words: areNumbers ? null : Object.fromEntries(ordered),
  };
}

async function rejectStats(folder: string): Promise<Pick<DatasetStats, "refused" | "scansSkipped">> {
  const byType = new Map<QuestionType | null, Map<string, number>>();
  const path = join(folder, REJECTS_FILE);
  for await (const { line, record } of readJsonl(path)) {
    validateReject(record, { file: path.replaceAll("\\", "/"), place: `line ${line}` });
    const codes = byType.get(record.question_type) ?? new Map<string, number>();
    byType.set(record.question_type, codes);
    increase(codes, record.code);
  }
  const sorted = (codes: ReadonlyMap<string, number> | undefined) =>
    Object.fromEntries([...(codes ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)));
  const refused = QUESTION_TYPES.filter((type) => byType.has(type)).map((type) => [type, sorted(byType.get(type))]);
  return { refused: Object.fromEntries(refused), scansSkipped: sorted(byType.get(null)) };
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Median and extremes, in the values' unit. */
interface Summary {
  smallest: number;
  median: number;
  largest: number;
}

/** Null without values; of an even number the median is the mean of the middle two. */
export function summaryOf(values: readonly number[]): Summary | null {
  const sorted = Float64Array.from(values).sort();
  const smallest = sorted.at(0);
  const largest = sorted.at(-1);
  if (smallest === undefined || largest === undefined) return null;
  return { smallest, median: median(sorted), largest };
}

/** Columns of a narrow terminal. */
const WIDTH = 80;

/**
 * No type has more fixed words than this (six directions of a camera); longer lists are names, and the most frequent
 * are shown.
 */
const SHOWN_ANSWERS = 6;

const LEGEND = "per scene: median (smallest–largest); answers: smallest / median / largest";

const RIGHT = "right" as const;

/** Statistics for a terminal of 80 columns. */
export function statsText(stats: DatasetStats, width?: number): string {
  const parts = Object.entries(stats.splits).flatMap(([split, { scenes, questions, types }]) => {
    const title = `${split}: ${countOf(questions, "question")} about ${countOf(scenes, "scene")}`;
    const entries = Object.entries(types);
    if (entries.length === 0) return [title];
    const rows = entries.map(([type, ofType]): Cell[] => [
      type,
      ofType.questions,
      perSceneText(ofType.perScene),
      answersText(ofType),
    ]);
    const columns = [
      { head: "question type" },
      { head: "questions", align: RIGHT },
      { head: "per scene", align: RIGHT },
      { head: "answers", align: RIGHT },
    ];
    const shares = entries.flatMap(([type, ofType]) => sharesText(type, ofType));
    return [title, textTable({ columns, rows }, width), LEGEND, ...shares];
  });
  return [...parts, rejectsText(stats)].join("\n\n");
}

function perSceneText({ smallest, median, largest }: Summary): string {
  return `${median.toLocaleString("en-US")} (${smallest}–${largest})`;
}

function summaryText({ smallest, median, largest }: Summary): string {
  return [smallest, median, largest].map((value) => value.toLocaleString("en-US")).join(" / ");
}

function answersText({ numbers, unit, words }: TypeStats): string {
  if (numbers === null) return countOf(Object.keys(words ?? {}).length, "answer");
  return `${summaryText(numbers)}${unit === "count" || unit === null ? "" : ` ${unit}`}`;
}

function sharesText(type: string, { words, questions }: TypeStats): string[] {
  if (words === null) return [];
  const entries = Object.entries(words);
  const shown = entries.slice(0, SHOWN_ANSWERS).map(([word, count]) => `${word} ${shareText(count / questions)}`);
  const rest = entries.slice(SHOWN_ANSWERS);
  const inRest = rest.reduce((sum, [, count]) => sum + count, 0);
  const others = rest.length === 0 ? [] : [`${countOf(rest.length, "other")} ${shareText(inRest / questions)}`];
  return [[type, ...wrapped([...shown, ...others])].join("\n")];
}

/** "a, b," in lines of the terminal's width, indented. */
function wrapped(items: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [index, item] of items.entries()) {
    const text = `${item}${index < items.length - 1 ? ", " : ""}`;
    const last = lines.at(-1);
    if (last !== undefined && `${last}${text}`.trimEnd().length <= WIDTH) {
      lines[lines.length - 1] = last + text;
    } else {
      lines.push(`  ${text}`);
    }
  }
  return lines.map((line) => line.trimEnd());
}

/** One decimal below 10 %: whole percents would make small shares alike. */
function shareText(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function rejectsText({ refused, scansSkipped }: DatasetStats): string {
  const rows = [
    ...Object.entries(refused).flatMap(([type, codes]) =>
      Object.entries(codes).map(([code, count]): Cell[] => [type, code, count]),
    ),
    ...Object.entries(scansSkipped).map(([code, count]): Cell[] => ["(whole scan)", code, count]),
  ];
  if (rows.length === 0) return "Nothing was refused.";
  const columns = [{ head: "refused" }, { head: "reason" }, { head: "candidates", align: RIGHT }];
  return textTable({ columns, rows });
}
