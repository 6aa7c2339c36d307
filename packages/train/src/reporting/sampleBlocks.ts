import type { Block, Cell } from "@vsi/report";
import type { SampleEvent } from "../worker/workerEvent.ts";
import type { Run } from "./readRun.ts";

/** The first and the last step that kept samples, and those in equal distance between them: enough to see how answers change. */
const SHOWN_STEPS = 5;

/** Completions a step. */
const SHOWN_SAMPLES = 8;

/** Longer prompts and completions are cut in the report; samples.jsonl has all of them. */
const LONGEST_TEXT = 1200;

/** A run's completions with their rewards, step by step, folded. */
export function sampleBlocks({ samples }: Run): Block[] {
  const byStep = new Map<number, SampleEvent[]>();
  for (const sample of samples) byStep.set(sample.step, [...(byStep.get(sample.step) ?? []), sample]);
  const steps = [...byStep.keys()];
  return pickEvenly(steps, SHOWN_STEPS).map((step) => ({
    kind: "details",
    summary: `Completions at step ${step}`,
    blocks: [{ kind: "table", table: sampleTable(byStep.get(step)!.slice(0, SHOWN_SAMPLES)) }],
  }));
}

function sampleTable(samples: readonly SampleEvent[]) {
  return {
    columns: [
      { head: "prompt" },
      { head: "completion" },
      { head: "format", align: "right" as const },
      { head: "accuracy", align: "right" as const },
      { head: "total", align: "right" as const },
      { head: "guards" },
    ],
    rows: samples.map(({ prompt, completion, reward }): Cell[] => [
      shorten(prompt),
      shorten(completion),
      numberOf(reward.format),
      numberOf(reward.accuracy),
      numberOf(reward.total),
      Array.isArray(reward.guards) ? reward.guards.map(String).join(", ") : null,
    ]),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function shorten(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)} …`;
}

/** Some of the values, the first and the last among them. */
function pickEvenly<T>(values: readonly T[], most: number): T[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, at) => values[Math.round((at * (values.length - 1)) / (most - 1))]!);
}
