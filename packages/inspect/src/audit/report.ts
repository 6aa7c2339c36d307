import {
  type Block,
  bars,
  type Cell,
  groupedBars,
  histogram,
  percent,
  renderPage,
  type Table,
  textTable,
} from "@vsi/report";
import type { AuditReport, TypeAudit } from "./audit.ts";
import type { Balance } from "./balance.ts";
import type { DebiasReport } from "./debias.ts";
import type { Interval } from "./judgement.ts";

/** The audit as one HTML page with plots; the same report gives the same bytes. */
export async function auditPage(report: AuditReport): Promise<string> {
  const splits = Object.entries(report.splits);
  const all = splits.flatMap(([, types]) => types);
  const away = all.filter(({ verdict }) => verdict === "gives the answer away").length;
  const blocks: Block[] = [];
  for (const [split, types] of splits) blocks.push(...(await splitBlocks(split, types)));
  return renderPage({
    title: `Audit of ${report.dataset}`,
    lead: `${away} of ${all.length} question types give the answer away to who never looks (limit: ${percent(report.limit)} percentage points, seed ${report.seed}).`,
    blocks: [...blocks, { kind: "paragraph", text: LEGEND }],
  });
}

async function splitBlocks(split: string, types: readonly TypeAudit[]): Promise<Block[]> {
  const blocks: Block[] = [
    { kind: "heading", text: split },
    { kind: "table", table: verdictTable(types) },
  ];
  if (types.length === 0) return [...blocks, { kind: "paragraph", text: "No questions." }];
  const caption = `Mean score without looking, ${split}: chance, and the blind predictor with its 95 % interval`;
  blocks.push({ kind: "figure", svg: await scoreChart(types, split), caption });
  const balances = balanceTable(types);
  if (balances.rows.length > 0) {
    blocks.push({ kind: "table", table: balances, caption: "Balance of the right answers" });
  }
  for (const type of types) {
    blocks.push({
      kind: "details",
      summary: `${split}: ${type.type}: ${type.verdict}`,
      blocks: await typeBlocks(type),
    });
  }
  return blocks;
}

async function scoreChart(types: readonly TypeAudit[], split: string): Promise<string> {
  const chances = types.map(({ baselines }) => baselines[0]?.score.mean ?? null);
  const known = types.map(({ baselines, reference, priorGain }) =>
    priorGain === null ? null : (baselines.find(({ name }) => name === reference)?.score.mean ?? null),
  );
  const blind = types.map(({ baselines }) => baselines.at(-1)?.score);
  return groupedBars({
    title: `Score without looking: ${split}`,
    categories: types.map(({ type }) => type),
    series: [
      { name: "chance", values: chances },
      { name: "plain knowledge", values: known },
      {
        name: "blind predictor",
        values: blind.map((score) => score?.mean ?? null),
        low: blind.map((score) => score?.low ?? null),
        high: blind.map((score) => score?.high ?? null),
      },
    ],
    yTitle: "accuracy or mean relative accuracy",
    yMax: 1,
  });
}

async function typeBlocks(type: TypeAudit): Promise<Block[]> {
  const blocks: Block[] = [{ kind: "table", table: baselineTable(type) }];
  blocks.push({
    kind: "figure",
    svg: await answerChart(type),
    caption: `How often each answer of ${type.type} is right`,
  });
  for (const balance of type.balances) {
    blocks.push({
      kind: "figure",
      svg: await balanceChart(balance),
      caption: `Balance of ${balance.what}, ${type.type}`,
    });
  }
  if (type.biasedLabels.length > 0) {
    blocks.push({ kind: "table", table: labelTable(type), caption: "Labels that give most away" });
  }
  if (type.biasedQuestions.length > 0) {
    blocks.push({
      kind: "table",
      table: questionTable(type),
      caption: "Questions that the blind predictor is surest of",
    });
  }
  return blocks;
}

