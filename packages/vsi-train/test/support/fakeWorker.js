#!/usr/bin/env node
// Stands in for the Python worker where processes are tested, not training: what it does stands in worker.json's trainer.
// `behaviour` is one of the functions below, `from` and `steps` say which steps it makes, `delay` milliseconds each; `flat`: rewards
// without variance.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const settings = JSON.parse(readFileSync(process.argv.at(-1), "utf8"));
const { behaviour, from = 0, steps = 3, delay = 5, flat = false } = settings.trainer;

const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const leavePid = (name) => writeFileSync(join(settings.run, `${name}.pid`), String(process.pid));

function ready() {
  const versions = { python: "3.11.7", torch: "2.13.0" };
  const size = { world_size: 1, parameters: 10, trainable: 5, rows: 2 };
  say({ event: "ready", versions, device: "cpu", ...size, config: { beta: 1e-4 }, resumed_from_step: from || null });
}

async function makeSteps(to) {
  let signal = 0;
  process.on("SIGTERM", () => (signal ||= 15));
  process.on("SIGINT", () => (signal ||= 2));
  ready();
  for (let step = from + 1; step <= to; step++) {
    await wait(delay);
    const metrics = { reward: step / 10, reward_format: "NaN", kl: 0.001, frac_reward_zero_std: flat ? 1 : 0 };
    say({ event: "step", step, of: steps, seconds: 0.5, trainer_seconds: 0.49, metrics });
    say({ event: "sample", step, id: "q", prompt: "How many?", completion: `${step}`, reward: { total: step / 10 } });
    if (signal === 0) continue;
    say({ event: "checkpoint", step, path: "checkpoints" });
    say({ event: "interrupted", step, signal, path: "checkpoints" });
    process.exit(128 + signal);
  }
}

const BEHAVIOURS = {
  async train() {
    await makeSteps(steps);
    say({ event: "done", step: steps, path: "model" });
  },
  /** Trains to the end, and what comes behind it fails, as a push to the hub may. */
  async unpushed() {
    await makeSteps(steps);
    say({ event: "warning", message: "push_to_hub: a checkpoint was not pushed" });
    say({ event: "done", step: steps, path: "model" });
    say({ event: "error", message: "--set push_to_hub: the model was not pushed" });
    process.exitCode = 1;
  },
  /** Dies in the middle, as Python does after an exception. */
  async fail() {
    await makeSteps(2);
    console.error("Traceback (most recent call last):\nRuntimeError: the reward worker ended");
    process.exitCode = 1;
  },
  /** Fails as two processes do: the second misses the first. */
  async explain() {
    ready();
    console.error("Traceback (most recent call last):");
    say({ event: "error", message: "process 1: the frame is gone" });
    say({ event: "error", message: "process 0: Connection closed by peer" });
    process.exitCode = 1;
  },
  /** kill -9 in the middle of writing a line. */
  async vanish() {
    await makeSteps(2);
    process.stdout.write('{"event":"step","step":3,"of"', () => process.kill(process.pid, "SIGKILL"));
    await wait(10_000);
  },
  /** What torchrun prints and returns when the system has killed a rank. */
  async rankKilled() {
    ready();
    console.error("  exitcode  : -9 (pid: 4242)\n  traceback : Signal 9 (SIGKILL) received by PID 4242");
    process.exitCode = 1;
  },
  /** Libraries that print to both streams, more than a pipe holds. */
  async chatter() {
    ready();
    for (let line = 0; line < 2000; line++) {
      process.stdout.write(`warning ${line}: ${"x".repeat(500)}\n`);
      process.stderr.write(`progress ${line} ${"y".repeat(500)}\r`);
    }
    say({ event: "step", step: 1, of: 1, seconds: 1, trainer_seconds: 1, metrics: {} });
    process.stdout.write('{"event":"unknown"}\n[1]\n{half\n');
    say({ event: "done", step: 1, path: "model" });
  },
  /** A worker of another version. */
  async strange() {
    leavePid("strange");
    ready();
    say({ event: "step", step: 1 });
    await wait(60_000);
  },
  /** Hangs, and hears no signal. */
  async deaf() {
    process.on("SIGTERM", () => {});
    process.on("SIGINT", () => {});
    leavePid("deaf");
    ready();
    await wait(60_000);
  },
  /** A launcher as torchrun is: starts the worker in a session of its own and gives it no time after a signal. */
  async launch() {
    const inner = { ...settings, trainer: { ...settings.trainer, behaviour: settings.trainer.inner } };
    const innerJson = join(settings.run, "inner.json");
    writeFileSync(innerJson, JSON.stringify(inner));
    const rank = spawn(process.execPath, [fileURLToPath(import.meta.url), innerJson], {
      detached: true,
      stdio: "inherit",
    });
    process.on("SIGTERM", () => rank.kill("SIGKILL"));
    rank.once("exit", (code) => process.exit(code === 0 ? 0 : 1));
    leavePid("launcher");
    await new Promise(() => {});
  },
};

await BEHAVIOURS[behaviour]();
