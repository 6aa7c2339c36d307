import { Forest, GroupedBars } from "@vsi/report/parts";
import type { Overview, QuestionTable, RunData } from "../../data/contract.ts";
import { useEach, useQuestions } from "../data.ts";
import { useKeys } from "../keys.ts";
import { goTo, withParams } from "../navigation.ts";
import { countText } from "../parts/format.ts";
import { GridTable } from "../parts/GridTable.tsx";
import { Failure } from "../parts/messages.tsx";
import { indicesOf, type KnownParams, Stray, withoutStray } from "../parts/Stray.tsx";
import { Working } from "../parts/Working.tsx";
import type { Route, ViewProps } from "../route.ts";
import { Flips } from "./Flips.tsx";
import { ScoresTable } from "./ScoresTable.tsx";
import {
  type Comparison,
  differenceOf,
  flatSettings,
  type IndexedRun,
  type Metric,
  rowTitle,
  scoreOf,
  shownRows,
} from "./scoreRows.ts";

/** Evaluation runs side by side: scores with intervals, differences to one of them, and the questions that flipped. */
export function RunsView({ overview, route: asked }: ViewProps) {
  const known = knownParams(overview);
  const route = withoutStray(asked, known);
  const loaded = useEach<RunData>(overview.runs.map((_, run) => `run-${run}`));
  const table = useQuestions();
  const done = loaded.filter(({ value, error }) => value !== undefined || error !== undefined).length;
  const runs = loaded.flatMap(({ value }, index) => (value === undefined ? [] : [{ ...value, index }]));
  const error = table.error;
  return (
    <div class="report">
      <h2>Evaluation runs</h2>
      <Stray route={asked} known={known} />
      {loaded.map((one, run) =>
        one.error === undefined ? null : (
          <Failure key={run} what={overview.runs[run]?.name ?? "A run"} why={one.error} />
        ),
      )}
      {error !== undefined && <Failure what="The list of questions" why={error} />}
      {done < loaded.length && (
        <Working
          what={`Scoring and comparing: ${done} of ${loaded.length} runs`}
          expected="A second or two for 100,000 answers, and as much for each pair."
          done={done}
          of={loaded.length}
        />
      )}
      {done === loaded.length && runs.length > 0 && table.value !== undefined && (
        <Compared overview={overview} route={route} runs={runs} table={table.value} />
      )}
    </div>
  );
}

function knownParams({ runs, types, splits, scenes }: Overview): KnownParams {
  return {
    q: () => true,
    a: indicesOf(runs),
    b: indicesOf(runs),
    metric: ["robust", "official"],
    type: types,
    split: splits,
    scene: (name) => scenes.some(({ scene_name }) => scene_name === name),
  };
}

interface ComparedProps {
  overview: Overview;
  route: Route;
  runs: readonly IndexedRun[];
  table: QuestionTable;
}

