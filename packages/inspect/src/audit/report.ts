import { wrapped } from "@vsi/command/internal/program";
import { type Block, type Cell, type Chart, renderPage, type Table, type Tone, textTable } from "@vsi/report";
import { percent } from "@vsi/report/internal";
import type { AuditReport, TypeAudit } from "./audit.ts";
import type { Balance } from "./balance.ts";
import type { DebiasReport } from "./debias.ts";
import type { Interval, Verdict } from "./judgement.ts";

/** The audit as one HTML page with plots; the same report gives the same bytes. */
export function auditPage(report: AuditReport): string {
  const splits = Object.entries(report.splits);
  const all = splits.flatMap(([, types]) => types);
  const away = all.filter(({ verdict }) => verdict === "gives the answer away" || verdict === "below chance").length;
  const blocks: Block[] = [];
  for (const [split, types] of splits) blocks.push(...splitBlocks(split, types));
  return renderPage({
    title: `Audit of ${report.dataset}`,
    lead: `${away} of ${all.length} question types${splits.length > 1 ? ", counted in each split," : ""} can be guessed without looking (limit: ${percent(report.limit)} percentage points, seed ${report.seed}).`,
    blocks: [
      ...blocks,
      { kind: "heading", text: "How to read this" },
      { kind: "list", items: legend(report).map(([term, meaning]) => `${term}: ${meaning}`) },
    ],
  });
}

function splitBlocks(split: string, types: readonly TypeAudit[]): Block[] {
  const blocks: Block[] = [
    { kind: "heading", text: split },
    { kind: "table", table: verdictsFirst(verdictTable(types)) },
  ];
  if (types.length === 0) return [...blocks, { kind: "paragraph", text: "No questions." }];
  const caption = `Mean score without looking, ${split}: chance, known, and blind with its 95 % interval`;
  blocks.push({ kind: "chart", chart: scoreChart(types, split), caption });
  const balances = balanceTable(types);
  if (balances.rows.length > 0) {
    blocks.push({ kind: "table", table: balances, caption: "Balance of the right answers" });
  }
  for (const type of types) {
    blocks.push({
      kind: "details",
      summary: `${split}: ${type.type}: ${type.verdict}`,
      blocks: typeBlocks(type),
    });
  }
  return blocks;
}

function scoreChart(types: readonly TypeAudit[], split: string): Chart {
  const scores = types.map(verdictScores);
  return {
    kind: "groupedBars",
    title: `Score without looking: ${split}`,
    categories: types.map(({ type }) => type),
    series: [
      { name: "chance", values: scores.map(({ chance }) => chance?.mean ?? null) },
      { name: "known", values: scores.map(({ known }) => known?.mean ?? null) },
      {
        name: "blind",
        values: scores.map(({ guessed }) => guessed?.mean ?? null),
        low: scores.map(({ guessed }) => guessed?.low ?? null),
        high: scores.map(({ guessed }) => guessed?.high ?? null),
      },
    ],
    xTitle: "accuracy or mean relative accuracy",
    xMax: 1,
  };
}

/** The scores that a verdict rests on, for the table and the chart alike. */
function verdictScores({ baselines, reference, shortcut, priorGain }: TypeAudit) {
  const scoreOf = (name: string | null) => baselines.find((baseline) => baseline.name === name)?.score ?? null;
  return {
    chance: baselines[0]?.score ?? null,
    known: priorGain === null ? null : scoreOf(reference),
    guessed: scoreOf(shortcut),
  };
}

function typeBlocks(type: TypeAudit): Block[] {
  const blocks: Block[] = [{ kind: "table", table: baselineTable(type) }];
  blocks.push({
    kind: "chart",
    chart: answerChart(type),
    caption: `How often each answer of ${type.type} occurs`,
  });
  for (const balance of type.balances) {
    blocks.push({
      kind: "chart",
      chart: balanceChart(balance),
      caption: `Balance of ${balance.what}, ${type.type}`,
    });
  }
  if (type.biasedLabels.length > 0) {
    blocks.push({ kind: "table", table: labelTable(type), caption: "Labels that give the most away" });
  }
  if (type.biasedQuestions.length > 0) {
    blocks.push({
      kind: "table",
      table: questionTable(type),
      caption: "Questions that blind predictors answer with most confidence",
    });
  }
  return blocks;
}

