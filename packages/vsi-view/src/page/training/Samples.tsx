import { questionTypeRow } from "@vsi/dataset";
import { useState } from "preact/hooks";
import type { Overview, TrainingSample } from "../../data/contract.ts";
import { useQuestions } from "../data.ts";
import { useKeys } from "../keys.ts";
import { countText, numberText } from "../parts/format.ts";
import { Numbers } from "../parts/Numbers.tsx";
import { writeRoute } from "../route.ts";
import { partsOf, type ShownTraining } from "./curves.ts";

export interface SamplesProps {
  overview: Overview;
  trainings: readonly ShownTraining[];
  params: Readonly<Record<string, string>>;
  change: (values: Record<string, string>) => void;
}

/** Completions that the trainer logged at one step, with what they earned. */
export function Samples({ trainings, params, change }: SamplesProps) {
  const withSamples = trainings.filter(({ data }) => data.samples.length > 0);
  const chosen = withSamples.find(({ place }) => String(place) === params.run) ?? withSamples[0];
  const steps = [...new Set(chosen?.data.samples.map(({ step }) => step))].sort((a, b) => a - b);
  const wanted = steps.indexOf(Number(params.step || Number.NaN));
  // The latest is what a running training is asked for.
  const place = wanted < 0 ? steps.length - 1 : wanted;
  const go = (by: number) => {
    const step = steps[Math.max(0, Math.min(steps.length - 1, place + by))];
    if (step !== undefined) change({ step: String(step) });
  };
  useKeys({ j: () => go(1), k: () => go(-1) });
  if (chosen === undefined) return null;
  const samples = chosen.data.samples.filter(({ step }) => step === steps[place]);
  return (
    <section class="part" aria-labelledby="samples-title">
      <h3 id="samples-title">What the model wrote</h3>
      <div class="controls">
        {withSamples.length > 1 && (
          <label class="field">
            <span>training</span>
            <select
              value={String(chosen.place)}
              onChange={({ currentTarget: { value } }) => change({ run: value, step: "" })}
            >
              {withSamples.map(({ data, place }) => (
                <option key={place} value={String(place)}>
                  {data.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" disabled={place <= 0} onClick={() => go(-1)}>
          Previous step
        </button>
        <label class="field">
          <span>step</span>
          <select value={String(steps[place])} onChange={({ currentTarget: { value } }) => change({ step: value })}>
            {steps.map((step) => (
              <option key={step} value={String(step)}>
                {countText(step)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={place >= steps.length - 1} onClick={() => go(1)}>
          Next step
        </button>
        <span class="count">{`${countText(samples.length)} of ${countText(chosen.data.samples.length)} completions`}</span>
      </div>
      {wanted < 0 && params.step && (
        <p class="warning" role="status">
          No completion was logged at step {params.step}: these are of the latest.
        </p>
      )}
      <ol class="samples">
        {samples.map((sample, index) => (
          <Sample key={`${sample.step} ${index}`} sample={sample} />
        ))}
      </ol>
    </section>
  );
}

function Sample({ sample }: { sample: TrainingSample }) {
  const { prompt, completion, reward, guards, row, question_type } = sample;
  const table = useQuestions();
  const id = row === null ? null : (table.value?.id[row] ?? null);
  return (
    <li class="sample">
      <p class="crumbs">
        {question_type !== null && <span class="tag">{questionTypeRow(question_type).title}</span>}
        {id === null ? (
          <span>{row === null ? "a question that is not in this dataset" : ""}</span>
        ) : (
          <a href={writeRoute({ view: "questions", path: "", params: { id } })}>its question</a>
        )}
        {row !== null && table.value && (
          <span>
            answer <bdi>{table.value.answer[row]}</bdi>
          </span>
        )}
      </p>
      <Numbers
        of={[
          ...partsOf([sample]).map((part) => [part, numberText(reward[part])] as const),
          ...guards.map(
            (guard, index) =>
              [index === 0 ? "refused" : `refused ${index + 1}`, <span class="guard">{guard}</span>] as const,
          ),
        ]}
      />
      <LongText text={completion} />
      <details>
        <summary>Prompt</summary>
        <pre class="model-text">{prompt}</pre>
      </details>
    </li>
  );
}

/** Characters of a text that are shown at once. */
const SHORT = 900;

function LongText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > SHORT;
  return (
    <>
      <pre class="model-text whole">{isOpen || !isLong ? text : `${text.slice(0, SHORT)} …`}</pre>
      {isLong && (
        <button type="button" class="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Show less" : `Show all ${countText(text.length)} characters`}
        </button>
      )}
    </>
  );
}
