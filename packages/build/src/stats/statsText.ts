import { type Cell, countOf, textTable } from "@vsi/report";
import type { DatasetStats, TypeStats } from "./datasetStats.ts";
import type { Summary } from "./summary.ts";

/** What every terminal shows in one line. */
const WIDTH = 80;

/** More answers than the most that a type has as fixed words (six directions of a camera) are names: the most frequent are shown. */
const SHOWN_ANSWERS = 6;

const LEGEND = "a scene: median (smallest–largest); answers: smallest / median / largest";

const RIGHT = "right" as const;

/** Statistics for a terminal of 80 columns. */
export function statsText(stats: DatasetStats): string {
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
      { head: "number", align: RIGHT },
      { head: "a scene", align: RIGHT },
      { head: "answers", align: RIGHT },
    ];
    const shares = entries.flatMap(([type, ofType]) => sharesText(type, ofType));
    return [title, textTable({ columns, rows }), LEGEND, ...shares];
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
  if (numbers === null) return countOf(Object.keys(words ?? {}).length, "text");
  return `${summaryText(numbers)}${unit === "count" || unit === null ? "" : ` ${unit}`}`;
}

function sharesText(type: string, { words, questions }: TypeStats): string[] {
  if (words === null) return [];
  const entries = Object.entries(words);
  const shown = entries.slice(0, SHOWN_ANSWERS).map(([word, count]) => `${word} ${percent(count / questions)}`);
  const rest = entries.slice(SHOWN_ANSWERS);
  const inRest = rest.reduce((sum, [, count]) => sum + count, 0);
  const others = rest.length === 0 ? [] : [`${countOf(rest.length, "other")} ${percent(inRest / questions)}`];
  return [[type, ...wrapped([...shown, ...others])].join("\n")];
}

/** "a, b," in lines of the terminal's width, indented. */
function wrapped(items: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [index, item] of items.entries()) {
    const text = `${item}${index < items.length - 1 ? ", " : ""}`;
    const last = lines.at(-1);
    if (last !== undefined && `${last}${text}`.trimEnd().length <= WIDTH) lines[lines.length - 1] = last + text;
    else lines.push(`  ${text}`);
  }
  return lines.map((line) => line.trimEnd());
}

function percent(share: number): string {
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
