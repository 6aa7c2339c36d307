import type { Manifest, QuestionType } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import { bars, CHART_LIMITS, histogram, markdownTable } from "@vsi/report";
import { recordedSettings } from "./settings.ts";
import { type QuestionsSummary, questionsOf, type TypeSummary } from "./summary.ts";

/** Questions by type and split; types that were asked for and have none stand there with 0. */
export function countTable(manifest: Manifest, summary: QuestionsSummary): string {
  const { splits } = summary;
  const found = new Map(summary.types.map((ofType) => [ofType.type, ofType]));
  const types = new Set([...recordedSettings(manifest).types, ...found.keys()]);
  const rows = [...types].map((type) => {
    const ofType = found.get(type);
    return [
      type,
      ...splits.map(({ split }) => ofType?.questions[split] ?? 0),
      ofType === undefined ? 0 : questionsOf(ofType),
    ];
  });
  const total = (count: (split: QuestionsSummary["splits"][number]) => number): number[] => {
    const counts = splits.map(count);
    return [...counts, counts.reduce((sum, one) => sum + one, 0)];
  };
  return markdownTable({
    columns: [
      { head: "question type" },
      ...[...splits.map(({ split }) => split), "all"].map((head) => ({ head, align: "right" as const })),
    ],
    rows: [
      ...rows,
      ["questions", ...total(({ questions }) => questions)],
      ["scans with questions", ...total(({ scenes }) => scenes)],
    ],
    totalsFrom: rows.length,
  });
}

/** What somebody who never looks would best answer, by type. */
export function answerTable({ types }: QuestionsSummary): string {
  const right = (head: string) => ({ head, align: "right" as const });
  return markdownTable({
    columns: [
      { head: "question type" },
      right("different answers"),
      right("most frequent answer"),
      right("its share"),
      right("median"),
    ],
    rows: types.map((summary) => {
      const [answer, count] = mostFrequent(summary.answers);
      const share = `${((100 * count) / questionsOf(summary)).toFixed(1)} %`;
      return [summary.type, summary.answers.size, answer, share, lowerMedian(summary)];
    }),
  });
}

/** Rejects by reason, the most frequent first. */
export function rejectTable(manifest: Manifest): string {
  const rows = Object.entries(manifest.counts.rejects).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return markdownTable({ columns: [{ head: "reason" }, { head: "number", align: "right" }], rows });
}

function mostFrequent(counts: ReadonlyMap<string, number>): [string, number] {
  return [...counts].reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best));
}

/** The lower of the two middle ones for an even number of answers: an answer that stands there. Null for words. */
function lowerMedian(summary: TypeSummary): number | null {
  const numbers = numericAnswers(summary);
  if (numbers === null) return null;
  let left = Math.ceil(questionsOf(summary) / 2);
  for (const { value, count } of numbers) {
    left -= count;
    if (left <= 0) return value;
  }
  return null;
}

const UNIT_NAMES: Readonly<Record<string, string>> = {
  m: "metres",
  cm: "centimetres",
  m2: "square metres",
  degree: "degrees",
  s: "seconds",
};

/**
 * How often which answer is right, over all splits, as an SVG: a histogram of measurements, bars of counts and words.
 * Where there are more words than bars and the questions have letters, bars of the letters.
 */
export function answerChart(summary: TypeSummary): string {
  const { type, unit, answers, letters } = summary;
  const total = countOf(questionsOf(summary), "question");
  const title = `${type}: answers of ${total}`;
  const numbers = numericAnswers(summary);
  if (numbers === null && answers.size > CHART_LIMITS.bars && letters.size > 0) {
    return answerBars(`${type}: letters of ${total}`, [...letters].sort(byName));
  }
  if (numbers === null) return answerBars(title, [...answers].sort(byCount));
  if (unit === "count") {
    return answerBars(
      title,
      numbers.map(({ value, count }) => [String(value), count]),
    );
  }
  const values = numbers.flatMap(({ value, count }) => Array<number>(count).fill(value));
  return histogram({ title, values, xTitle: UNIT_NAMES[unit ?? ""] ?? "answer" });
}

function answerBars(title: string, counts: readonly [string, number][]): string {
  return bars({
    title,
    categories: counts.map(([name]) => name),
    values: counts.map(([, count]) => count),
    xTitle: "questions",
  });
}

/** The answers as numbers, ascending; null when a single one is a word. */
export function numericAnswers({ answers }: Pick<TypeSummary, "answers">): { value: number; count: number }[] | null {
  const numbers = [...answers].map(([text, count]) => ({ value: Number(text), count }));
  if (numbers.some(({ value }) => Number.isNaN(value))) return null;
  return numbers.sort((a, b) => a.value - b.value);
}

function byName([a]: [string, number], [b]: [string, number]): number {
  return a < b ? -1 : 1;
}

function byCount(a: [string, number], b: [string, number]): number {
  return b[1] - a[1] || byName(a, b);
}

/** Where a type's picture is, below the dataset folder. */
export function chartPath(type: QuestionType): string {
  return `card/${type}.svg`;
}
