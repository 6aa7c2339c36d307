import { type Block, confusion, countOf } from "@vsi/report";
import { answerUnit } from "@vsi/scoring";
import { scoringType } from "../benchmark/scoringType.ts";
import type { ScoredAnswer } from "../score/scoreQuestion.ts";
import { OFFICIAL_ROWS, OTHER_ROWS, ROW_LABELS } from "../score/tableRows.ts";
import { countChoices } from "./countChoices.ts";

/** For each task answered by a choice, how often which answer was given where which was right, as figures. */
export async function choiceConfusions(answers: readonly ScoredAnswer[]): Promise<Block[]> {
  const figures: Block[] = [];
  for (const row of [...OFFICIAL_ROWS, ...OTHER_ROWS]) {
    const ofTask = answers.filter(({ question }) => question.question_type === row);
    if (ofTask.length === 0 || answerUnit(scoringType(ofTask[0]!.question.question_type)) !== null) continue;
    const { rows, columns, counts } = countChoices(ofTask);
    const svg = await confusion({
      title: ROW_LABELS[row],
      rows,
      columns,
      counts,
      rowTitle: "right answer",
      columnTitle: "answer read",
    });
    const caption = `${ROW_LABELS[row]}: right answer (rows) against answer read (columns), ${countOf(ofTask.length, "question")}.`;
    figures.push({ kind: "figure", svg, caption });
  }
  return figures;
}
