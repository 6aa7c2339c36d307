import { type DatasetSplit, type QuestionType, questionTypeRow } from "@vsi/dataset";
import { Bars, GroupedBars, Histogram } from "@vsi/report/parts";
import { useMemo } from "preact/hooks";
import type { Overview, QuestionTable } from "../../data/contract.ts";
import { countText, percentText, rangeText } from "../parts/format.ts";
import { GridTable } from "../parts/GridTable.tsx";
import { writeRoute } from "../route.ts";
import { answersOf, type TypeAudit } from "./findings.ts";

export interface TypeDetailsProps {
  overview: Overview;
  table: QuestionTable;
  split: DatasetSplit;
  type: QuestionType;
  /** What the audit found; null before it is there. */
  found: TypeAudit | null;
  onType: (type: string) => void;
}

/** One type: its answers, every way to guess at them, and the labels and questions that give most away. */
export function TypeDetails({ overview, table, split, type, found, onType }: TypeDetailsProps) {
  const answers = useMemo(
    () => answersOf(table, overview.types.indexOf(type), overview.splits.indexOf(split)),
    [table, type, split],
  );
  const title = questionTypeRow(type).title;
  const unit = questionTypeRow(type).unit;
  // Counts are few: a bar each, in their order.
  const listed = unit === "count" ? [...answers].sort((a, b) => Number(a.answer) - Number(b.answer)) : answers;
  return (
    <section class="part" aria-labelledby="type-title">
      <h3 id="type-title">{title}</h3>
      <div class="controls">
        <label class="field">
          <span>type</span>
          <select value={type} onChange={({ currentTarget: { value } }) => onType(value)}>
            {overview.types.map((name) => (
              <option key={name} value={name}>
                {questionTypeRow(name).title}
              </option>
            ))}
          </select>
        </label>
        <a href={writeRoute({ view: "questions", path: "", params: { type, split } })}>Its questions</a>
      </div>
      <div class="charts">
        {unit !== null && unit !== "count" ? (
          <Histogram
            title={`Right answers, ${split}`}
            values={answers.flatMap(({ answer, count }) => Array<number>(count).fill(Number(answer)))}
            xTitle={`answer in ${unit === "m2" ? "m²" : unit}`}
          />
        ) : (
          <Bars
            title={`Right answers, ${split}`}
            categories={listed.map(({ answer }) => answer)}
            values={listed.map(({ count }) => count)}
            xTitle="questions"
          />
        )}
        {found?.balances.map(({ what, values, probability }) => (
          <figure key={what}>
            <GroupedBars
              title={`Balance of ${what}`}
              categories={values.map(({ value }) => value)}
              series={[
                { name: "right answers", values: values.map(({ count }) => count) },
                { name: "when balanced", values: values.map(({ expected }) => expected) },
              ]}
              xTitle="questions"
            />
            <figcaption class="note">{`As uneven by chance alone with a probability of ${shortProbability(probability)}.`}</figcaption>
          </figure>
        ))}
        {found && <Guesses found={found} />}
        {found && found.biasedLabels.length > 0 && <Labels found={found} split={split} />}
      </div>
      {found && found.biasedQuestions.length > 0 && <Biased found={found} split={split} />}
    </section>
  );
}

function shortProbability(probability: number): string {
  return probability < 0.001 ? "less than 0.001" : probability.toFixed(3);
}

function Guesses({ found: { baselines, measure, shortcut } }: { found: TypeAudit }) {
  if (baselines.length === 0)
    return <p class="note">In fewer than two rooms nothing can be learnt from other rooms.</p>;
  return (
    <section>
      <h4>Every way to guess</h4>
      <GridTable
        label="Every way to guess"
        columns={[
          { name: "Guessed by" },
          { name: "Counts as" },
          { name: `${measure}, %`, isNumber: true },
          { name: "Within rooms", isNumber: true },
        ]}
        rows={baselines.map(({ name, role, score, withinRooms }) => ({
          key: name,
          className: name === shortcut ? "chosen" : "",
          cells: [
            name,
            role === "prior" ? "plain knowledge" : role,
            <>
              {percentText(score.mean)}
              <span class="below">{rangeText(score.low, score.high) ?? "–"}</span>
            </>,
            percentText(withinRooms),
          ],
        }))}
      />
    </section>
  );
}

function Labels({ found: { biasedLabels, type }, split }: { found: TypeAudit; split: DatasetSplit }) {
  return (
    <section>
      <h4>Labels that give most away</h4>
      <GridTable
        label="Labels that give most away"
        columns={[
          { name: "Label" },
          { name: "Blind", isNumber: true },
          { name: "Chance", isNumber: true },
          { name: "Questions", isNumber: true },
        ]}
        rows={biasedLabels.map(({ label, blind, chance, questions }) => ({
          key: label,
          cells: [
            <a href={writeRoute({ view: "questions", path: "", params: { type, split, q: label, guess: "any" } })}>
              <bdi>{label}</bdi>
            </a>,
            percentText(blind),
            percentText(chance),
            countText(questions),
          ],
        }))}
      />
    </section>
  );
}

function Biased({ found: { biasedQuestions, type }, split }: { found: TypeAudit; split: DatasetSplit }) {
  return (
    <section>
      <h4>Questions that a blind guess is surest of</h4>
      <ol class="biased">
        {biasedQuestions.map(({ id, text, truth, belief }) => (
          <li key={id}>
            <a href={writeRoute({ view: "questions", path: "", params: { type, split, guess: "any", id } })}>{text}</a>
            <span class="said">
              answer{" "}
              <b>
                <bdi>{truth}</bdi>
              </b>{" "}
              · blind belief <b>{percentText(belief)} %</b>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
