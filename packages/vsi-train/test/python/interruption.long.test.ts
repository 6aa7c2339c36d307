import { readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import {
  cpuTrainer,
  eventsOf,
  expectDone,
  type RunOptions,
  runTrainer,
  sharedTinyModel,
  type WorkerRun,
} from "../support/runTrainer.ts";
import { writeToyRows } from "../support/toyRows.ts";

/** Sends a signal when a step is reported. */
function atStep(step: number, signal: NodeJS.Signals): RunOptions {
  return { onEvent: (event, worker) => void (event.event === "step" && event.step === step && worker.kill(signal)) };
}

function stepsOf(run: WorkerRun): number[] {
  return eventsOf(run, "step").map(({ step }) => step);
}

async function lossesLogged(path: string): Promise<Map<number, number>> {
  const { log_history } = JSON.parse(await readFile(join(path, "trainer_state.json"), "utf8"));
  return new Map(log_history.flatMap((log: Record<string, number>) => ("loss" in log ? [[log.step, log.loss]] : [])));
}

describeTrainer("interruption and resumption", () => {
  test("SIGTERM, kill -9 and a half-written checkpoint: steps go on, and the curve is that of an undisturbed run", async () => {
    const folder = await newFolder();
    const settings = {
      method: "sft",
      model: await sharedTinyModel(),
      rows: await writeToyRows(folder, "sft", { count: 48 }),
      trainer: cpuTrainer({
        max_length: null,
        per_device_train_batch_size: 8,
        max_steps: 10,
        save_steps: 4,
        learning_rate: 1e-3,
      }),
      resume: "latest",
    };
    const run = join(folder, "disturbed");
    const checkpoint = (step: number) => join(run, "checkpoints", `checkpoint-${step}`);

    // Before the first checkpoint is due, and with nothing to resume from yet.
    const terminated = await runTrainer({ ...settings, run }, atStep(2, "SIGTERM"));
    expect(terminated.status).toBe(143);
    expect(eventsOf(terminated, "ready")[0]!.resumed_from_step).toBeNull();
    const [interrupted] = eventsOf(terminated, "interrupted");
    expect(interrupted).toMatchObject({ signal: 15, path: checkpoint(interrupted!.step) });
    expect(eventsOf(terminated, "done")).toEqual([]);

    const killed = await runTrainer({ ...settings, run }, atStep(9, "SIGKILL"));
    expect(killed.status).toBeNull();
    expect(eventsOf(killed, "ready")[0]!.resumed_from_step).toBe(interrupted!.step);
    expect(stepsOf(killed)[0]).toBe(interrupted!.step + 1);
    expect(eventsOf(killed, "checkpoint").map(({ step }) => step)).toEqual([4, 8]);

    // As if it had been killed while it wrote the newest one.
    await truncate(join(checkpoint(8), "optimizer.pt"), 1000);
    const finished = await runTrainer({ ...settings, run });
    expectDone(finished);
    expect(finished.stderr).toContain("checkpoint-8: skipped");
    expect(eventsOf(finished, "ready")[0]!.resumed_from_step).toBe(4);
    expect(stepsOf(finished)).toEqual([5, 6, 7, 8, 9, 10]);

    // Regression: Trainer alone resumes Qwen2-VL with untrained weights, and the curve jumps back.
    const undisturbed = await runTrainer({ ...settings, run: join(folder, "undisturbed") });
    const expected = new Map(eventsOf(undisturbed, "step").map(({ step, metrics }) => [step, metrics.loss]));
    const logged = await lossesLogged(checkpoint(10));
    expect([...logged.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const [step, loss] of expected) expect(logged.get(step)).toBeCloseTo(loss, 5);

    // Regression: killed between its last checkpoint and its end, a run was trained one step too many.
    const weights = await readFile(join(run, "model", "model.safetensors"));
    await rm(join(run, "model"), { recursive: true });
    const ended = await runTrainer({ ...settings, run });
    expectDone(ended);
    expect([stepsOf(ended), eventsOf(ended, "done")[0]!.step]).toEqual([[], 10]);
    expect(weights.equals(await readFile(join(run, "model", "model.safetensors")))).toBe(true);

    const named = await runTrainer({ ...settings, run, resume: join(folder, "nowhere") });
    expect(named.status).toBe(1);
    expect(eventsOf(named, "error")[0]!.message).toContain("nowhere");
  });
});
