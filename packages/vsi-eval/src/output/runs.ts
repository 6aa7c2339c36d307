import { at, countOf } from "@vsi/dataset/internal";
import { type Block, type Chart, markdownTable, renderPage, type Table, textTable } from "@vsi/report";
import { percent } from "@vsi/report/internal";
import { countFlips, type FlippedQuestion, type RunsComparison, type RunsRow } from "../score/compareRuns.ts";
import { isOfficialRow, rowLabel } from "../score/tableRows.ts";
import { inPercent, intervalNote, percentInterval, signedInterval, signedPercent, unknownSettings } from "./percent.ts";

type Metric = "official" | "robust";

/** Several runs side by side as one HTML file. */
export function runsPage(comparison: RunsComparison): string {
  const { runs, settings, flipped } = comparison;
  const heads = ["setting", ...runs.map(({ name }) => name)];
  return renderPage({
    title: `${runs.length} runs compared`,
    lead: runs
      .map(({ name }, run) => `${name} ${percent(comparison.rows[0]?.official[run]?.score ?? null) ?? "–"}`)
      .join(", "),
    blocks: [
      { kind: "list", items: runs.map(({ name, predictions }) => `${name}: ${predictions}`) },
      ...(settings.length === 0
        ? []
        : [
            {
              kind: "table",
              caption: "Settings that differ",
              table: {
                columns: heads.map((head) => ({ head })),
                rows: settings.map(({ setting, values }) => [setting, ...values]),
              },
            } satisfies Block,
          ]),
      ...runsWarnings(comparison).map((text): Block => ({ kind: "warning", text })),
      { kind: "heading", text: "Scores" },
      { kind: "table", table: runsTable(comparison, "official") },
      { kind: "table", table: runsTable(comparison, "robust") },
      { kind: "heading", text: `Differences from ${at(runs, 0).name}` },
      { kind: "chart", chart: differenceChart(comparison), caption: "By task." },
      { kind: "table", table: differencesTable(comparison) },
      ...flippedBlocks(
        flipped,
        runs.map(({ name }) => name),
      ),
      { kind: "paragraph", text: runsNote(comparison) },
    ],
  });
}

/** The same for a terminal. */
export function runsText(comparison: RunsComparison, width = Number.POSITIVE_INFINITY): string {
  const { runs, settings, flipped } = comparison;
  return [
    ...runs.map(({ name, predictions }) => `${name}: ${predictions}`),
    ...settings.map(({ setting, values }) => `  ${setting} ${values.map((value) => value ?? "(none)").join(" / ")}`),
    ...runsWarnings(comparison).map((warning) => `  ${warning}`),
    textTable(runsTable(comparison, "official"), width),
    textTable(runsTable(comparison, "robust"), width),
    `Differences from ${at(runs, 0).name}, in points:`,
    textTable(differencesTable(comparison), width),
    ...flippedLines(
      flipped,
      runs.map(({ name }) => name),
    ),
    runsNote(comparison),
  ].join("\n");
}

/** Rows for a paper: a run each, the benchmark's tasks as columns, the average with its interval. */
export function runsMarkdown({ runs, rows, bootstrap, questions_shared }: RunsComparison): string {
  const shown = rows.filter(({ row, questions }) => questions > 0 && isOfficialRow(row));
  const table: Table = {
    columns: [{ head: "" }, ...shown.map(({ row }) => ({ head: rowLabel(row), align: "right" as const }))],
    rows: runs.map(({ name }, run) => [
      name,
      ...shown.map(({ row, official }) => {
        const { score = null, interval = null } = official[run] ?? {};
        return row === "overall" ? scoreWithInterval(score, interval) : percent(score);
      }),
    ]),
  };
  return `${markdownTable(table)}\n${countOf(questions_shared, "question")}, official metric, percent; in brackets ${bootstrap.level * 100} %, bootstrap over scans.\n`;
}

/** Every row as a line, every run as a column. */
function runsTable({ runs, rows }: RunsComparison, metric: Metric): Table {
  return {
    columns: [
      { head: metric },
      ...["questions", ...runs.map(({ name }) => name)].map((head) => ({ head, align: "right" as const })),
    ],
    rows: rows.map((row) => [
      rowLabel(row.row),
      row.questions,
      ...row[metric].map(({ score, interval }) => scoreWithInterval(score, interval)),
    ]),
  };
}