function answerChart({ measure, answers }: TypeAudit): Chart {
  if (measure === "mean relative accuracy") {
    const values = answers.flatMap(({ answer, count }) => Array<number>(count).fill(Number(answer)));
    return { kind: "histogram", title: "Answers", values, xTitle: "answer" };
  }
  return {
    kind: "bars",
    title: "Answers",
    categories: answers.map(({ answer }) => answer),
    values: answers.map(({ count }) => count),
    xTitle: "questions",
  };
}

function balanceChart({ what, values }: Balance): Chart {
  return {
    kind: "groupedBars",
    title: `Balance of ${what}`,
    categories: values.map(({ value }) => value),
    series: [
      { name: "right answers", values: values.map(({ count }) => count) },
      { name: "when balanced", values: values.map(({ expected }) => expected) },
    ],
    xTitle: "questions",
  };
}

/** A mean and its 95 % interval in percent: "14.5 (12.6 to 16.4)". */
export function percentInterval({ mean, low, high }: Interval): string {
  return low === null || high === null ? percent(mean) : `${percent(mean)} (${percent(low)} to ${percent(high)})`;
}

/** One row per type: the verdict, then what it rests on, the most important first. */
export function verdictTable(types: readonly TypeAudit[]): Table {
  const rows = types.map((type): Cell[] => {
    const { chance, known, guessed } = verdictScores(type);
    return [
      type.type,
      type.verdict,
      percentCell(chance),
      percentCell(known),
      percentCell(guessed),
      type.shortcut,
      type.excess === null ? null : percentInterval(type.excess),
      type.questions,
      type.withinRooms === null ? null : percent(type.withinRooms.score),
      type.withinRooms?.name ?? null,
    ];
  });
  return {
    columns: [
      { head: "question type" },
      { head: "verdict", tones: TONES },
      { head: "chance", align: "right" },
      { head: "known", align: "right" },
      { head: "blind", align: "right" },
      { head: "by" },
      { head: "excess (95 %)", align: "right" },
      { head: "questions", align: "right" },
      { head: "in rooms", align: "right" },
      { head: "by" },
    ],
    rows,
  };
}

/** What a verdict means for the dataset. */
const TONES: Readonly<Partial<Record<Verdict, Tone>>> = {
  "gives the answer away": "bad",
  "below chance": "bad",
  "too few to tell": "warn",
  "near chance": "good",
};

/** The verdict before anything else: on a page as narrow as a phone, the first columns are those that are seen. */
function verdictsFirst({ columns, rows }: Table): Table {
  const swap = <Value>([type, verdict, ...others]: readonly Value[]): Value[] =>
    [verdict, type, ...others].filter((value) => value !== undefined);
  return { columns: swap(columns), rows: rows.map(swap) };
}

function percentCell(score: Interval | null): Cell {
  return score === null ? null : percent(score.mean);
}

/** Columns that even the narrowest table keeps: the type and the verdict. */
const LEAST_COLUMNS = 2;

/** A column's overhead: a line and a space on either side. */
const COLUMN_EDGE = 3;

/**
 * The first columns of a table that a terminal has room for, so that no row is broken; the heads of the others by name.
 *
 * @param width of the terminal, in characters.
 */
export function fitTable(table: Table, width: number): { table: Table; leftOut: string[] } {
  const widths = table.columns.map(({ head }, index) =>
    Math.max(head.length, ...table.rows.map((row) => cellLength(row[index] ?? null))),
  );
  let taken = 1;
  let kept = 0;
  for (const own of widths) {
    taken += own + COLUMN_EDGE;
    if (taken > width && kept >= LEAST_COLUMNS) break;
    kept += 1;
  }
  return {
    table: { columns: table.columns.slice(0, kept), rows: table.rows.map((row) => row.slice(0, kept)) },
    leftOut: [...new Set(table.columns.slice(kept).map(({ head }) => head))],
  };
}

