import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { median } from "@vsi/dataset/internal";
import { answerAccuracy, type RewardRequest, readAnswer, reward, scoreOfficial } from "@vsi/scoring";
import { BenchmarkError } from "./harness/errors.ts";
import type { Measurement, ResultTable } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { missingPython, pythonContender, pythonWith, startPython } from "./harness/python.ts";
import { ratioOf, ratioText, threeDigits } from "./harness/ratio.ts";
import { type Contenders, pick, type Turns, timeInTurn } from "./harness/turns.ts";
import { sampleRequests } from "./rewards/sampleRequests.ts";

const REQUESTS = 20_000;
/** The questions of VSI-Bench (Yang et al., arXiv 2412.14171). */
const PREDICTIONS = 5130;
/** A second. */
const MILLISECONDS = 1000;
const OURS = "@vsi/scoring reward";
const PYTHON = "rewards.py";
const SCORED = `${PREDICTIONS} predictions, official and robust`;

/** Each has the file's requests in memory, and rewards all of them in a run. */
export const contenders: Contenders = {
  [OURS]: async (folder) => {
    const requests = await readRequests(folder);
    return () => requests.reduce((sum, request) => sum + reward(request).total, 0);
  },
  [PYTHON]: async (folder) => {
    const totals = await startPython(PYTHON, fileIn(folder))("totals");
    await checkTotals(await readRequests(folder), totals as number[]);
    return pythonContender(PYTHON, fileIn(folder), "run");
  },
  [SCORED]: async (folder) => {
    const requests = (await readRequests(folder)).slice(0, PREDICTIONS);
    return () => requests.reduce((sum, request) => sum + score(request), 0);
  },
};

/**
 * What a trainer waits for: the rewards of many completions; and what an evaluation does with a benchmark's
 * predictions.
 */
export const measurement: Measurement = {
  summary: "rewards a second against a plain Python script, and scoring 5,130 predictions",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    const lines = sampleRequests(REQUESTS).map((request) => `${JSON.stringify(request)}\n`);
    await writeFile(fileIn(folder), lines.join(""));
    const python = pythonWith([]);
    if (python === null) say(missingPython([]));
    const names = [OURS, SCORED, ...(python === null ? [] : [PYTHON])];
    say(`rewarding ${REQUESTS} completions in turn`);
    const { times } = await timeInTurn({
      module: import.meta.url,
      contenders: pick(contenders, names),
      folder,
    });
    return [rewardTable(times, python), scoreTable(named(times, SCORED).wall)];
  },
};

function fileIn(folder: string): string {
  return join(folder, "requests.jsonl");
}

async function readRequests(folder: string): Promise<RewardRequest[]> {
  const text = await readFile(fileIn(folder), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RewardRequest);
}

function score({ completion, question_type, ground_truth, options = null }: RewardRequest): number {
  const official = scoreOfficial({ question_type, ground_truth: String(ground_truth), prediction: completion });
  const { value } = readAnswer(completion, { questionType: question_type, options });
  return official + answerAccuracy(value, { question_type, ground_truth, options }, "mra");
}

async function checkTotals(requests: readonly RewardRequest[], totals: readonly number[]): Promise<void> {
  for (const [index, request] of requests.entries()) {
    const { total } = reward(request);
    if (Math.abs(total - (totals[index] ?? Number.NaN)) <= 1e-9) continue;
    throw new BenchmarkError({
      place: `${PYTHON}, request ${index + 1}`,
      got: `${totals[index]} for ${JSON.stringify(request)}`,
      expected: `${total}, as reward() has it`,
      advice: "Contenders that do not reward the same cannot be compared: correct the script.",
    });
  }
}

function rewardTable(times: ReadonlyMap<string, Turns>, python: string | null): ResultTable {
  const ours = named(times, OURS).wall;
  const rate = (milliseconds: readonly number[]): number => (REQUESTS / median(milliseconds)) * MILLISECONDS;
  const rows = [...times].filter(([name]) => name !== SCORED);
  return {
    title: "Rewards of completions",
    columns: ["rewarder", "times reward()", "rewards a second"],
    rows: rows.map(([name, { wall: milliseconds }]) => [
      name === PYTHON ? `${name}, ${python}` : name,
      ratioText(ratioOf(milliseconds, ours)),
      rate(milliseconds).toFixed(0),
    ]),
    aims: [
      {
        what: "rewards a second",
        bound: "at least",
        aim: 200_000,
        ratio: ratioOf(
          ours.map(() => REQUESTS * MILLISECONDS),
          ours,
        ),
      },
    ],
    notes: [
      `${REQUESTS} parsed requests in memory, half with options, two thirds with 24 to 90 words of reasoning; one core. The script gives the same rewards for all of them and does less: it reads no number words, fractions, units, markup or other scripts.`,
    ],
  };
}

function scoreTable(milliseconds: readonly number[]): ResultTable {
  return {
    title: "Scoring a benchmark's predictions",
    columns: ["work", "ms"],
    rows: [[SCORED, threeDigits(median(milliseconds))]],
    notes: ["Aim: well under a second. One core, the predictions in memory."],
  };
}
