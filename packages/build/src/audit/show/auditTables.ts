import type { Cell, Table } from "@vsi/report";
import type { TypeAudit } from "../auditGroup.ts";
import type { Interval } from "../scores/meanByRoom.ts";

/** A share as percent with one decimal: 0.145 is "14.5". */
export function percent(share: number): string {
  return (share * 100).toFixed(1);
}

/** A mean and its 95 % interval in percent: "14.5 (12.6 to 16.4)". */
export function percentInterval({ mean, low, high }: Interval): string {
  return low === null || high === null ? percent(mean) : `${percent(mean)} (${percent(low)} to ${percent(high)})`;
}

/** One row a type: the score of chance, of the reference and of the best shortcut, and the verdict. */
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
