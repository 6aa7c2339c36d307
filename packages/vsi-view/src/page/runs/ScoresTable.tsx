import { isQuestionType } from "@vsi/dataset";
import { countText, percentText, rangeText, signedText } from "../parts/format.ts";
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by key. */}
      <section class="table-box" tabIndex={0} aria-label="Scores">
        <table class="grid-table scores">
          <thead>
            <tr>
              <th scope="col">
                Score in %<span class="spoken"> by type and run</span>
              </th>
              <th scope="col" class="number">
                Questions
              </th>
              {runs.map((run) => (
                <th key={run.index} scope="col" class="number">
                  <span class="swatch" style={{ background: `var(--vsi-s${colourOf(run)})` }} />
                  {run.name}
                  <span class="below">
                    {run.splits.join(", ")}
                    {compared && run === base ? " · base" : ""}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row} class={row === "overall" ? "average" : ""}>
                <th scope="row">
                  {isQuestionType(row) ? (
                    <a href={questionsLink({ type: row, run: String(base.index) })}>{rowTitle(row)}</a>
                  ) : (
                    rowTitle(row)
                  )}
                </th>
                <td class="number">{countText(Math.max(...runs.map((run) => countsOf(run, row).questions)))}</td>
                {runs.map((run) => (
                  <ScoreCell
                    key={run.index}
                    run={run}
                    row={row}
                    metric={metric}
                    comparison={run === base ? null : comparisonOf(run)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Answers not read</th>
              <td class="number" />
              {runs.map((run) => (
                <td key={run.index} class="number">
                  <a href={questionsLink({ run: String(run.index), verdict: "unanswered" })}>
                    {countText(run.answers.filter((answer) => answer !== null && answer.read === null).length)}
                  </a>
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
      <figcaption class="note">
        {compared
          ? `Small: 95 % intervals, scans drawn with replacement. Below: the difference to ${base.name} on the questions of both, with its paired interval; ▲ and ▼ where that leaves out zero. `
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
    <td class="number">
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
    </td>
  );
}
