import { lockHolder } from "@vsi/command";
import type { QuestionType } from "@vsi/dataset";
import { CURVES, metricsOf, type Run, readRun } from "vsi-train/internal";
import type { TrainingCurve, TrainingData, TrainingSample } from "./contract.ts";
import type { QuestionIndex } from "./questionIndex.ts";

/**
 * A training run as it stands now; one that goes on has more the next time.
 *
 * @param folder the --out of vsi-train.
 * @throws TrainError or DatasetError for a folder of something else.
 */
export async function readTraining(folder: string, index: QuestionIndex): Promise<TrainingData> {
  const run = await readRun(folder);
  const last = run.steps.at(-1);
  return {
    name: run.name,
    settings: run.record.settings as unknown as Record<string, unknown>,
    isRunning: lockHolder(folder) !== null,
    step: last?.step ?? 0,
    of: last?.of ?? null,
    curves: [...curvesOf(run, false), ...curvesOf(run, true)],
    samples: run.samples.map((sample) => sampleOf(sample, index)),
    alarms: run.alarms.map((alarm) => ({ ...alarm, metrics: metricsOf(alarm) })),
  };
}

function curvesOf({ steps, heldOut }: Run, isHeldOut: boolean): TrainingCurve[] {
  return CURVES.flatMap(({ metric, title, axis, caption }) => {
    const points = (isHeldOut ? heldOut : steps).flatMap((event) => {
      const value = metric === "seconds" && event.event === "step" ? event.seconds : event.metrics[metric];
      return value === undefined ? [] : [{ step: event.step, value: Number.isFinite(value) ? value : null }];
    });
    if (points.length === 0) return [];
    return [
      {
        metric,
        title,
        axis,
        caption,
        isHeldOut,
        steps: points.map(({ step }) => step),
        values: points.map(({ value }) => value),
      },
    ];
  });
}

function sampleOf(
  { step, id, prompt, completion, reward }: Run["samples"][number],
  index: QuestionIndex,
): TrainingSample {
  const row = index.rowOfId.get(id) ?? null;
  const type: QuestionType | undefined = row === null ? undefined : index.types[index.table.type[row] ?? -1];
  const parts = Object.entries(reward).filter((part): part is [string, number] => typeof part[1] === "number");
  const { guards } = reward;
  return {
    step,
    prompt,
    completion,
    row,
    question_type: type ?? null,
    reward: Object.fromEntries(parts),
    guards: Array.isArray(guards) ? guards.map(String) : [],
  };
}
