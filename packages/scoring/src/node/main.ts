import { fstatSync } from "node:fs";
import { type Command, lazily, type Program, packageVersion, runProgram, UsageError } from "@vsi/command/program";
import { DEFAULT_REWARD, REWARD_NAMES, REWARDS } from "../rewards/rewards.ts";
import { LONGEST_LINE } from "./readLines.ts";

/**
 * Without the flags that every command takes: it has no settings to read from a file, prints nothing but JSON, and shows
 * no progress.
 */
const REWARD = {
  about: "Reward completions, for trainers in any language",
  arguments: {},
  flags: {},
  formats: [
    {
      heading: "Standard input: one JSON object per line",
      rows: [
        ["completion", "The model's text"],
        ["ground_truth", "The number, the word, or the option's letter"],
        ["question_type", "VSI-Bench's name, such as object_counting"],
        ["options", 'null, or a list such as ["A. left", "B. right"]'],
        ["mode", '"vanilla", "think" or "observe"'],
        ...REWARD_NAMES.map((name, index): [string, string] => [
          index === 0 ? "reward" : "",
          `"${name}"${name === DEFAULT_REWARD ? " (default)" : ""}: ${REWARDS[name].about}`,
        ]),
        ["weights", 'Weights of the parts other than the default: {"format": 0.5}'],
      ],
    },
    {
      heading: "Standard output: one JSON object for each, in the same order, at once",
      rows: [
        ["total", "The parts by their weights: format and accuracy, 0 to 2, in vanilla mode 0 to 1"],
        ["format", "0 or 1; null in vanilla mode"],
        ["accuracy", "0 to 1"],
        ["length", '0 to 1; of "paper-length" alone'],
        ["guards", "Why a part of the reward was refused"],
        ["value, why", "What was read as the answer, and how"],
        [
          "line, code, error",
          `Instead, for a line that can't be rewarded, or is longer than ${LONGEST_LINE / 1024 ** 2} Mi characters; empty lines are skipped`,
        ],
      ],
    },
  ],
  examples: [
    ["vsi-reward < requests.jsonl > rewards.jsonl", "a file at once; a trainer writes to its input line by line"],
  ],
} as const satisfies Command;

/** @throws UsageError for a folder as standard input: Node reads nothing from one, and says nothing. */
async function loadRewards() {
  if (fstatSync(0).isDirectory()) {
    throw new UsageError("standard input: got a folder, expected lines of JSON, as in vsi-reward < FILE.");
  }
  return import("./runRewards.ts");
}

/** The command `vsi-reward`. */
export const VSI_REWARD: Program = {
  name: "vsi-reward",
  about: REWARD.about,
  version: () => packageVersion(new URL("../../package.json", import.meta.url)),
  main: lazily(REWARD, loadRewards),
  commands: {},
  exitCodes: "Exit codes: 0 every line was rewarded; 1 a line was not; 2 wrong usage; 130, 143 after a signal.",
  errors: async () => ({ explained: [], usage: [] }),
  afterInterruption: "Rewards already printed are complete.",
};

/** Runs vsi-reward on the process's streams and sets its exit code. */
export async function main(): Promise<void> {
  await runProgram(VSI_REWARD);
}
