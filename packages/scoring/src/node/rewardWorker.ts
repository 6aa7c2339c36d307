import { isRecord, shownJson } from "@vsi/dataset/internal";
import { ScoringError } from "../errors.ts";
import { type RewardRequest, reward } from "../rewards/reward.ts";
import { REWARD_NAMES } from "../rewards/rewards.ts";
import { LONGEST_LINE } from "./readLines.ts";

/** The answer to one line. */
interface RewardLine {
  /** JSON without the line's end. */
  json: string;
  isError: boolean;
}

/**
 * Rewards the JSON of one line; a line that cannot be rewarded, or null for one too long to be read, gives
 * `{"line":3,"code":...,"error":...}`. Lines count from 1.
 */
export function rewardLine(text: string | null, line: number): RewardLine {
  try {
    if (text === null) throw tooLong();
    return { json: JSON.stringify(reward(parseRewardRequest(text))), isError: false };
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    return { json: JSON.stringify({ line, code: error.code, error: error.message }), isError: true };
  }
}

function tooLong(): ScoringError {
  return new ScoringError("line-too-long", {
    place: "the line",
    got: `more than ${LONGEST_LINE} characters`,
    expected: "one request per line",
    advice: "End every request with a line feed.",
  });
}

const MODES: ReadonlySet<unknown> = new Set(["vanilla", "think", "observe"]);
const ACCURACIES: ReadonlySet<unknown> = new Set([undefined, "paper", "mra"]);
const NAMES: ReadonlySet<unknown> = new Set([undefined, ...REWARD_NAMES]);

/**
 * Reads one JSON line of vsi-reward.
 *
 * @throws ScoringError for a line that is not JSON or has a field of another type.
 */
export function parseRewardRequest(line: string): RewardRequest {
  const fields = parseObject(line);
  const isTruth = typeof fields.ground_truth === "string" || typeof fields.ground_truth === "number";
  demand(fields, "completion", typeof fields.completion === "string", "a string");
  demand(fields, "ground_truth", isTruth, "a string or a number");
  demand(fields, "question_type", typeof fields.question_type === "string", "a string");
  demand(fields, "options", fields.options == null || isStrings(fields.options), "null or a list of strings");
  demand(fields, "mode", MODES.has(fields.mode), '"vanilla", "think" or "observe"');
  demand(fields, "accuracy", ACCURACIES.has(fields.accuracy), '"paper" or "mra", or no such field');
  demand(fields, "reward", NAMES.has(fields.reward), `one of ${REWARD_NAMES.join(", ")}, or no such field`);
  demand(fields, "weights", fields.weights == null || isRecord(fields.weights), '{"format": 1}, or no such field');
  return fields as unknown as RewardRequest;
}

function parseObject(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (isRecord(value)) return value;
  throw lineError("the line", line, "a JSON object");
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function demand(fields: Record<string, unknown>, name: string, isFit: boolean, expected: string): void {
  if (!isFit) throw lineError(name, shownJson(fields[name]), expected);
}

function lineError(place: string, got: string, expected: string): ScoringError {
  // 80 characters show what kind of thing stands there; a whole completion would bury the message.
  const shown = got.length > 80 ? `${got.slice(0, 80)}...` : got;
  return new ScoringError("request-unfit", {
    place,
    got: shown,
    expected,
    advice: "See vsi-reward --help for the fields.",
  });
}
