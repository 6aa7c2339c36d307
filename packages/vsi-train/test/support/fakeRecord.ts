import { mkdir, writeFile } from "node:fs/promises";
import type { HeldOutEvent, Metrics, SampleEvent, StepEvent } from "../../src/run/events.ts";
import { METRICS_FORM, runFile, SAMPLES_FORM } from "../../src/run/runFiles.ts";
import { type RunRecord, writeRunRecord } from "../../src/run/runRecord.ts";
import { fakeSettings } from "./fakeRun.ts";

/** What a run of a test left behind. */
export interface FakeRecord {
  steps: readonly Metrics[];
  heldOut?: readonly HeldOutEvent[];
  samples?: readonly SampleEvent[];
  alarms?: readonly { name: string; step: number; message: string }[];
}

/** Writes a run's folder as it stands after a run of these steps. */
export async function writeFakeRun(
  folder: string,
  { steps, heldOut = [], samples = [], alarms = [] }: FakeRecord,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const record: RunRecord = {
    schema: "vsi-train-run/1",
    settings: fakeSettings(folder, { beta: 1e-4 }),
    versions: { torch: "2.13.0" },
    git: null,
    dataset: { sha256: "0".repeat(64), of: "data" },
    trainer: null,
    sessions: [{ started: "2026-01-01T00:00:00.000Z", ended: null, exit_code: null, resumed_from_step: null }],
  };
  await writeRunRecord(folder, record);
  const events = steps.map(
    (metrics, at): StepEvent => ({
      event: "step",
      step: at + 1,
      of: steps.length,
      seconds: 2,
      trainer_seconds: 2,
      metrics,
    }),
  );
  const linesOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");
  await writeFile(runFile(folder, "metrics"), linesOf([...events, ...heldOut].map(METRICS_FORM.write)));
  await writeFile(runFile(folder, "samples"), linesOf(samples.map(SAMPLES_FORM.write)));
  await writeFile(runFile(folder, "alarms"), linesOf(alarms.map((alarm) => JSON.stringify(alarm))));
}
