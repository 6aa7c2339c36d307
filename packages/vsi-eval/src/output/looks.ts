import { countOf } from "@vsi/dataset/internal";
import { type Block, type Chart, renderPage, type Table, textTable } from "@vsi/report";
import { percent } from "@vsi/report/internal";
import { SHOWN_TITLES } from "../run/shownFrames.ts";
import type { Comparison, ComparisonRow } from "../score/compareScores.ts";
import type { LooksReport } from "../score/looks.ts";
import { rowLabel } from "../score/tableRows.ts";
import { lacksInterval } from "./comparison.ts";
import { inPercent, intervalNote, signedInterval, signedPercent } from "./percent.ts";

type Metric = "official" | "robust";

/** A report on what the frames bring as one HTML file. */
export function looksPage(report: LooksReport): string {
  return renderPage({
    title: "Does the model look?",
    lead: verdicts(report, "official").join(" "),
    blocks: [
      {
        kind: "list",
        items: [
          `own frames: ${report.plain.predictions}`,
          ...report.looks.map(({ shown, comparison }) => `${SHOWN_TITLES[shown]}: ${comparison.a.predictions}`),
        ],
      },
      ...looksWarnings(report).map((text): Block => ({ kind: "warning", text })),
      { kind: "heading", text: "What the frames bring" },
      { kind: "chart", chart: gainChart(report), caption: "Own frames minus other frames, official metric." },
      ...(["official", "robust"] as const).flatMap((metric): Block[] => [
        { kind: "heading", text: `By the ${metric} metric` },
        { kind: "table", table: scoresTable(report, metric), caption: "Scores in percent" },
        { kind: "table", table: gainsTable(report, metric), caption: "What the question's own frames add, in points" },
      ]),
      { kind: "paragraph", text: looksNote(report) },
    ],
  });
}

/** The same for a terminal. */
export function looksText(report: LooksReport, width = Number.POSITIVE_INFINITY): string {
  return [
    ...looksWarnings(report),
    textTable(scoresTable(report, "official"), width),
    "What the question's own frames add, in points, over",
    textTable(gainsTable(report, "official"), width),
    ...verdicts(report, "official"),
    looksNote(report),
  ].join("\n");
}

/** The tasks that have questions, in the order of the table. */
function rowsOf({ looks }: Pick<LooksReport, "looks">): string[] {
  return [
    ...new Set(
      looks.flatMap(({ comparison }) => comparison.rows.filter(({ questions }) => questions > 0).map(({ row }) => row)),
    ),
  ];
}

function rowOf({ rows }: Comparison, name: string): ComparisonRow | undefined {
  return rows.find(({ row }) => row === name);
}

function scoresTable(report: LooksReport, metric: Metric): Table {
  const heads = ["questions", "own frames", ...report.looks.map(({ shown }) => SHOWN_TITLES[shown])];
  return {
    columns: [{ head: metric }, ...heads.map((head) => ({ head, align: "right" as const }))],
    rows: rowsOf(report).map((name) => {
      const found = report.looks.map(({ comparison }) => rowOf(comparison, name));
      const first = found.find((row) => row !== undefined);
      return [
        rowLabel(name),
        first?.questions ?? 0,
        percent(first?.[metric].b ?? null),
        ...found.map((row) => percent(row?.[metric].a ?? null)),
      ];
    }),
  };
}

function gainsTable(report: LooksReport, metric: Metric): Table {
  const heads = report.looks.map(({ shown }) => SHOWN_TITLES[shown]);
  return {
    columns: [{ head: metric }, ...heads.map((head) => ({ head, align: "right" as const }))],
    rows: rowsOf(report).map((name) => [
      rowLabel(name),
      ...report.looks.map(({ comparison }) => {
        const row = rowOf(comparison, name);
        return row === undefined ? null : withInterval(row[metric]);
      }),
    ]),
  };
}

function withInterval({ difference, interval }: ComparisonRow[Metric]): string | null {
  if (difference === null) return null;
  return interval === null ? signedPercent(difference) : `${signedPercent(difference)} (${signedInterval(interval)})`;
}

function gainChart(report: LooksReport): Chart {
  const rows = rowsOf(report);
  return {
    kind: "forest",
    title: "What the frames bring by task",
    rows: rows.map(rowLabel),
    series: report.looks.map(({ shown, comparison }) => {
      const found = rows.map((name) => rowOf(comparison, name)?.official);
      return {
        name: `over ${SHOWN_TITLES[shown]}`,
        values: found.map((row) => inPercent(row?.difference)),
        low: found.map((row) => inPercent(row?.interval?.[0])),
        high: found.map((row) => inPercent(row?.interval?.[1])),
      };
    }),
    xTitle: "percentage points",
  };
}

/** A sentence for each run with other frames. */
function verdicts({ looks }: LooksReport, metric: Metric): string[] {
  let isUnjudged = false;
  const said = looks.flatMap(({ shown, comparison }) => {
    const { a, b, difference, interval } = rowOf(comparison, "overall")?.[metric] ?? {};
    if (a == null || b == null || difference == null) return [];
    const said = `With ${shown === "without" ? "no frames" : SHOWN_TITLES[shown]} the average is ${percent(a)}, with its own ${percent(b)}`;
    if (interval == null) {
      isUnjudged = true;
      return [`${said}.`];
    }
    if (interval[0] > 0) return [`${said}: ${signedPercent(difference)} points, more than chance explains.`];
    if (interval[1] < 0) return [`${said}: its own frames are worse.`];
    return [`${said}: no sign that the model uses ${TAKEN[shown]}.`];
  });
  return isUnjudged ? [...said, "Whether such a difference is chance cannot be said of so few scans."] : said;
}

const TAKEN = {
  without: "the frames",
  shuffled: "their order",
  "other-rooms": "which room they show",
} as const;

/** What this report is expected to differ in. */
const EXPECTED: ReadonlySet<string> = new Set(["frames_shown", "frames_seed", "images", "base_url"]);

function looksWarnings({ looks }: LooksReport): string[] {
  return looks.flatMap(({ shown, comparison }) => {
    const { settings, same_data, only_in_a, only_in_b } = comparison;
    const name = SHOWN_TITLES[shown];
    const others = settings.filter(({ setting }) => !EXPECTED.has(setting));
    return [
      ...(others.length === 0
        ? []
        : [
            `${name}: other settings differ too: ${others.map(({ setting, a, b }) => `${setting} ${b ?? "(none)"} / ${a ?? "(none)"}`).join(", ")}.`,
          ]),
      ...(same_data ? [] : [`${name}: scored on another file.`]),
      ...(only_in_a + only_in_b === 0
        ? []
        : [`${name}: ${countOf(only_in_a + only_in_b, "question")} left out that only one of the two runs has.`]),
    ];
  });
}

function looksNote({ looks }: LooksReport): string {
  const [first] = looks;
  if (first === undefined) return "No runs with other frames.";
  const { bootstrap, questions_shared, scans_shared } = first.comparison;
  const without = rowsOf({ looks }).filter((name) =>
    looks.some(({ comparison }) => {
      const row = rowOf(comparison, name);
      return row !== undefined && lacksInterval(row.official);
    }),
  );
  const intervals = intervalNote(bootstrap, scans_shared, {
    before: "In brackets ",
    method: "paired bootstrap",
    without: without.map(rowLabel),
  });
  return `${countOf(questions_shared, "question")} about ${countOf(scans_shared, "scan")}; percent. ${intervals} The prompts are the same in all runs.`;
}
