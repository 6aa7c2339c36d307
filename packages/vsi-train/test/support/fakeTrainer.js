#!/usr/bin/env node
// Stands in for the trainer's Python where a study is tested, not training: trains, goes on from its last step, merges.
// A model is a file with the chain of what it was made by, so that a wrong start shows in every answer. Every step is
// appended to FAKE_TRAINER_LOG: what is trained twice stands there twice.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const words = process.argv.slice(2);
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const log = (line) => appendFileSync(process.env.FAKE_TRAINER_LOG, `${line}\n`);

/** What a model was made by; a base model's folder has a file of the same name. */
function chainOf(folder) {
  return readFileSync(join(folder, "chain.txt"), "utf8");
}

function writeModel(folder, chain, isAdapter) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "chain.txt"), chain);
  writeFileSync(
    join(folder, isAdapter ? "adapter_config.json" : "config.json"),
    isAdapter ? '{"peft_type":"LORA"}' : '{"model_type":"qwen2_vl"}',
  );
}

async function train(settings) {
  const { run, model, method, lora, trainer, resume } = settings;
  const state = join(run, "checkpoints", "step.txt");
  const from = resume !== null && existsSync(state) ? Number(readFileSync(state, "utf8")) : 0;
  const of = trainer.max_steps;
  const versions = { python: "3.11.7", torch: "2.13.0" };
  const size = { world_size: 1, parameters: 10, trainable: 5, rows: 2 };
  say({ event: "ready", versions, device: "cpu", ...size, config: {}, resumed_from_step: from || null });
  let signal = 0;
  process.on("SIGTERM", () => (signal ||= 15));
  for (let step = from + 1; step <= of; step += 1) {
    await wait(Number(process.env.FAKE_TRAINER_MS ?? 5));
    const metrics =
      method === "grpo"
        ? { reward: step / 10, reward_accuracy: step / 20, completion_length: step }
        : { loss: 1 / step };
    say({ event: "step", step, of, seconds: 0.5, trainer_seconds: 0.4, metrics });
    // First the checkpoint: a step that is on it and was killed before it was logged is not made again.
    writeFileSync(state, String(step));
    log(`step ${step} of ${run}`);
    if (signal === 0) continue;
    say({ event: "checkpoint", step, path: "checkpoints" });
    say({ event: "interrupted", step, signal, path: "checkpoints" });
    process.exit(128 + signal);
  }
  if (process.env.FAKE_TRAINER_FAILS !== undefined && run.includes(process.env.FAKE_TRAINER_FAILS)) {
    say({ event: "error", message: "made to fail" });
    process.exit(1);
  }
  const path = join(run, "model");
  writeModel(path, `${chainOf(model)} > ${of} steps of ${method} seed ${trainer.seed}`, lora !== null);
  log(`trained ${run}`);
  say({ event: "done", step: of, path });
}

if (words[1] === "vsi_trainer.merge") {
  const [, , adapter, out] = words;
  writeModel(out, `${chainOf(adapter)} merged`, false);
  log(`merged ${adapter}`);
} else if (words[1] === "vsi_trainer.doctor") {
  console.log(JSON.stringify({ versions: {}, optional: {}, devices: [{ kind: "cpu", name: "cpu", memory: null }] }));
} else {
  await train(JSON.parse(readFileSync(words.at(-1), "utf8")));
}