/** How long a cell is at most: as digits, a comma for every three, or the dash of an empty one. */
function cellLength(cell: Cell): number {
  if (typeof cell !== "number") return Math.max(1, cell?.length ?? 0);
  return Math.ceil((4 / 3) * String(cell).length);
}

/** Every way to guess at a type's questions. */
export function baselineTable({ baselines, measure }: TypeAudit): Table {
  return {
    columns: [
      { head: "guessed by" },
      { head: "kind" },
      { head: `${measure} %`, align: "right" },
      { head: "within rooms %", align: "right" },
    ],
    rows: baselines.map(({ name, role, score, withinRooms }) => [
      name,
      role === "prior" ? "plain knowledge" : role,
      percentInterval(score),
      percent(withinRooms),
    ]),
  };
}

/** How evenly the right answers are spread, of all types. */
export function balanceTable(types: readonly TypeAudit[]): Table {
  return {
    columns: [
      { head: "question type" },
      { head: "balance of" },
      { head: "p", align: "right" },
      { head: "right answers" },
    ],
    rows: types.flatMap(({ type, balances }) =>
      balances.map(({ what, values, probability }): Cell[] => [
        type,
        what,
        probability < 0.001 ? "< 0.001" : probability.toFixed(3),
        values.map(({ value, count }) => `${what === "position" ? "#" : ""}${value} ${count}`).join(", "),
      ]),
    ),
  };
}

/** The labels that give most away in a type. */
export function labelTable({ biasedLabels, measure }: TypeAudit): Table {
  return {
    columns: [
      { head: "label" },
      { head: "questions", align: "right" },
      { head: `blind ${measure} %`, align: "right" },
      { head: "chance %", align: "right" },
    ],
    rows: biasedLabels.map(({ label, questions, blind, chance }) => [
      label,
      questions,
      percent(blind),
      percent(chance),
    ]),
  };
}

/** The questions that carry the most bias in a type. */
export function questionTable({ biasedQuestions }: TypeAudit): Table {
  return {
    columns: [{ head: "id" }, { head: "question" }, { head: "answer" }, { head: "confidence %", align: "right" }],
    rows: biasedQuestions.map(({ id, text, truth, belief }) => [id, text, truth, percent(belief)]),
  };
}

/** What the columns and verdicts of a report mean: a term and a sentence each. Verdicts that none got are left out. */
function legend({ splits, limit }: AuditReport): (readonly [term: string, meaning: string])[] {
  const found = new Set(Object.values(splits).flatMap((types) => types.map(({ verdict }) => verdict)));
  const verdicts = Object.entries(VERDICT_MEANINGS).filter(([verdict]) => found.has(verdict as Verdict));
  return [
    ["scores", "In percent: the accuracy of choices, the mean relative accuracy of numbers."],
    ...COLUMN_MEANINGS,
    ...verdicts,
    ["limit", `${percent(limit)} percentage points above or below chance, or above what is known.`],
  ];
}

const COLUMN_MEANINGS = [
  ["chance", "A random one of the listed answers, a random count that occurs, or always the median number."],
  [
    "known",
    "What anyone knows without seeing the room, such as how large sofas are. No choice of questions can prevent it.",
  ],
  [
    "blind",
    "The best of several predictors that read the questions but never see a room. Each room is predicted from the others.",
  ],
  [
    "excess",
    "Blind minus chance, or minus known where that is higher, in percentage points; the interval is over rooms.",
  ],
  [
    "in rooms",
    "The best guess at a question from all others, including those about its own room. Far above blind, a room's questions answer each other.",
  ],
  ["p", "How likely answers drawn at random are to be spread at least this unevenly."],
] as const;

