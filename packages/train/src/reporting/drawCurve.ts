import { type Block, lines } from "@vsi/report";
import type { HeldOutEvent, StepEvent } from "../worker/workerEvent.ts";
import type { Curve } from "./curves.ts";
import type { Run } from "./readRun.ts";
import { windowMeans } from "./windowMeans.ts";

/** A figure of one metric over the steps, a line a run, and one for its held-out rows; null when no run has it. */
export async function drawCurve(curve: Curve, runs: readonly Run[]): Promise<Block | null> {
  const named = runs.length > 1;
  const series = runs
    .flatMap((run) => [
      { name: named ? run.name : "training", points: pointsOf(run.steps, curve.metric) },
      { name: named ? `${run.name}, held-out` : "held-out", points: pointsOf(run.heldOut, curve.metric) },
    ])
    .filter(({ points }) => points.length > 0);
  if (series.length === 0) return null;
  const isThinned = series.some(({ points }) => windowMeans(points).length < points.length);
  const svg = await lines({
    title: curve.title,
    series: series.map(({ name, points }) => ({ name, points: windowMeans(points) })),
    xTitle: "step",
    yTitle: curve.axis,
  });
  const note = isThinned
    ? " Means of equal windows of steps; the band spans each window's lowest and highest step."
    : "";
  return { kind: "figure", svg, caption: curve.caption + note };
}

function pointsOf(events: readonly (StepEvent | HeldOutEvent)[], metric: string): { x: number; y: number }[] {
  return events.flatMap((event) => {
    const y = metric === "seconds" && event.event === "step" ? event.seconds : event.metrics[metric];
    return y === undefined ? [] : [{ x: event.step, y }];
  });
}
