import { textTable } from "@vsi/report";
import type { AuditReport } from "../auditDataset.ts";
import type { TypeAudit } from "../auditGroup.ts";
import { balanceTable, labelTable, percent, verdictTable } from "./auditTables.ts";

/** What the verdicts mean, below every table of them. */
export const LEGEND =
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
