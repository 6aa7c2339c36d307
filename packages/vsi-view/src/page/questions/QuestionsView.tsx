import { useMemo } from "preact/hooks";
import type { AuditData, Overview, QuestionTable, RunData } from "../../data/contract.ts";
import { useAudit, useQuestions, useRun } from "../data.ts";
import { goTo, withParams } from "../navigation.ts";
import { Failure, Loading } from "../parts/messages.tsx";
import { roomView, SplitView } from "../parts/SplitView.tsx";
import { indicesOf, type KnownParams, Stray, withoutStray } from "../parts/Stray.tsx";
import type { Route, ViewProps } from "../route.ts";
import { columnsOf, FLIPS, facetsOf, GUESSABLE, searchedTexts, VERDICTS } from "./columns.ts";
import { FilterBar } from "./FilterBar.tsx";
import { filterRows, TextSearch } from "./filterRows.ts";
import { QuestionDetail } from "./QuestionDetail.tsx";
import { QuestionList } from "./QuestionList.tsx";
import { Summary } from "./Summary.tsx";

/** The list of questions with its filters, and the open one beside it. */
export function QuestionsView({ overview, route: asked }: ViewProps) {
  const table = useQuestions();
  const known = useMemo(
    () => knownParams(overview, table.value ?? null, asked.params),
    [overview, table.value, asked.params],
  );
  const route = withoutStray(asked, known);
  const runIndex = Number(route.params.run || Number.NaN);
  const run = useRun(overview.runs[runIndex] ? runIndex : null);
  const baseIndex = Number(route.params.base || Number.NaN);
  const hasBase = overview.runs[runIndex] && overview.runs[baseIndex] && baseIndex !== runIndex;
  const base = useRun(hasBase ? baseIndex : null);
  // The audit takes seconds to minutes: it is asked for once somebody filters by it.
  const audit = useAudit(overview.hasAudit && route.params.guess !== undefined);
  if (table.error !== undefined) return <Failure what="The list of questions" why={table.error} />;
  if (table.value === undefined) return <Loading what="the questions" />;
  return (
    <>
      <Stray route={asked} known={known} />
      {audit.error !== undefined && <Failure what="The audit" why={audit.error} />}
      {run.error !== undefined && <Failure what={overview.runs[runIndex]?.name ?? "The run"} why={run.error} />}
      {base.error !== undefined && <Failure what={overview.runs[baseIndex]?.name ?? "The run"} why={base.error} />}
      <Listed
        overview={overview}
        route={route}
        table={table.value}
        run={run.value ?? null}
        base={base.value ?? null}
        audit={audit.value ?? null}
      />
    </>
  );
}

interface ListedProps {
  overview: Overview;
  route: Route;
  table: QuestionTable;
  run: RunData | null;
  /** The run that `run` is compared with. */
  base: RunData | null;
  audit: AuditData | null;
}

function Listed({ overview, route, table, run, base, audit }: ListedProps) {
  const { params } = route;
  const isRefused = params.refused === "1";
  const search = useMemo(() => new TextSearch(searchedTexts(overview, table)), [overview, table]);
  const columns = useMemo(
    () => columnsOf(overview, table, isRefused, run, audit, base),
    [overview, table, isRefused, run, audit, base],
  );
  const wanted = columns.map(({ name }) => params[name] ?? "").join("\n");
  // Of the parameters those of the columns alone filter.
  const { rows, counts } = useMemo(() => {
    const [from, to] = isRefused ? [table.questions, table.rows] : [0, table.questions];
    return filterRows(facetsOf(columns, params), from, to, search.find(params.q ?? ""));
  }, [table, columns, search, isRefused, wanted, params.q]);

  const row = openRow(table, params);
  const place = row === null ? -1 : rows.indexOf(row);
  const open = (at: number, isStep: boolean) => {
    const opened = rows[at];
    if (opened === undefined) return;
    const id = table.id[opened] ?? "";
    goTo(withParams(route, { id, row: id === "" ? String(opened) : "" }), isStep);
  };
  const change = (values: Readonly<Record<string, string>>, isStep = true) =>
    goTo(withParams(route, { ...("refused" in values ? { id: "", row: "" } : {}), ...values }), isStep);
  const [view, onView] = roomView(route);
  return (
    <SplitView
      route={route}
      things="Questions"
      side={
        <>
          <FilterBar
            overview={overview}
            columns={columns}
            counts={counts}
            params={params}
            questions={table.questions}
            refused={table.rows - table.questions}
            found={rows.length}
            onChange={change}
          />
          {rows.length === 0 ? (
            <p class="message">No question fits these filters.</p>
          ) : (
            <QuestionList overview={overview} table={table} rows={rows} open={place} run={run} onOpen={open} />
          )}
        </>
      }
      opened={
        row === null ? null : (
          <QuestionDetail
            overview={overview}
            table={table}
            row={row}
            run={run}
            base={base}
            view={view}
            onView={onView}
          />
        )
      }
      empty={
        params.id ? (
          <p class="message empty">
            No question has the id <bdi>{params.id}</bdi>: the link may be to another version of the dataset.
          </p>
        ) : (
          <Summary overview={overview} counts={counts[0]} isRefused={isRefused} onType={(type) => change({ type })} />
        )
      }
      place={place}
      count={rows.length}
      onOpen={(at) => open(at, false)}
      onClose={() => goTo(withParams(route, { id: "", row: "" }))}
    />
  );
}

/** A verdict is one of a run, a change one between two: without these they filter nothing. */
function knownParams(
  { types, splits, scenes, runs }: Overview,
  table: QuestionTable | null,
  { run = "", base = "", refused = "" }: Route["params"],
): KnownParams {
  const indices = indicesOf(runs);
  const hasRun = indices.includes(run);
  const hasBase = hasRun && indices.includes(base) && base !== run;
  return {
    q: () => true,
    id: () => true,
    row: (row) => table === null || openRow(table, { row }) !== null,
    view: ["orbit", "top"],
    refused: ["0", "1"],
    type: types,
    split: splits,
    scene: (name) => scenes.some(({ scene_name }) => scene_name === name),
    reason: (code) => refused === "1" && (table === null || table.answer.indexOf(code, table.questions) >= 0),
    guess: ["any", ...GUESSABLE.map(({ name }) => name)],
    run: indices,
    verdict: hasRun ? VERDICTS : [],
    base: hasRun ? indices.filter((index) => index !== run) : [],
    flip: hasBase ? FLIPS : [],
  };
}

/** The row that the address asks for: a question's by its id, a refused candidate's by its number. */
function openRow({ id, rows, questions }: QuestionTable, params: Readonly<Record<string, string>>): number | null {
  if (params.id) {
    const row = id.indexOf(params.id);
    return row < 0 ? null : row;
  }
  const row = Number(params.row || Number.NaN);
  return Number.isInteger(row) && row >= questions && row < rows ? row : null;
}
