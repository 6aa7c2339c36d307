import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Question } from "@vsi/dataset";
import { seededNumbers } from "@vsi/dataset/internal";
import { writeLines } from "./jsonFiles.ts";

/** An evaluation run or a training that no model made. */
interface MadeUp {
  /** Where it is written; the last part is its name. */
  folder: string;
  questions: readonly Question[];
  seed: number;
  /** 0 to 1: how much its model knows. */
  skill: number;
}

/**
 * Writes an evaluation run as `vsi-eval run` does: some answers are right, some are wrong, a few cannot be read. What is
 * measured of it is measured of numbers from a seed, not of a model.
 */
export async function writeMadeUpRun({ folder, questions, seed, skill }: MadeUp): Promise<void> {
  await mkdir(folder, { recursive: true });
  const answers = questions.map((question) => {
    const [luck = 0, way = 0] = seededNumbers(seed, question.id);
    if (luck > 0.97) return { id: question.id, prediction: "I can't tell from these frames." };
    const answer = luck < skill ? (question.mc_answer ?? question.ground_truth) : wrongAnswer(question, way);
    return { id: question.id, prediction: `<think>I look for what is asked.</think><answer>${answer}</answer>` };
  });
  await writeLines(folder, "predictions.jsonl", answers);
  const settings = { model: `made-up-${seed}`, frames: 16, temperature: 0, image: { pixels: 3136 } };
  await writeFile(join(folder, "settings.json"), `${JSON.stringify(settings)}\n`);
}

function wrongAnswer({ options, mc_answer, ground_truth }: Question, way: number): string {
  if (options !== null) {
    const letters = options.map((option) => option[0] ?? "").filter((letter) => letter !== mc_answer);
    return letters[Math.floor(way * letters.length)] ?? "Z";
  }
  const number = Number(ground_truth);
  return Number.isNaN(number) ? "nothing" : String(Number((number * (0.4 + 1.6 * way)).toPrecision(2)));
}

/** Completions that are logged at every tenth step. */
const SAMPLES = 8;

/** Writes a training as `vsi-train grpo` does, of 300 steps, with its rewards, samples and, where it is told so, an alarm. */
export async function writeMadeUpTraining(
  { folder, questions, seed, skill }: MadeUp,
  { fixture, alarm }: { fixture: string; alarm: boolean },
): Promise<void> {
  await cp(fixture, folder, { recursive: true });
  const record = JSON.parse(await readFile(join(folder, "run.json"), "utf8"));
  record.settings = { ...record.settings, method: "grpo", model: `made-up-${seed}` };
  await writeFile(join(folder, "run.json"), JSON.stringify(record, null, 2));
  const of = 300;
  const metrics: object[] = [];
  const samples: object[] = [];
  for (let step = 1; step <= of; step += 1) {
    const [a = 0, b = 0, c = 0, d = 0] = seededNumbers(seed, String(step));
    const learnt = skill * (1 - Math.exp(-step / 90));
    const accuracy = Math.min(1, Math.max(0, 0.2 + learnt + 0.22 * (a - 0.5)));
    const format = Math.min(1, 0.35 + 0.65 * (1 - Math.exp(-step / 40)) + 0.1 * (b - 0.5));
    metrics.push({
      event: "step",
      step,
      of,
      seconds: 11 + 3 * c,
      trainer_seconds: 10 + 3 * c,
      metrics: {
        reward: accuracy + format,
        reward_accuracy: accuracy,
        reward_format: format,
        reward_guards: 0.08 * d * Math.exp(-step / 100),
        completion_length: 180 + 120 * learnt + 60 * (d - 0.5),
        kl: 0.0004 * step * (0.6 + 0.8 * a) * (alarm && step > 220 ? 6 : 1),
        loss: 0.02 * (b - 0.5),
        entropy: 1.4 * Math.exp(-step / 260) + 0.1 * c,
        frac_reward_zero_std: 0.1 + 0.4 * learnt + 0.1 * (c - 0.5),
        grad_norm: 0.3 + 0.4 * d,
        learning_rate: 1e-6 * Math.min(1, step / 20),
      },
    });
    if (step % 50 === 0) {
      metrics.push({
        event: "held_out",
        step,
        metrics: { reward: accuracy + format - 0.1, reward_accuracy: accuracy - 0.1 },
      });
    }
    if (step % 10 === 0) samples.push(...Array.from({ length: SAMPLES }, (_, index) => sampleAt(step, index)));
  }
  function sampleAt(step: number, index: number): object {
    const [place = 0, luck = 0, way = 0] = seededNumbers(seed, `${step} ${index}`);
    const question = questions[Math.floor(place * questions.length)] as Question;
    const isRight = luck < 0.2 + skill * (1 - Math.exp(-step / 90));
    const answer = isRight ? (question.mc_answer ?? question.ground_truth) : wrongAnswer(question, way);
    const accuracy = isRight ? 1 : 0;
    const thoughts = Array.from(
      { length: 1 + Math.floor(way * 12) },
      () => "I look at the frames one after the other.",
    );
    return {
      event: "sample",
      step,
      id: question.id,
      prompt: [question.question, ...(question.options ?? [])].join("\n"),
      completion: `<think>${thoughts.join(" ")}</think>\n<answer>${answer}</answer>`,
      reward: { format: 1, accuracy, total: 1 + accuracy, guards: luck > 0.96 ? ["repeats itself"] : [] },
    };
  }
  await writeLines(folder, "metrics.jsonl", metrics);
  await writeLines(folder, "samples.jsonl", samples);
  const message = "kl is 0.6: the policy has left the model it started from. Lower the learning rate, or raise beta.";
  await writeLines(folder, "alarms.jsonl", alarm ? [{ name: "kl-explosion", step: 226, message }] : []);
}
