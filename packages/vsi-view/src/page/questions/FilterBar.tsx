import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Overview } from "../../data/contract.ts";
import { countText, isolated } from "../parts/format.ts";
import { writeRoute } from "../route.ts";
import type { Column } from "./columns.ts";

export interface FilterBarProps {
  overview: Overview;
  columns: readonly Column[];
  /** By column, rows that each value would show. */
  counts: readonly Int32Array[];
  params: Readonly<Record<string, string>>;
  questions: number;
  refused: number;
  found: number;
  onChange: (change: Readonly<Record<string, string>>, isStep?: boolean) => void;
}

/** Parameters that a filter sets; what else is in the address stays. */
const FILTERS = ["q", "type", "split", "scene", "reason", "verdict", "flip", "guess"] as const;

export function FilterBar({ overview, columns, counts, params, questions, refused, found, onChange }: FilterBarProps) {
  const isRefused = params.refused === "1";
  const active = FILTERS.filter((name) => name !== "q" && (params[name] ?? "") !== "");
  // On a narrow screen the filters would cover the list: they open on request.
  const [isOpen, setOpen] = useState(false);
  return (
    <search class="filters">
      <div class="filters-row">
        <input
          id="search"
          type="search"
          placeholder="Search text, answer, scene, id"
          aria-label="Search questions"
          value={params.q ?? ""}
          onInput={({ currentTarget }) => onChange({ q: currentTarget.value }, false)}
        />
        <button type="button" class="filters-toggle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Filters{active.length > 0 ? ` (${active.length})` : ""}
        </button>
      </div>
      <fieldset class="filters-row segmented" aria-label="Kind">
        <button type="button" aria-pressed={!isRefused} onClick={() => onChange({ refused: "", reason: "" })}>
          Questions <Count value={questions} />
        </button>
        <button
          type="button"
          aria-pressed={isRefused}
          onClick={() => onChange({ refused: "1", split: "", verdict: "", flip: "", guess: "" })}
        >
          Refused <Count value={refused} />
        </button>
      </fieldset>
      <div class={isOpen ? "filters-selects open" : "filters-selects"}>
        {overview.runs.length > 0 && !isRefused && (
          <Select
            title="Run"
            value={params.run ?? ""}
            isWide
            onChange={(run) =>
              onChange({
                run,
                ...(run === "" ? { verdict: "" } : {}),
                ...(run === "" || run === params.base ? { base: "", flip: "" } : {}),
              })
            }
          >
            <option value="">no run</option>
            {overview.runs.map(({ name }, index) => (
              <option key={index} value={String(index)}>
                {name}
              </option>
            ))}
          </Select>
        )}
        {overview.runs.length > 1 && overview.runs[Number(params.run || Number.NaN)] && !isRefused && (
          <Select
            title="Compared with"
            value={params.base ?? ""}
            isWide
            onChange={(base) => onChange({ base, ...(base === "" ? { flip: "" } : {}) })}
          >
            <option value="">compared with no other run</option>
            {overview.runs.map(({ name }, index) =>
              String(index) === params.run ? null : (
                <option key={index} value={String(index)}>
                  {`compared with ${isolated(name)}`}
                </option>
              ),
            )}
          </Select>
        )}
        {columns.map((column, index) => (
          <ColumnSelect
            key={column.name}
            column={column}
            counts={counts[index]}
            value={column.keys.includes(params[column.name] ?? "") ? (params[column.name] ?? "") : ""}
            onChange={(value) => onChange({ [column.name]: value })}
          />
        ))}
        {overview.hasAudit && !isRefused && columns.every(({ name }) => name !== "guess") && (
          <button type="button" disabled={params.guess !== undefined} onClick={() => onChange({ guess: "any" })}>
            {params.guess === undefined ? "Blind guesses ..." : "Auditing ..."}
          </button>
        )}
      </div>
      <p class="filters-found" role="status">
        <span>
          <b>{countText(found)}</b> {isRefused ? "refused candidates" : found === 1 ? "question" : "questions"}
        </span>
        {params.run && !isRefused && (
          <a href={writeRoute({ view: "runs", path: "", params: runsParams(params) })}>Scores of runs</a>
        )}
        {(active.length > 0 || (params.q ?? "") !== "") && (
          <button
            type="button"
            class="link"
            onClick={() => onChange(Object.fromEntries(FILTERS.map((name) => [name, ""])))}
          >
            Clear filters
          </button>
        )}
      </p>
    </search>
  );
}

/** The runs side by side, with what is filtered by. */
function runsParams({ run = "", base = "", type = "", split = "", scene = "", q = "" }: FilterBarProps["params"]) {
  return { a: base, b: run, type, split, scene, q };
}

/** Choices that are there all the time; the scenes of a large dataset would be written anew at every letter of a search. */
const FEW = 200;

interface ColumnSelectProps {
  column: Column;
  /** Rows that each value would show. */
  counts: Int32Array | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** The choices of a column that would show something, with how much; of many, once somebody is about to choose. */
function ColumnSelect({ column: { title, keys, titles }, counts, value, onChange }: ColumnSelectProps) {
  const [isNear, setNear] = useState(false);
  const isWhole = isNear || keys.length <= FEW;
  const option = (place: number) => {
    const key = keys[place] ?? "";
    const count = counts?.[place] ?? 0;
    return count === 0 && value !== key ? null : (
      <option key={key} value={key}>{`${isolated(titles[place] ?? "")} (${countText(count)})`}</option>
    );
  };
  return (
    <Select title={title} value={value} onChange={onChange} onNear={() => setNear(true)} onFar={() => setNear(false)}>
      <option value="">{`Any ${title.toLowerCase()}`}</option>
      {isWhole ? keys.map((_, place) => option(place)) : value !== "" && option(keys.indexOf(value))}
    </Select>
  );
}

interface SelectProps {
  title: string;
  value: string;
  isWide?: boolean;
  onChange: (value: string) => void;
  /** The pointer or the focus comes, without which it cannot be opened; both are gone. */
  onNear?: () => void;
  onFar?: () => void;
  children: ComponentChildren;
}

function Select({ title, value, isWide = false, onChange, onNear, onFar, children }: SelectProps) {
  const names = [value === "" ? "" : "chosen", isWide ? "wide" : ""].filter(Boolean).join(" ");
  return (
    <select
      class={names}
      aria-label={title}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onPointerEnter={() => onNear?.()}
      onFocus={() => onNear?.()}
      onBlur={() => onFar?.()}
      onPointerLeave={({ currentTarget }) => currentTarget !== document.activeElement && onFar?.()}
    >
      {children}
    </select>
  );
}

function Count({ value }: { value: number }) {
  return <span class="count">{countText(value)}</span>;
}
