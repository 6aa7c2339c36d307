import { type Cell, textTable } from "@vsi/report";
import type { DebiasReport } from "../debias/debiasDataset.ts";
import type { Interval } from "../scores/meanByRoom.ts";
import { percent, percentInterval } from "./auditTables.ts";

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