function Compared({ overview, route, runs, table }: ComparedProps) {
  const { params } = route;
  const metric: Metric = params.metric === "official" ? "official" : "robust";
  const base = runs.find(({ index }) => String(index) === params.a) ?? (runs[0] as IndexedRun);
  const others = runs.filter((run) => run !== base);
  const chosen = others.find(({ index }) => String(index) === params.b) ?? others[0];
  const change = (values: Record<string, string>) => goTo(withParams(route, values), false);
  useKeys({ m: () => change({ metric: metric === "official" ? "" : "official" }) });
  const rows = shownRows(runs);
  const titles = rows.map(rowTitle);
  // Others first, so that a run has the same colour in the bars, the differences and the table.
  const colored = [...others, base];
  const comparisonOf = (run: IndexedRun) => base.comparisons[run.index] ?? null;
  return (
    <>
      <div class="controls">
        <fieldset class="segmented" aria-label="Metric">
          <button type="button" aria-pressed={metric === "robust"} onClick={() => change({ metric: "" })}>
            Ours
          </button>
          <button type="button" aria-pressed={metric === "official"} onClick={() => change({ metric: "official" })}>
            Official
          </button>
        </fieldset>
        {others.length > 0 && (
          <label class="field">
            <span>compared with</span>
            <select
              value={String(base.index)}
              onChange={({ currentTarget: { value } }) =>
                change({ a: value, ...(value === String(chosen?.index) ? { b: String(base.index) } : {}) })
              }
            >
              {runs.map(({ index, name }) => (
                <option key={index} value={String(index)}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <p class="note">
          {metric === "official"
            ? "As VSI-Bench's own script reads and scores answers."
            : "Answers read by the forgiving reader, scored by VSI-Bench's rules."}
        </p>
      </div>
      {runs.map(({ index, name, unanswered }) =>
        unanswered === 0 ? null : (
          <p class="warning" key={index}>
            <bdi>{name}</bdi>: {countText(unanswered)} {unanswered === 1 ? "question" : "questions"} without an answer,
            each scored 0.
          </p>
        ),
      )}
      <ScoresTable
        runs={runs}
        base={base}
        rows={rows}
        metric={metric}
        comparisonOf={comparisonOf}
        colourOf={(run) => colored.indexOf(run)}
      />
      <div class="charts">
        <GroupedBars
          title="Scores with 95 % intervals"
          categories={titles}
          series={colored.map((run) => {
            const scores = rows.map((row) => scoreOf(run, row, metric));
            return {
              name: run.name,
              values: scores.map(({ value }) => hundred(value)),
              low: scores.map(({ low }) => hundred(low)),
              high: scores.map(({ high }) => hundred(high)),
            };
          })}
          xTitle="score in %"
          xMax={100}
        />
        {others.length > 0 && (
          <Forest
            title={`Difference to ${base.name}`}
            rows={titles}
            series={others.map((run) => {
              const found = rows.map((row) => differenceOf(comparisonOf(run), row, metric));
              return {
                name: run.name,
                values: found.map(({ value }) => hundred(value)),
                low: found.map(({ low }) => hundred(low)),
                high: found.map(({ high }) => hundred(high)),
              };
            })}
            xTitle="percentage points"
          />
        )}
      </div>
      {chosen && (
        <Flips overview={overview} route={route} table={table} runs={runs} base={base} run={chosen} change={change} />
      )}
      <Settings runs={runs} comparison={chosen ? comparisonOf(chosen) : null} />
    </>
  );
}

function hundred(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

/** How the runs were made: what differs in sight, the rest folded. */
function Settings({ runs, comparison }: { runs: readonly IndexedRun[]; comparison: Comparison | null }) {
  const flat = runs.map(({ settings }) => new Map(flatSettings(settings)));
  const names = [...new Set(flat.flatMap((settings) => [...settings.keys()]))].sort();
  const differs = (name: string) => new Set(flat.map((settings) => settings.get(name))).size > 1;
  const differing = names.filter(differs);
  const same = names.filter((name) => !differs(name));
  if (names.length === 0) return <p class="note">Nothing is recorded about how these runs were made.</p>;
  return (
    <section class="part" aria-labelledby="settings-title">
      <h3 id="settings-title">Settings</h3>
      {comparison !== null && !comparison.same_data && (
        <p class="warning">These two were asked questions of different splits: only shared ones are compared.</p>
      )}
      {differing.length === 0 ? (
        <p class="note">{runs.length > 1 ? "None that is recorded differs." : ""}</p>
      ) : (
        <SettingsTable names={differing} runs={runs} flat={flat} caption="What differs" />
      )}
      {same.length > 0 && (
        <details>
          <summary>{runs.length > 1 ? `${same.length} that are the same` : `${same.length} settings`}</summary>
          <SettingsTable names={same} runs={runs.slice(0, 1)} flat={flat.slice(0, 1)} caption="In every run" />
        </details>
      )}
    </section>
  );
}

interface SettingsTableProps {
  names: readonly string[];
  runs: readonly IndexedRun[];
  flat: readonly ReadonlyMap<string, string>[];
  caption: string;
}

function SettingsTable({ names, runs, flat, caption }: SettingsTableProps) {
  return (
    <GridTable
      label={caption}
      columns={[
        { name: caption },
        ...runs.map(({ index, name }) => ({
          name: String(index),
          head: runs.length > 1 ? <bdi>{name}</bdi> : "value",
          className: "setting",
        })),
      ]}
      rows={names.map((name) => ({
        key: name,
        cells: [<code>{name}</code>, ...flat.map((settings) => <bdi>{settings.get(name) ?? "–"}</bdi>)],
      }))}
    />
  );
}
