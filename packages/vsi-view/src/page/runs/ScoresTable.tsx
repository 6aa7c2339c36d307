import { isQuestionType } from "@vsi/dataset";
import { countText, isolated, percentText, rangeText, signedText } from "../parts/format.ts";
import { GridTable } from "../parts/GridTable.tsx";
import { writeRoute } from "../route.ts";
import {
  type Comparison,
  countsOf,
  differenceOf,
  directionOf,
  type IndexedRun,
  type Metric,
  type RowName,
  rowTitle,
  scoreOf,
} from "./scoreRows.ts";

export interface ScoresTableProps {
  runs: readonly IndexedRun[];
  base: IndexedRun;
  /** Names of the rows. */
  rows: readonly RowName[];
  metric: Metric;
  /** Of the base against a run. */
  comparisonOf: (run: IndexedRun) => Comparison | null;
  /** A run's place in the charts. */
  colourOf: (run: IndexedRun) => number;
}

/** Types by rows, runs by columns; below a score its interval, and how far it is from the base's. */
export function ScoresTable({ runs, base, rows, metric, comparisonOf, colourOf }: ScoresTableProps) {
  const compared = runs.length > 1;
  return (
    <figure class="part">
      <GridTable
        label="Scores"
        className="scores"
        columns={[
          {
            name: "row",
            head: (
              <>
                Score in %<span class="spoken"> by type and run</span>
              </>
            ),
          },
          { name: "Questions", isNumber: true },
          ...runs.map((run) => ({
            name: `run ${run.index}`,
            isNumber: true,
            head: (
              <>
                <span class="swatch" style={{ background: `var(--vsi-s${colourOf(run)})` }} />
                <bdi>{run.name}</bdi>
                <span class="below">
                  {run.splits.join(", ")}
                  {compared && run === base ? " · base" : ""}
                </span>
              </>
            ),
          })),
        ]}
        rows={rows.map((row) => ({
          key: row,
          className: row === "overall" ? "average" : "",
          cells: [
            isQuestionType(row) ? (
              <a href={questionsLink({ type: row, run: String(base.index) })}>{rowTitle(row)}</a>
            ) : (
              rowTitle(row)
            ),
            countText(Math.max(...runs.map((run) => countsOf(run, row).questions))),
            ...runs.map((run) => (
              <ScoreCell run={run} row={row} metric={metric} comparison={run === base ? null : comparisonOf(run)} />
            )),
          ],
        }))}
        foot={[
          {
            key: "unread",
            cells: [
              "Answers not read",
              "",
              ...runs.map((run) => (
                <a href={questionsLink({ run: String(run.index), verdict: "unanswered" })}>
                  {countText(run.answers.filter((answer) => answer !== null && answer.read === null).length)}
                </a>
              )),
            ],
          },
        ]}
      />
      <figcaption class="note">
        {compared
          ? `Small: 95 % intervals, scans drawn with replacement. Below: the difference to ${isolated(base.name)} on the questions of both, with its paired interval; ▲ and ▼ where that leaves out zero. `
          : "Small: 95 % intervals, scans drawn with replacement. "}
        A dash stands for an interval that one scan alone does not give.
      </figcaption>
    </figure>
  );
}

function questionsLink(params: Record<string, string>): string {
  return writeRoute({ view: "questions", path: "", params });
}

interface ScoreCellProps {
  run: IndexedRun;
  row: RowName;
  metric: Metric;
  comparison: Comparison | null;
}

function ScoreCell({ run, row, metric, comparison }: ScoreCellProps) {
  const score = scoreOf(run, row, metric);
  const difference = differenceOf(comparison, row, metric);
  const way = directionOf(difference);
  return (
    <>
      <span class="score">{percentText(score.value)}</span>
      <span class="range">{rangeText(score.low, score.high) ?? "–"}</span>
      {difference.value !== null && (
        <span class={`difference ${way}`}>
          {way === "better" ? "▲ " : way === "worse" ? "▼ " : ""}
          {signedText(difference.value)}
          <span class="range">
            {difference.low === null || difference.high === null
              ? "–"
              : `${signedText(difference.low)} to ${signedText(difference.high)}`}
          </span>
        </span>
      )}
    </>
  );
}
