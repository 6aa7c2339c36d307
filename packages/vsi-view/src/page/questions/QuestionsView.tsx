import { useEffect, useMemo, useRef } from "preact/hooks";
import type { AuditData, Overview, QuestionTable, RunData } from "../../data/contract.ts";
import { useAudit, useQuestions, useRun } from "../data.ts";
import { useKeys } from "../keys.ts";
import { goTo, withParams } from "../navigation.ts";
import { Failure, Loading } from "../parts/messages.tsx";
import type { Route, ViewProps } from "../route.ts";
import { columnsOf, facetsOf, searchedTexts } from "./columns.ts";
import { FilterBar } from "./FilterBar.tsx";
import { filterRows, TextSearch } from "./filterRows.ts";
import { QuestionDetail } from "./QuestionDetail.tsx";
import { QuestionList } from "./QuestionList.tsx";
import { Summary } from "./Summary.tsx";

/** The list of questions with its filters, and the open one beside it. */
export function QuestionsView({ overview, route }: ViewProps) {
  const table = useQuestions();
  const runIndex = Number(route.params.run ?? Number.NaN);
  const run = useRun(overview.runs[runIndex] ? runIndex : null);
  const baseIndex = Number(route.params.base ?? Number.NaN);
  const base = useRun(overview.runs[runIndex] && overview.runs[baseIndex] ? baseIndex : null);
  // The audit takes seconds to minutes: it is asked for once somebody filters by it.
  const audit = useAudit(overview.hasAudit && route.params.guess !== undefined);
  if (table.error !== undefined) return <Failure what="The list of questions" why={table.error} />;
  if (table.value === undefined) return <Loading what="the questions" />;
  return (
    <>
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
  const close = () => goTo(withParams(route, { id: "", row: "" }));
  const change = (values: Readonly<Record<string, string>>, isStep = true) =>
    goTo(withParams(route, { ...("refused" in values ? { id: "", row: "" } : {}), ...values }), isStep);
  const step = (by: number) => {
    if (rows.length === 0) return;
    open(Math.max(0, Math.min(rows.length - 1, place < 0 ? 0 : place + by)), false);
  };
  const view = params.view === "top" ? "top" : "orbit";
  const setView = (chosen: "orbit" | "top") => goTo(withParams(route, { view: chosen === "top" ? "top" : "" }), false);
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    "/": () => document.getElementById("search")?.focus(),
    t: () => setView(view === "top" ? "orbit" : "top"),
    Escape: () => (row === null ? false : close()),
  });

  // On a narrow screen the detail takes the list's place: whoever opened it by a link or a tap reads on from there.
  const detail = useRef<HTMLElement>(null);
  const wasOpen = useRef(row !== null);
  useEffect(() => {
    if (row !== null && !wasOpen.current && isNarrow()) detail.current?.focus();
    wasOpen.current = row !== null;
  }, [row]);

  return (
    <div class={row === null ? "split" : "split opened"}>
      <div class="side">
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
      </div>
      <section class="main-pane" ref={detail} tabIndex={-1} aria-label="Details">
        {row === null && params.id ? (
          <p class="message empty">
            {`No question has the id ${params.id}: the link may be to another version of the dataset.`}
          </p>
        ) : row === null ? (
          <Summary overview={overview} counts={counts[0]} isRefused={isRefused} onType={(type) => change({ type })} />
        ) : (
          <>
            <nav class="steps" aria-label="Questions">
              <button type="button" class="back" onClick={close}>
                ← List
              </button>
              <button type="button" disabled={place <= 0} onClick={() => step(-1)}>
                Previous
              </button>
              <button type="button" disabled={place < 0 || place >= rows.length - 1} onClick={() => step(1)}>
                Next
              </button>
              <span class="count">
                {place < 0
                  ? "not in this list"
                  : `${(place + 1).toLocaleString("en")} of ${rows.length.toLocaleString("en")}`}
              </span>
            </nav>
            <QuestionDetail
              overview={overview}
              table={table}
              row={row}
              run={run}
              base={base}
              view={view}
              onView={setView}
            />
          </>
        )}
      </section>
    </div>
  );
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

function isNarrow(): boolean {
  return matchMedia("(max-width: 799px)").matches;
}