const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  "gives the answer away":
    "Blind is over the limit, by more than luck explains; or numbers are guessed almost exactly.",
  "below chance": "Wrong more often than luck explains: whoever learns to say the opposite is right.",
  "plain knowledge": "The numbers can be estimated without looking, and the questions give away no more than that.",
  "near chance": "Within the limit, or within two standard errors.",
  "too few to tell":
    "Fewer than ten rooms; or over the limit, but it may be luck; or an interval wider than ten points either side.",
};

/** A term and its meaning each, in lines of at most `width` characters. */
function legendText(report: AuditReport, width: number): string {
  const most = Math.max(SHORTEST_LINE, width - INDENT);
  const lines = legend(report).flatMap(([term, meaning]) => {
    const [first = "", ...others] = wrapped(`${term}: ${meaning}`, most - INDENT);
    return [first, ...others.map((line) => " ".repeat(INDENT) + line)].map((line) => " ".repeat(INDENT) + line);
  });
  return ["How to read this:", ...lines].join("\n");
}

const INDENT = 2;

/** A terminal narrower than this breaks the lines itself. */
const SHORTEST_LINE = 30;

/** Used where the terminal's width is unknown, as in a file. */
const USUAL_WIDTH = 80;

/**
 * The audit for a terminal.
 *
 * @param width of the terminal, in characters: as many columns of each table as fit, the rest named below.
 */
export function auditText(report: AuditReport, width: number = USUAL_WIDTH): string {
  const parts: string[] = [];
  const leftOut = new Set<string>();
  for (const [split, types] of Object.entries(report.splits)) {
    const drawn = (table: Table): string => {
      const fitted = fitTable(table, width);
      for (const head of fitted.leftOut) leftOut.add(head);
      return textTable(fitted.table);
    };
    if (types.length === 0) {
      parts.push(`${report.dataset}, ${split}: no questions to audit`);
      continue;
    }
    parts.push(`${report.dataset}, ${split}`, drawn(verdictTable(types)));
    const balances = balanceTable(types);
    if (balances.rows.length > 0) parts.push(drawn(balances));
    for (const type of types.filter(({ verdict }) => verdict === "gives the answer away")) parts.push(biasText(type));
  }
  if (leftOut.size > 0) {
    parts.push(`Not shown at ${width} columns: ${[...leftOut].join(", ")}. --html and --json show everything.`);
  }
  return [...parts, legendText(report, width)].join("\n");
}

function biasText(type: TypeAudit): string {
  const lines = [`${type.type} gives its answers away.`];
  if (type.biasedLabels.length > 0) lines.push(textTable(labelTable(type)));
  const [worst] = type.biasedQuestions;
  if (worst !== undefined) {
    lines.push(
      `  Easiest to guess (${percent(worst.belief)} %): ${worst.id} ${JSON.stringify(worst.text)}: ${worst.truth}`,
    );
  }
  return lines.join("\n");
}

/** What debiasing cost and brought, for a terminal. */
export function debiasText(report: DebiasReport): string {
  const parts: string[] = [];
  for (const [split, types] of Object.entries(report.splits)) {
    const rows = types.map((type): Cell[] => [
      type.type,
      type.questions,
      type.dropped,
      type.questions - type.dropped,
      excessCell(type.excessBefore),
      excessCell(type.excessAfter),
      type.reached ? "yes" : type.dropped > 0 ? "no" : "no, left unchanged",
    ]);
    parts.push(
      `${report.dataset}, ${split}`,
      textTable({
        columns: [
          { head: "question type" },
          { head: "questions", align: "right" },
          { head: "dropped", align: "right" },
          { head: "left", align: "right" },
          { head: "excess before", align: "right" },
          { head: "excess after", align: "right" },
          { head: `within ${percent(report.limit)} or luck` },
        ],
        rows,
      }),
    );
  }
  parts.push(
    "Excess: percentage points by which the best blind guess beats chance, or what anyone knows about sizes and distances.",
    `Dataset written to ${report.out}; every dropped question is in its rejects.jsonl under "debias".`,
  );
  return parts.join("\n");
}

function excessCell(excess: Interval | null): Cell {
  return excess === null ? null : percentInterval(excess);
}
