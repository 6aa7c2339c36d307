import { bars, CHART_LIMITS, countOf, histogram } from "@vsi/report";
import { questionsOf, type TypeSummary } from "./summarizeQuestions.ts";

const UNIT_NAMES: Readonly<Record<string, string>> = {
  m: "metres",
  cm: "centimetres",
  m2: "square metres",
  degree: "degrees",
  s: "seconds",
};

/**
 * How often which answer is right, over all splits, as an SVG: a histogram of measurements, bars of counts and words. Where
 * there are more words than bars and the questions have letters, bars of the letters.
 */
export async function answerChart(summary: TypeSummary): Promise<string> {
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

function answerBars(title: string, counts: readonly [string, number][]): Promise<string> {
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
