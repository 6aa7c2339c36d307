import CliTable from "cli-table3";
import { oneLine } from "../text/oneLine.ts";
import { cellText, checkTable, type Table } from "./table.ts";

/**
 * A table for a terminal, drawn with box characters and without colours. Text that would move the cursor or break the
 * line is made harmless. Throws ReportError "length-mismatch" when a row does not fit the columns.
 */
export function textTable(table: Table): string {
  checkTable(table);
  const drawn = new CliTable({
    head: table.columns.map(({ head }) => oneLine(head)),
    colAligns: table.columns.map(({ align }) => align ?? "left"),
    style: { head: [], border: [] },
  });
  drawn.push(...table.rows.map((row) => row.map((cell) => oneLine(cellText(cell)))));
  return withoutInnerLines(drawn.toString(), table);
}

/** Only the lines below the head and above the totals stay; cli-table3 draws one after each row or none at all. */
function withoutInnerLines(drawn: string, { rows, totalsFrom }: Table): string {
  const kept = new Set([0, totalsFrom !== undefined && totalsFrom < rows.length ? totalsFrom : 0]);
  let line = -1;
  return drawn
    .split("\n")
    .filter((row) => {
      if (!row.startsWith("├")) return true;
      line += 1;
      return kept.has(line);
    })
    .join("\n");
}
