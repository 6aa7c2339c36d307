import { type Block, bars, groupedBars, histogram, renderPage } from "@vsi/report";
import type { AuditReport } from "../auditDataset.ts";
import type { TypeAudit } from "../auditGroup.ts";
import type { Balance } from "../balance/balancesOf.ts";
import { balanceTable, baselineTable, labelTable, percent, questionTable, verdictTable } from "./auditTables.ts";
import { LEGEND } from "./auditText.ts";

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
  if (balances.rows.length > 0)
    blocks.push({ kind: "table", table: balances, caption: "Balance of the right answers" });
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
