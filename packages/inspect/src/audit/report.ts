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
    lead: `${away} of ${all.length} question types give answers away without looking (limit: ${percent(report.limit)} percentage points, seed ${report.seed}).`,
    blocks: [...blocks, { kind: "paragraph", text: LEGEND }],
  });
}

function splitBlocks(split: string, types: readonly TypeAudit[]): Block[] {
  const blocks: Block[] = [
    { kind: "heading", text: split },
    { kind: "table", table: verdictsFirst(verdictTable(types)) },
  ];
  if (types.length === 0) return [...blocks, { kind: "paragraph", text: "No questions." }];
  const caption = `Mean score without looking, ${split}: the table's columns chance, known and blind, the last with its 95 % interval`;
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
      caption: "Questions that a blind predictor is most confident about",
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
      { head: "counts as" },
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
        values.map(({ value, count }) => `${value} ${count}`).join(", "),
      ]),
    ),
  };
}

/** The labels that give most away in a type. */
export function labelTable({ biasedLabels, measure }: TypeAudit): Table {
  return {
    columns: [
      { head: "questions that name" },
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
    columns: [{ head: "id" }, { head: "question" }, { head: "answer" }, { head: "belief %", align: "right" }],
    rows: biasedQuestions.map(({ id, text, truth, belief }) => [id, text, truth, percent(belief)]),
  };
}

/** Explains the verdicts; printed below every table of them. */
const LEGEND =
  "Scores in percent. Chance: a random listed answer, a random count that occurs, or the median number. Known: plain knowledge, what anyone knows without seeing the room, such as the size of sofas; nothing can prevent it. " +
  "Blind: the best shortcut, what the questions give away beyond that, by the strongest of several blind predictors; each room is guessed from other rooms only, and intervals are by room. " +
  "In rooms: the best guess at a question from all others, including those about the same room; far above blind, a room's questions answer each other. " +
  "Below chance: wrong too often to be chance; doing the opposite scores. " +
  "Too few to tell: fewer than ten rooms; or over the limit and two standard errors, but within what the best of this many predictors reaches by chance; or an interval wider than ten points either side.";

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
  const limit = `Limit: ${percent(report.limit)} percentage points from chance, or two standard errors.`;
  return [...parts, LEGEND, limit].join("\n");
}

function biasText(type: TypeAudit): string {
  const lines = [`${type.type} gives the answer away.`];
  if (type.biasedLabels.length > 0) lines.push(textTable(labelTable(type)));
  const [worst] = type.biasedQuestions;
  if (worst !== undefined) {
    lines.push(`  Surest (${percent(worst.belief)} %): ${worst.id} ${JSON.stringify(worst.text)}: ${worst.truth}`);
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
      type.reached ? "yes" : type.dropped > 0 ? "no" : "no: left as it was",
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
          { head: `at most ${percent(report.limit)}, or luck` },
        ],
        rows,
      }),
    );
  }
  parts.push(
    "Excess: percentage points by which the best shortcut beats chance, or plain knowledge of how large things are.",
    `Dataset written to ${report.out}; every dropped question is in its rejects.jsonl under "debias".`,
  );
  return parts.join("\n");
}

function excessCell(excess: Interval | null): Cell {
  return excess === null ? null : percentInterval(excess);
}
