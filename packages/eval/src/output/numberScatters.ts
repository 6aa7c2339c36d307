import { type Block, countOf, scatter } from "@vsi/report";
import { answerUnit } from "@vsi/scoring";
import { scoringType } from "../benchmark/scoringType.ts";
import type { ScoredAnswer } from "../score/scoreQuestion.ts";
import { OFFICIAL_ROWS, OTHER_ROWS, ROW_LABELS } from "../score/tableRows.ts";

/** An answer a hundred times too large or small would press all others into a corner; any of them is worth 0. */
const FARTHEST_FACTOR = 100;

const UNIT_NAMES = { count: "objects", m: "metres", cm: "centimetres", m2: "square metres" } as const;

/** For each task answered by a number, what was read against what is true, as figures. */
export async function numberScatters(answers: readonly ScoredAnswer[]): Promise<Block[]> {
  const figures: Block[] = [];
  for (const row of [...OFFICIAL_ROWS, ...OTHER_ROWS]) {
    const ofTask = answers.filter(({ question }) => question.question_type === row);
    const unit = ofTask.length === 0 ? null : answerUnit(scoringType(ofTask[0]!.question.question_type));
    if (unit === null) continue;
    const read = ofTask.flatMap(({ question, read }) =>
      typeof read?.value === "number" ? [{ x: Number(question.ground_truth), y: read.value }] : [],
    );
    const points = read.filter(({ x, y }) => y >= x / FARTHEST_FACTOR && y <= x * FARTHEST_FACTOR);
    const far = read.length - points.length;
    const svg = await scatter({
      title: ROW_LABELS[row],
      points,
      xTitle: `true (${UNIT_NAMES[unit]})`,
      yTitle: `read (${UNIT_NAMES[unit]})`,
      diagonal: true,
      logarithmic: true,
    });
    const leftOut = far === 0 ? "" : ` ${countOf(far, "answer")} over ${FARTHEST_FACTOR} times off not shown.`;
    const caption = `${ROW_LABELS[row]}: read against true, ${countOf(points.length, "answer")} of ${countOf(ofTask.length, "question")}.${leftOut}`;
    figures.push({ kind: "figure", svg, caption });
  }
  return figures;
}
