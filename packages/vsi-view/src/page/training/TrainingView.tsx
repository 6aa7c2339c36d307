import { useMemo } from "preact/hooks";
import { useTrainings } from "../data.ts";
import { useKeys } from "../keys.ts";
import { goTo, withParams } from "../navigation.ts";
import { countText, isolated } from "../parts/format.ts";
import { Failure, Loading } from "../parts/messages.tsx";
import { indicesOf, Stray } from "../parts/Stray.tsx";
import type { ViewProps } from "../route.ts";
import { CurveChart } from "./CurveChart.tsx";
import { type Alarm, alarmsOf, figuresOf, type ShownTraining, sectionsOf } from "./curves.ts";
import { Samples } from "./Samples.tsx";
import { TypeRewardsPart } from "./TypeRewardsPart.tsx";

/** How much of a curve's average is the average before; as trackers begin. */
const SMOOTHING = 0.6;

/** The strongest: beyond it, curves lag behind by hundreds of steps. */
const MOST_SMOOTHING = 0.98;

/** Trainings: curves of several over each other, rewards by part and type, alarms, and what the model wrote. */
export function TrainingView({ overview, route }: ViewProps) {
  const { params } = route;
  const loaded = useTrainings(overview.trainings.length);
  const hidden = new Set((params.hide ?? "").split(",").filter(Boolean));
  const all = loaded.flatMap(({ value }, place): ShownTraining[] => (value ? [{ data: value, place }] : []));
  const shown = all.filter(({ place }) => !hidden.has(String(place)));
  const smoothing = Math.min(MOST_SMOOTHING, Math.max(0, Number(params.smooth ?? SMOOTHING) || 0));
  const isLog = params.log === "1";
  const change = (values: Record<string, string>) => goTo(withParams(route, values), false);
  useKeys({ l: () => change({ log: isLog ? "" : "1" }) });
  const key = shown.map(({ place, data }) => `${place} ${data.step} ${data.samples.length}`).join("\n");
  const sections = useMemo(() => sectionsOf(figuresOf(shown)), [key]);
  const alarms = useMemo(
    () => shown.flatMap(({ data, place }): Alarm[] => data.alarms.map((alarm) => ({ ...alarm, run: place }))),
    [key],
  );
  const toggle = (place: number) => {
    const name = String(place);
    if (!hidden.delete(name)) hidden.add(name);
    change({ hide: [...hidden].sort().join(",") });
  };
  return (
    <div class="report">
      <h2>Training</h2>
      <Stray
        route={route}
        known={{
          hide: (list) => list.split(",").every((place) => indicesOf(overview.trainings).includes(place)),
          smooth: (weight) => Number(weight) >= 0 && Number(weight) <= MOST_SMOOTHING,
          log: ["0", "1"],
          run: indicesOf(overview.trainings),
          // Steps of completions come with the logs; below, the latest is shown where there is no such step.
          step: (step) => /^\d+$/.test(step),
        }}
      />
      {loaded.map(({ value, error }, place) =>
        error === undefined ? null : (
          <Failure
            key={place}
            what={`${overview.trainings[place]?.name ?? "A training"}${value === undefined ? "" : " as it is now"}`}
            why={error}
          />
        ),
      )}
      {loaded.some(({ value, error }) => value === undefined && error === undefined) && <Loading what="the logs" />}
      <ul class="trainings">
        {all.map(({ data, place }) => (
          <TrainingLine
            key={place}
            data={data}
            place={place}
            isShown={!hidden.has(String(place))}
            onToggle={all.length > 1 ? () => toggle(place) : null}
          />
        ))}
      </ul>
      {alarms.length > 0 && (
        <ul class="alarms" aria-label="Alarms">
          {alarms.map(({ name, step, message, run }) => (
            <li key={`${run} ${name}`}>
              <b>{name}</b> at step {countText(step)}
              {all.length > 1 ? ` of ${isolated(all.find(({ place }) => place === run)?.data.name ?? "")}` : ""}:{" "}
              {message}
            </li>
          ))}
        </ul>
      )}
      {sections.length > 0 && (
        <div class="controls sticky">
          <label class="field">
            <span>smoothing</span>
            <input
              type="range"
              min={0}
              max={MOST_SMOOTHING}
              step={0.02}
              value={smoothing}
              onInput={({ currentTarget }) => change({ smooth: currentTarget.value })}
            />
            <output>{smoothing.toFixed(2)}</output>
          </label>
          <button
            type="button"
            aria-pressed={isLog}
            title="Logarithmic axes (l)"
            onClick={() => change({ log: isLog ? "" : "1" })}
          >
            Log scale
          </button>
        </div>
      )}
      {sections.map(({ title, figures }) => (
        <section key={title} class="part" aria-label={title}>
          <h3>{title}</h3>
          <div class="curves">
            {figures.map((figure) => (
              <CurveChart
                key={figure.metric}
                figure={figure}
                alarms={alarmsOf(alarms, figure)}
                smoothing={smoothing}
                isLog={isLog}
              />
            ))}
          </div>
        </section>
      ))}
      {all.length > 0 && sections.length === 0 && (
        <p class="message">{shown.length === 0 ? "No training is chosen." : "No step has been logged yet."}</p>
      )}
      <TypeRewardsPart trainings={shown} />
      <Samples overview={overview} trainings={shown} params={params} change={change} />
    </div>
  );
}

interface TrainingLineProps extends ShownTraining {
  isShown: boolean;
  /** Null where there is nothing to choose between. */
  onToggle: (() => void) | null;
}

/** A training's name, how far it is, and whether it goes on. */
function TrainingLine({ data, place, isShown, onToggle }: TrainingLineProps) {
  const { name, isRunning, step, of, settings } = data;
  const swatch = <span class="swatch" style={{ background: `var(--vsi-s${place % 9})` }} />;
  return (
    <li>
      {onToggle === null ? (
        <b>
          {swatch}
          <bdi>{name}</bdi>
        </b>
      ) : (
        <label>
          <input type="checkbox" checked={isShown} onChange={onToggle} /> {swatch}
          <b>
            <bdi>{name}</bdi>
          </b>
        </label>
      )}
      <bdi class="note">{[settings.method, settings.model].filter((part) => typeof part === "string").join(", ")}</bdi>
      <span class={isRunning ? "state running" : "state"}>
        {isRunning ? "running" : of !== null && step < of ? "stopped" : "finished"}
      </span>
      {of !== null && <progress value={step} max={of} aria-label={`Steps of ${name}`} />}
      <span class="count">{`step ${countText(step)}${of === null ? "" : ` of ${countText(of)}`}`}</span>
    </li>
  );
}
