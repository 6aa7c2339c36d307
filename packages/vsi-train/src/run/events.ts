import { isRecord, jsonExcerpt } from "@vsi/dataset/internal";
import { TrainError } from "../errors.ts";

/** Numbers by our name ("reward", "kl"); one that is not finite is kept as NaN or an infinity. */
export type Metrics = Readonly<Record<string, number>>;

/** What the trainer is, before its first step. */
export interface ReadyEvent {
  event: "ready";
  versions: Record<string, string | null>;
  device: string;
  world_size: number;
  parameters: number;
  trainable: number;
  rows: number;
  /** TRL's configuration as it resolved it. */
  config: Record<string, unknown>;
  resumed_from_step: number | null;
}

/** One optimiser step. */
export interface StepEvent {
  event: "step";
  step: number;
  /** How many steps the run will have. */
  of: number;
  seconds: number;
  /** Of these, spent in TRL's own code. */
  trainer_seconds: number;
  metrics: Metrics;
}

/** One completion and what it earned. */
export interface SampleEvent {
  event: "sample";
  step: number;
  id: string;
  prompt: string;
  completion: string;
  reward: Record<string, unknown>;
}

/** Metrics of the held-out rows after a step. */
export interface HeldOutEvent {
  event: "held_out";
  step: number;
  metrics: Metrics;
}

/** What the Python worker says on its standard output, one JSON object per line. */
export type WorkerEvent =
  | ReadyEvent
  | StepEvent
  | SampleEvent
  | HeldOutEvent
  | { event: "checks"; image_tokens: number; image_features: number; blank_logit_change: number }
  | { event: "checkpoint"; step: number; path: string }
  /** Stopped by a signal (its number), with a checkpoint. */
  | { event: "interrupted"; step: number; signal: number; path: string }
  /** `path`: the folder of the trained adapter or model. */
  | { event: "done"; step: number; path: string }
  /** By vsi_trainer.merge. */
  | { event: "merged"; path: string; changed: number }
  | { event: "dry_run"; config: Record<string, unknown>; token_counts: number[] | null; reason: string | null }
  /** Something beside the training failed, and it goes on. */
  | { event: "warning"; message: string }
  | { event: "error"; message: string };

/**
 * Reads one line as the worker's event. Anything else (a library that prints, a line cut by a crash) is not an event.
 *
 * @returns null for a line that is not an event.
 * @throws TrainError "event-unfit" for an event without the fields it must have: a silently skipped event would be
 * missing from every log.
 */
export function parseEvent(line: string): WorkerEvent | null {
  const value = parseObject(line);
  if (value === null || !isString(value.event) || !Object.hasOwn(FIELDS, value.event as string)) return null;
  const fields = FIELDS[value.event as WorkerEvent["event"]];
  const unfit = Object.entries(fields).find(([name, check]) => !check(value[name]));
  if (unfit !== undefined) throw unfitError(value.event as string, unfit[0], value[unfit[0]]);
  if (isRecord(value.metrics)) value.metrics = readMetrics(value.metrics);
  return value as unknown as WorkerEvent;
}

function parseObject(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** A metric without a value is left out. */
function readMetrics(metrics: Readonly<Record<string, unknown>>): Record<string, number> {
  const known = Object.entries(metrics).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, Number(value)]));
}

function unfitError(event: string, field: string, value: unknown): TrainError {
  return new TrainError("event-unfit", {
    file: "the Python worker",
    place: `event ${event}, ${field}`,
    got: jsonExcerpt(value),
    expected: "the field as this version of vsi-train knows it",
    advice: "Worker and command seem to be from different installations. Install vsi-train again.",
  });
}

/**
 * An event as the worker writes it: one line without its end, NaN and infinities as words. parseEvent reads it back.
 */
export function writeEvent(event: WorkerEvent): string {
  return JSON.stringify(event, (_name, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
}

/** A check of one field. */
type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => typeof value === "number";
const isString: Check = (value) => typeof value === "string";
const isNullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** JSON has no NaN or infinity: the worker writes these words, which Number() reads back. */
const NOT_FINITE = new Set<unknown>(["NaN", "Infinity", "-Infinity"]);

/** null: TRL averaged over nothing, such as the format reward of a mode without one. */
const isMetric: Check = (value) => value === null || isNumber(value) || NOT_FINITE.has(value);
const isMetrics: Check = (value) => isRecord(value) && Object.values(value as object).every(isMetric);

/** The fields each event must have. */
const FIELDS: Readonly<Record<WorkerEvent["event"], Readonly<Record<string, Check>>>> = {
  ready: {
    versions: isRecord,
    device: isString,
    world_size: isNumber,
    parameters: isNumber,
    trainable: isNumber,
    rows: isNumber,
    config: isRecord,
    resumed_from_step: isNullOr(isNumber),
  },
  checks: { image_tokens: isNumber, image_features: isNumber, blank_logit_change: isMetric },
  step: { step: isNumber, of: isNumber, seconds: isNumber, trainer_seconds: isNumber, metrics: isMetrics },
  sample: { step: isNumber, id: isString, prompt: isString, completion: isString, reward: isRecord },
  held_out: { step: isNumber, metrics: isMetrics },
  checkpoint: { step: isNumber, path: isString },
  interrupted: { step: isNumber, signal: isNumber, path: isString },
  done: { step: isNumber, path: isString },
  merged: { path: isString, changed: isNumber },
  dry_run: { config: isRecord, token_counts: isNullOr(Array.isArray), reason: isNullOr(isString) },
  warning: { message: isString },
  error: { message: isString },
};
