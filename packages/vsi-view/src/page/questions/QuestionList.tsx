import { questionTypeRow } from "@vsi/dataset";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Overview, QuestionTable, RunData } from "../../data/contract.ts";
import { verdictOf } from "./columns.ts";
import { listScroll } from "./listScroll.ts";

/** Pixels; the style sheet's --row is the same. */
const ROW_HEIGHT = 68;

/** Rows that are there above and below what is seen, so that a fast wheel meets no empty ones. */
const SPARE_ROWS = 6;

export interface QuestionListProps {
  overview: Overview;
  table: QuestionTable;
  /** Rows of the table, in the order of the list. */
  rows: Int32Array;
  /** The place in `rows` of the open one; -1 for none. */
  open: number;
  run: RunData | null;
  onOpen: (place: number, isStep: boolean) => void;
}

/** The list of questions: only the rows in view exist, whatever their number. */
export function QuestionList({ overview, table, rows, open, run, onOpen }: QuestionListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const update = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const resized = new ResizeObserver(update);
    resized.observe(element);
    element.addEventListener("scroll", update, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", update);
    };
  }, []);

  // What is opened by a key or a link comes into view; what is filtered begins at its top.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { listTop, scrollTop } = listScroll(rows.length * ROW_HEIGHT, element.clientHeight);
    const seen = listTop(element.scrollTop);
    const [top, bottom] = [open * ROW_HEIGHT, (open + 1) * ROW_HEIGHT];
    if (open < 0) element.scrollTop = 0;
    else if (top < seen) element.scrollTop = scrollTop(Math.max(0, top - ROW_HEIGHT));
    else if (bottom > seen + element.clientHeight)
      element.scrollTop = scrollTop(bottom - element.clientHeight + ROW_HEIGHT);
  }, [open, rows]);

  const scroll = listScroll(rows.length * ROW_HEIGHT, view.height);
  const seen = scroll.listTop(view.top);
  const first = Math.max(0, Math.floor(seen / ROW_HEIGHT) - SPARE_ROWS);
  const last = Math.min(rows.length, Math.ceil((seen + view.height) / ROW_HEIGHT) + SPARE_ROWS);
  // Where the list moves faster than the element, its rows go along with what is seen.
  const ahead = view.top - seen;
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const isOpenShown = open >= first && open < last;
  return (
    <div
      class="list"
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label="Questions"
      aria-activedescendant={isOpenShown ? `row-${open}` : undefined}
    >
      <div class="list-space" role="presentation" style={{ height: `${scroll.space}px` }}>
        {shown.map((place) => {
          const row = rows[place] as number;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's, which alone has the focus
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, aria-activedescendant tells the option
            <div
              key={place}
              id={`row-${place}`}
              class="list-row"
              role="option"
              aria-selected={place === open}
              aria-setsize={rows.length}
              aria-posinset={place + 1}
              style={{ transform: `translateY(${place * ROW_HEIGHT + ahead}px)` }}
              onClick={() => onOpen(place, true)}
            >
              <RowText overview={overview} table={table} row={row} run={run} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function RowText({
  overview,
  table,
  row,
  run,
}: Pick<QuestionListProps, "overview" | "table" | "run"> & { row: number }) {
  const type = overview.types[table.type[row] ?? -1];
  const scene = overview.scenes[table.scene[row] ?? -1];
  const isRefused = row >= table.questions;
  const verdict = run === null ? null : verdictOf(run.answers[row]);
  return (
    <>
      <span class="row-head">
        <b>{type === undefined ? "Scan" : questionTypeRow(type).title}</b>
        <bdi class="row-scene">{scene?.scene_name}</bdi>
        <span class="row-answer">
          {verdict !== null && <VerdictMark verdict={verdict} />}
          <bdi>{table.answer[row]}</bdi>
        </span>
      </span>
      <span class={isRefused ? "row-text refused" : "row-text"}>{table.text[row]}</span>
    </>
  );
}

const MARKS = { right: "✓", wrong: "✗", unanswered: "?" } as const;

/** Right or wrong by a sign and a word, not by colour alone. */
export function VerdictMark({ verdict }: { verdict: keyof typeof MARKS }) {
  return (
    <span class={`verdict ${verdict}`} role="img" aria-label={verdict} title={verdict}>
      {MARKS[verdict]}
    </span>
  );
}
