import { type DatasetSplit, type QuestionType, questionTypeRow } from "@vsi/dataset";
import { GroupedBars } from "@vsi/report/parts";
import { useMemo } from "preact/hooks";
import type { AuditData, Overview, QuestionTable } from "../../data/contract.ts";
import { useAudit, useQuestions } from "../data.ts";
import { useKeys } from "../keys.ts";
import { goTo, withParams } from "../navigation.ts";
import { countText, percentText, rangeText, signedText } from "../parts/format.ts";
import { GridTable } from "../parts/GridTable.tsx";
import { Failure, Loading } from "../parts/messages.tsx";
import { Stray } from "../parts/Stray.tsx";
import { Working } from "../parts/Working.tsx";
import { type ViewProps, writeRoute } from "../route.ts";
import { Card } from "./Card.tsx";
import { guessedByType, scoresOf, type TypeAudit, VERDICT_TONES } from "./findings.ts";
import { TypeDetails } from "./TypeDetails.tsx";

/** What the dataset holds, how its answers are distributed, and whether they can be told without the pictures. */
export function AuditView({ overview, route }: ViewProps) {
  const table = useQuestions();
  if (table.error !== undefined) return <Failure what="The list of questions" why={table.error} />;
  if (table.value === undefined) return <Loading what="the questions" />;
  return <Shown overview={overview} route={route} table={table.value} />;
}

