import { questionTypeRow } from "@vsi/dataset";
import { useMemo } from "preact/hooks";
import type { Overview, QuestionTable } from "../../data/contract.ts";
import { countText, isolated } from "../parts/format.ts";
import {
  columnsOf,
  FLIP_TITLES,
  FLIPS,
  type Flip,
  facetsOf,
  flipOf,
  searchedTexts,
  verdictOf,
} from "../questions/columns.ts";
import { filterRows, TextSearch } from "../questions/filterRows.ts";
import { VerdictMark } from "../questions/QuestionList.tsx";
import { type Route, writeRoute } from "../route.ts";
import type { IndexedRun } from "./scoreRows.ts";

export interface FlipsProps {
  overview: Overview;
  route: Route;
  table: QuestionTable;
  runs: readonly IndexedRun[];
  base: IndexedRun;
  run: IndexedRun;
  change: (values: Record<string, string>) => void;
}

/** Enough to see what kind of questions they are; the list of questions has all of them. */
const LISTED = 15;

/** Parameters that this view has in common with the list of questions. */
const SHARED = ["type", "split", "scene", "q"] as const;

/** Questions that one run has right and another has wrong. Half a point and more is right, as in the list of questions. */
export function Flips({ overview, route, table, runs, base, run, change }: FlipsProps) {
  const { params } = route;
  const search = useMemo(() => new TextSearch(searchedTexts(overview, table)), [overview, table]);
  const columns = useMemo(
    () => columnsOf(overview, table, false, run, null, base),
    [overview, table, run.index, base.index],
  );
  const shared = Object.fromEntries(SHARED.map((name) => [name, params[name] ?? ""]));
  const { rows, counts } = useMemo(
    () => filterRows(facetsOf(columns, shared), 0, table.questions, search.find(shared.q ?? "")),
    [table, columns, search, Object.values(shared).join("\n")],
  );
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const flips = counts[place("flip")];
  const questionsLink = (more: Record<string, string>) =>
    writeRoute({
      view: "questions",
      path: "",
      params: { ...shared, run: String(run.index), base: String(base.index), ...more },
    });
  const listed = (wanted: Flip) => {
    const found: number[] = [];
    for (const row of rows) {
      if (flipOf(run.answers[row], base.answers[row]) === wanted) found.push(row);
      if (found.length === LISTED) break;
    }
    return found;
  };
  const choices = (["type", "split"] as const).flatMap((name) => {
    const column = columns[place(name)];
    return column === undefined ? [] : [{ ...column, name, counts: counts[place(name)] }];
  });
  const isNarrowed = SHARED.some((name) => shared[name] !== "");
  return (
    <section class="part" aria-labelledby="flips-title">
      <h3 id="flips-title">What changed, question by question</h3>
      <div class="controls">
        <label class="field">
          <span>
            from <bdi>{base.name}</bdi> to
          </span>
          <select value={String(run.index)} onChange={({ currentTarget: { value } }) => change({ b: value })}>
            {runs
              .filter((one) => one !== base)
              .map(({ index, name }) => (
                <option key={index} value={String(index)}>
                  {name}
                </option>
              ))}
          </select>
        </label>
        {choices.map(({ name, title, keys, titles, counts }) => (
          <select
            key={name}
            class={shared[name] === "" ? "" : "chosen"}
            aria-label={title}
            value={keys.includes(shared[name] ?? "") ? shared[name] : ""}
            onChange={({ currentTarget: { value } }) => change({ [name]: value })}
          >
            <option value="">{`Any ${title.toLowerCase()}`}</option>
            {keys.map((key, value) => (
              <option
                key={key}
                value={key}
              >{`${isolated(titles[value] ?? "")} (${countText(counts?.[value] ?? 0)})`}</option>
            ))}
          </select>
        ))}
        {shared.scene !== "" && <bdi class="tag">{shared.scene}</bdi>}
        {shared.q !== "" && (
          <span class="tag">
            “<bdi>{shared.q}</bdi>”
          </span>
        )}
        {isNarrowed && (
          <button
            type="button"
            class="link"
            onClick={() => change(Object.fromEntries(SHARED.map((name) => [name, ""])))}
          >
            Clear filters
          </button>
        )}
      </div>
      <ul class="tiles">
        {FLIPS.map((flip, index) => (
          <li key={flip} class={flip}>
            <a href={questionsLink({ flip })}>
              <b>{countText(flips?.[index] ?? 0)}</b>
              <span>{FLIP_TITLES[flip]}</span>
            </a>
          </li>
        ))}
      </ul>
      <div class="columns">
        {(["gained", "lost"] as const).map((flip) => (
          <FlippedList
            key={flip}
            flip={flip}
            rows={listed(flip)}
            all={flips?.[FLIPS.indexOf(flip)] ?? 0}
            link={questionsLink}
            {...{ overview, table, base, run }}
          />
        ))}
      </div>
    </section>
  );
}

interface FlippedListProps extends Pick<FlipsProps, "overview" | "table" | "base" | "run"> {
  flip: "gained" | "lost";
  rows: readonly number[];
  all: number;
  link: (more: Record<string, string>) => string;
}

function FlippedList({ overview, table, base, run, flip, rows, all, link }: FlippedListProps) {
  const title = `Right only in ${isolated(flip === "gained" ? run.name : base.name)}`;
  return (
    <section class="flipped" aria-label={title}>
      <h4>
        {title} <span class="count">{countText(all)}</span>
      </h4>
      {all === 0 && <p class="note">None.</p>}
      <ol>
        {rows.map((row) => (
          <li key={row}>
            <a href={link({ flip, id: table.id[row] ?? "" })}>{table.text[row]?.split("\n")[0]}</a>
            <span class="said">
              {typeTitle(overview, table.type[row] ?? -1)} · answer{" "}
              <b>
                <bdi>{table.answer[row]}</bdi>
              </b>
              {[base, run].map((one) => (
                <Read key={one.index} run={one} row={row} />
              ))}
            </span>
          </li>
        ))}
      </ol>
      {all > rows.length && <a href={link({ flip })}>{`All ${countText(all)} in the list of questions`}</a>}
    </section>
  );
}

/** What was read of a run's answer, right or wrong. */
function Read({ run, row }: { run: IndexedRun; row: number }) {
  const answer = run.answers[row];
  const verdict = verdictOf(answer);
  return (
    <>
      {" · "}
      <bdi>{run.name}</bdi>{" "}
      <b>
        <bdi>{answer?.read ?? "nothing read"}</bdi>
      </b>{" "}
      {verdict !== null && <VerdictMark verdict={verdict} />}
    </>
  );
}

function typeTitle({ types }: Overview, type: number): string {
  const name = types[type];
  return name === undefined ? "" : questionTypeRow(name).title;
}
