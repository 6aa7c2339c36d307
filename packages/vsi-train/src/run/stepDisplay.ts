import { formatDuration, type ProgressStyle } from "@vsi/command";
import { median } from "@vsi/dataset/internal";
import type { StepEvent } from "./events.ts";

/** What is shown of a step, in this order, where the method has it. */
const PARTS: readonly { metric: string; show: (value: number) => string; detail?: readonly [string, string][] }[] = [
  {
    metric: "reward",
    show: (value) => `reward ${value.toFixed(2)}`,
    detail: [
      ["reward_format", "format"],
      ["reward_accuracy", "accuracy"],
      ["reward_guards", "guards"],
    ],
  },
  { metric: "kl", show: (value) => `KL ${value.toPrecision(2)}` },
  { metric: "completion_length", show: (value) => `length ${Math.round(value)}` },
  { metric: "frac_reward_zero_std", show: (value) => `no variance ${Math.round(100 * value)} %` },
  { metric: "loss", show: (value) => `loss ${value.toPrecision(3)}` },
  { metric: "token_accuracy", show: (value) => `token accuracy ${value.toFixed(2)}` },
  { metric: "margin", show: (value) => `margin ${value.toFixed(2)}` },
  { metric: "preference_accuracy", show: (value) => `preferred ${Math.round(100 * value)} %` },
];

/**
 * One line about the last step: "step 12/500 | reward 0.43 (format 0.90, accuracy 0.31, guards 0.02) | KL 0.0012 |
 * ...". Empty before the first step.
 */
export function progressLine(steps: readonly StepEvent[]): string {
  const last = steps.at(-1);
  if (last === undefined) return "";
  const parts = PARTS.flatMap(({ metric, show, detail = [] }) => {
    const value = last.metrics[metric];
    if (value === undefined) return [];
    const details = detail
      .map(([name, word]) => ({ word, value: last.metrics[name] ?? Number.NaN }))
      .filter(({ value }) => Number.isFinite(value))
      .map(({ word, value }) => `${word} ${value.toFixed(2)}`)
      .join(", ");
    return [details === "" ? show(value) : `${show(value)} (${details})`];
  });
  const pace = `${last.seconds.toFixed(1)} s/step, ${formatDuration(timeLeft(steps, last))} left`;
  return [`step ${last.step}/${last.of}`, ...parts, pace].join(" | ");
}

/** The latest steps predict the next best: completions grow or shrink while a model learns. */
const LATEST_STEPS = 20;

/** About how many seconds the rest of a run takes, checkpoints and evaluations not counted. */
function timeLeft(steps: readonly StepEvent[], last: StepEvent): number {
  return median(steps.slice(-LATEST_STEPS).map(({ seconds }) => seconds)) * Math.max(0, last.of - last.step);
}

/** Shows one line that changes. */
export interface StepDisplay {
  /** @param isLast shown in any case. */
  show(line: string, isLast: boolean): void;
  /** A line that stays. */
  note(line: string): void;
  stop(): void;
}

/** Half a minute: a log of a night's run stays some thousand lines. */
const SECONDS_BETWEEN_LINES = 30;

/** Assumed width of a terminal that does not report it. */
const USUAL_COLUMNS = 80;

const CLEAR_LINE = "\r\u001B[K";

/**
 * "bar" draws the line over itself, cut to the terminal's width; "lines" prints the first, the last, and one every half
 * minute between.
 * @param now the time in seconds.
 */
export function createStepDisplay(
  style: ProgressStyle,
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = () => performance.now() / 1000,
): StepDisplay {
  let current = "";
  let printed = Number.NEGATIVE_INFINITY;
  const draw = (): void => {
    stream.write(CLEAR_LINE + current.slice(0, (stream.columns || USUAL_COLUMNS) - 1));
  };
  return {
    show(line, isLast) {
      if (style === "bar") {
        current = line;
        draw();
      } else if (style === "lines" && (isLast || now() - printed >= SECONDS_BETWEEN_LINES)) {
        printed = now();
        stream.write(`${line}\n`);
      }
    },
    note(line) {
      if (current === "") {
        stream.write(`${line}\n`);
        return;
      }
      stream.write(`${CLEAR_LINE}${line}\n`);
      draw();
    },
    stop() {
      // The last state stays on the terminal.
      if (current !== "") stream.write("\n");
      current = "";
    },
  };
}