function differencesTable({ runs, rows }: RunsComparison): Table {
  const others = runs.slice(1);
  return {
    columns: [{ head: "official" }, ...others.map(({ name }) => ({ head: name, align: "right" as const }))],
    rows: rows.map((row) => [
      rowLabel(row.row),
      ...row.official
        .slice(1)
        .map(({ difference, difference_interval: interval }) =>
          difference === null || interval === null
            ? signedPercent(difference)
            : `${signedPercent(difference)} (${signedInterval(interval)})`,
        ),
    ]),
  };
}

function scoreWithInterval(score: number | null, interval: readonly [number, number] | null): string | null {
  if (score === null || interval === null) return percent(score);
  return `${percent(score)} (${percentInterval(interval)})`;
}

function differenceChart({ runs, rows }: RunsComparison): Chart {
  const shown = rows.filter(({ questions }) => questions > 0);
  const valuesOf = (run: number, pick: (score: RunsRow["official"][number]) => number | null | undefined) =>
    shown.map(({ official }) => inPercent(pick(at(official, run))));
  return {
    kind: "forest",
    title: `Difference to ${at(runs, 0).name} by task`,
    rows: shown.map(({ row }) => rowLabel(row)),
    series: runs.slice(1).map(({ name }, index) => ({
      name,
      values: valuesOf(index + 1, ({ difference }) => difference),
      low: valuesOf(index + 1, ({ difference_interval: interval }) => interval?.[0]),
      high: valuesOf(index + 1, ({ difference_interval: interval }) => interval?.[1]),
    })),
    xTitle: "percentage points",
  };
}

/** How many flipped questions a terminal names, and how many a page; --json has all. */
const NAMED_FLIPS = 5;
const LISTED_FLIPS = 200;

/** What flipped, for a terminal. */
export function flippedLines(flipped: readonly FlippedQuestion[], names: readonly string[]): string[] {
  if (flipped.length === 0) return ["No question flipped."];
  const counts = names.slice(1).map((name, index) => {
    const { gained, lost } = countFlips(flipped, index + 1);
    return `${name} has ${gained} right that ${names[0]} has wrong, and ${lost} wrong that it has right`;
  });
  return [
    `${countOf(flipped.length, "question")} flipped (right: half of the score or more): ${counts.join("; ")}.`,
    ...flipped
      .slice(0, NAMED_FLIPS)
      .map(({ id, type, scan, official }) => `  ${id} (${type}, ${scan}): ${official.map(percent).join(" / ")}`),
    ...(flipped.length > NAMED_FLIPS ? ["  --json lists all of them."] : []),
  ];
}

/** The same for a page. */
export function flippedBlocks(flipped: readonly FlippedQuestion[], names: readonly string[]): Block[] {
  const [first = "No question flipped."] = flippedLines(flipped, names);
  if (flipped.length === 0) return [{ kind: "paragraph", text: first }];
  const table: Table = {
    columns: [
      ...["question", "type", "scan"].map((head) => ({ head })),
      ...names.map((head) => ({ head, align: "right" as const })),
    ],
    rows: flipped
      .slice(0, LISTED_FLIPS)
      .map(({ id, type, scan, official }) => [id, rowLabel(type), scan, ...official.map(percent)]),
  };
  const summary = flipped.length > LISTED_FLIPS ? `The first ${LISTED_FLIPS}` : "All of them";
  return [
    { kind: "heading", text: "Questions that flipped" },
    { kind: "paragraph", text: first },
    { kind: "details", summary, blocks: [{ kind: "table", table }] },
  ];
}

function runsWarnings({ runs, same_data }: RunsComparison): string[] {
  const unknown = runs.filter(({ settings_known }) => !settings_known).map(({ name }) => name);
  const leftOut = runs.filter(({ left_out }) => left_out > 0);
  return [
    ...(unknown.length === 0 ? [] : [unknownSettings(unknown)]),
    ...(same_data ? [] : ["They were scored on different files."]),
    ...(leftOut.length === 0
      ? []
      : [
          `Left out, as not all have them: ${leftOut.map(({ name, left_out }) => `${left_out} of ${name}`).join(", ")}.`,
        ]),
  ];
}

function runsNote({ rows, questions_shared, scans_shared, bootstrap }: RunsComparison): string {
  const without = rows.filter(({ official }) => official.some(({ score, interval }) => score !== null && !interval));
  return (
    `${countOf(questions_shared, "question")} about ${countOf(scans_shared, "scan")} in all of them; percent. ` +
    intervalNote(bootstrap, scans_shared, {
      before: "In brackets ",
      after: ", paired for the differences",
      without: without.map(({ row }) => rowLabel(row)),
    })
  );
}