function Shown({ overview, route, table }: ViewProps & { table: QuestionTable }) {
  const { params } = route;
  const audit = useAudit(overview.hasAudit);
  const split = overview.splits.find((name) => name === params.split) ?? (overview.splits[0] as DatasetSplit);
  const change = (values: Record<string, string>) => goTo(withParams(route, values), false);
  const found = audit.value?.splits[split] ?? null;
  const type = overview.types.find((name) => name === params.type) ?? worstOf(found) ?? overview.types[0];
  const step = (by: number) => {
    const next = overview.types[(type === undefined ? -1 : overview.types.indexOf(type)) + by];
    if (next !== undefined) change({ type: next });
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  return (
    <div class="report">
      <h2>{overview.name}</h2>
      <Stray route={route} known={{ split: overview.splits, type: overview.types }} />
      <Card overview={overview} table={table} />
      {overview.splits.length > 1 && (
        <fieldset class="segmented" aria-label="Split">
          {overview.splits.map((name) => (
            <button key={name} type="button" aria-pressed={name === split} onClick={() => change({ split: name })}>
              {name}
            </button>
          ))}
        </fieldset>
      )}
      {!overview.hasAudit && <p class="note">{"This export holds no audit: `vsi-view export --audit` adds it."}</p>}
      {audit.error !== undefined && <Failure what="The audit" why={audit.error} />}
      {overview.hasAudit && audit.value === undefined && audit.error === undefined && (
        <Working
          what={`Auditing ${countText(table.questions)} questions`}
          expected="Blind guesses at every question, each room from the others; some 20 seconds for 100,000. You may look at the other views meanwhile."
        />
      )}
      {audit.value && found && (
        <Findings
          overview={overview}
          table={table}
          audit={audit.value}
          types={found}
          split={split}
          chosen={type}
          onType={(chosen) => {
            change({ type: chosen });
            document.getElementById("type-title")?.scrollIntoView();
          }}
        />
      )}
      {type && (
        <TypeDetails
          overview={overview}
          table={table}
          split={split}
          type={type}
          found={found?.find((one) => one.type === type) ?? null}
          onType={(chosen) => change({ type: chosen })}
        />
      )}
    </div>
  );
}

/** The type that gives most away, which is what one wants to see first. */
function worstOf(types: readonly TypeAudit[] | null): QuestionType | undefined {
  return types
    ?.filter(({ verdict }) => VERDICT_TONES[verdict] === "bad")
    .sort((a, b) => (b.excess?.mean ?? 0) - (a.excess?.mean ?? 0))[0]?.type;
}

function excessRange(excess: TypeAudit["excess"]): string {
  if (excess === null || excess.low === null || excess.high === null) return "–";
  return `${signedText(excess.low)} to ${signedText(excess.high)}`;
}

interface FindingsProps {
  overview: Overview;
  table: QuestionTable;
  audit: AuditData;
  types: readonly TypeAudit[];
  split: DatasetSplit;
  chosen: string | undefined;
  onType: (type: string) => void;
}

function Findings({ overview, table, audit, types, split, chosen, onType }: FindingsProps) {
  const guessed = useMemo(
    () => guessedByType(audit, table, overview.splits.indexOf(split), overview.types.length),
    [audit, table, split],
  );
  const away = types.filter(({ verdict }) => VERDICT_TONES[verdict] === "bad");
  const unclear = types.filter(({ verdict }) => verdict === "too few to tell").length;
  const scores = types.map(scoresOf);
  const hundred = (share: number | null | undefined) => (share == null ? null : 100 * share);
  return (
    <section class="part" aria-labelledby="audit-title">
      <h3 id="audit-title">Can the answers be told without looking?</h3>
      <p class="finding">
        {away.length === 0
          ? `No question type in ${split} gives its answers away.`
          : `${away.length} of ${types.length} question types in ${split} ${away.length === 1 ? "gives its" : "give their"} answers away.`}
        {unclear > 0 && ` ${unclear} ${unclear === 1 ? "has" : "have"} too few questions to tell.`}
      </p>
      <GridTable
        label="Findings"
        className="findings"
        namedBy={1}
        columns={[
          { name: "Verdict" },
          { name: "Type" },
          { name: "Best blind guess", isNumber: true },
          { name: "Chance", isNumber: true },
          { name: "Excess", isNumber: true },
          { name: "By" },
          { name: "Guessed", isNumber: true },
          { name: "Questions", isNumber: true },
        ]}
        rows={types.map((one, index) => {
          const { chance, known, blind } = scores[index] as ReturnType<typeof scoresOf>;
          const count = guessed[overview.types.indexOf(one.type)] ?? 0;
          return {
            key: one.type,
            className: one.type === chosen ? "chosen" : "",
            cells: [
              <span class={`verdict-tag ${VERDICT_TONES[one.verdict]}`}>{one.verdict}</span>,
              <button type="button" class="link" aria-pressed={one.type === chosen} onClick={() => onType(one.type)}>
                {questionTypeRow(one.type).title}
              </button>,
              <>
                {percentText(blind?.mean)}
                <span class="below">{rangeText(blind?.low, blind?.high) ?? "–"}</span>
              </>,
              <>
                {percentText(chance?.mean)}
                {known !== null && <span class="below">{`known ${percentText(known.mean)}`}</span>}
              </>,
              <>
                {one.excess === null ? "–" : signedText(one.excess.mean)}
                <span class="below">{excessRange(one.excess)}</span>
              </>,
              one.shortcut ?? "–",
              count === 0 ? (
                "0"
              ) : (
                <a href={writeRoute({ view: "questions", path: "", params: { type: one.type, split, guess: "0.9" } })}>
                  {countText(count)}
                </a>
              ),
              countText(one.questions),
            ],
          };
        })}
      />
      <p class="note">
        Percent: accuracy of choices, mean relative accuracy of numbers; small: 95 % intervals over rooms. Known: what
        plain knowledge of sizes and distances is worth, which no choice of questions can prevent. Guessed: questions
        that the strongest blind guess does 90 % and better at.
      </p>
      <div class="charts">
        <GroupedBars
          title={`Score without looking, ${split}`}
          categories={types.map(({ type }) => questionTypeRow(type).title)}
          series={[
            { name: "chance", values: scores.map(({ chance }) => hundred(chance?.mean)) },
            { name: "known", values: scores.map(({ known }) => hundred(known?.mean)) },
            {
              name: "best blind guess",
              values: scores.map(({ blind }) => hundred(blind?.mean)),
              low: scores.map(({ blind }) => hundred(blind?.low)),
              high: scores.map(({ blind }) => hundred(blind?.high)),
            },
          ]}
          xTitle="score in %"
          xMax={100}
        />
      </div>
    </section>
  );
}