async function answerChart({ measure, answers }: TypeAudit): Promise<string> {
  if (measure === "mean relative accuracy") {
    const values = answers.flatMap(({ answer, count }) => Array<number>(count).fill(Number(answer)));
    return histogram({ title: "Answers", values, xTitle: "answer" });
  }
  return bars({
    title: "Answers",
    categories: answers.map(({ answer }) => answer),
    values: answers.map(({ count }) => count),
    xTitle: "questions",
  });
}

async function balanceChart({ what, values }: Balance): Promise<string> {
  return groupedBars({
    title: `Balance of ${what}`,
    categories: values.map(({ value }) => value),
    series: [
      { name: "right answers", values: values.map(({ count }) => count) },
      { name: "when balanced", values: values.map(({ expected }) => expected) },
    ],
    yTitle: "questions",
  });
}

/** A mean and its 95 % interval in percent: "14.5 (12.6 to 16.4)". */
export function percentInterval({ mean, low, high }: Interval): string {
  return low === null || high === null ? percent(mean) : `${percent(mean)} (${percent(low)} to ${percent(high)})`;
}

/** One row per type: the score of chance, of the reference and of the best shortcut, and the verdict. */
export function verdictTable(types: readonly TypeAudit[]): Table {
  return {
    columns: [
      { head: "question type" },
      { head: "verdict" },
      { head: "questions", align: "right" },
      { head: "chance %", align: "right" },
      { head: "known %", align: "right" },
      { head: "guessed %", align: "right" },
      { head: "by" },
      { head: "excess (95 %)", align: "right" },
    ],
    rows: types.map((type): Cell[] => [
      type.type,
      type.verdict,
      type.questions,
      scoreCell(type, type.baselines[0]?.name ?? null),
      type.priorGain === null ? null : scoreCell(type, type.reference),
      scoreCell(type, type.shortcut),
      type.shortcut,
      type.excess === null ? null : percentInterval(type.excess),
    ]),
  };
}

function scoreCell({ baselines }: TypeAudit, name: string | null): Cell {
  const baseline = baselines.find((candidate) => candidate.name === name);
  return baseline === undefined ? null : percent(baseline.score.mean);
}

/** Every way to guess at a type's questions. */
export function baselineTable({ baselines, measure }: TypeAudit): Table {
  return {
    columns: [{ head: "guessed by" }, { head: "counts as" }, { head: `${measure} %`, align: "right" }],
    rows: baselines.map(({ name, role, score }) => [
      name,
      role === "prior" ? "plain knowledge" : role,
      percentInterval(score),
    ]),
  };
}

/** How evenly the right answers are spread, of all types. */
export function balanceTable(types: readonly TypeAudit[]): Table {
  return {
    columns: [
      { head: "question type" },
      { head: "balance of" },
      { head: "right answers" },
      { head: "p", align: "right" },
    ],
    rows: types.flatMap(({ type, balances }) =>
      balances.map(({ what, values, probability }): Cell[] => [
        type,
        what,
        values.map(({ value, count }) => `${value} ${count}`).join(", "),
        probability < 0.001 ? "< 0.001" : probability.toFixed(3),
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

/** What the verdicts mean; printed below every table of them. */
const LEGEND =
  "Chance: one of the listed answers, or the median number. Known: plain knowledge, what anybody knows who never saw the room, such as how large sofas are; nothing can prevent it. " +
  "Guessed: the best shortcut, what these questions give away beyond that; each room is guessed at from other rooms alone, and intervals are by room.";

/** The audit for a terminal. */
export function auditText(report: AuditReport): string {
  const parts: string[] = [];
  for (const [split, types] of Object.entries(report.splits)) {
    parts.push(`${report.dataset}, ${split}`, textTable(verdictTable(types)));
    const balances = balanceTable(types);
    if (balances.rows.length > 0) parts.push(textTable(balances));
    for (const type of types.filter(({ verdict }) => verdict === "gives the answer away")) parts.push(biasText(type));
  }
  return [...parts, LEGEND, `Limit: an excess of ${percent(report.limit)} percentage points.`].join("\n");
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
          { head: `at most ${percent(report.limit)}` },
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
