import type { RewardRequest } from "../rewards/reward.ts";
import { ScoringError } from "../scoringError.ts";

const MODES: ReadonlySet<unknown> = new Set(["vanilla", "think", "observe"]);
const ACCURACIES: ReadonlySet<unknown> = new Set([undefined, "paper", "mra"]);

/** Reads one JSON line of vsi-reward. Throws a ScoringError for a line that is not JSON or has a field of another type. */
export function parseRewardRequest(line: string): RewardRequest {
  const fields = parseObject(line);
  const isTruth = typeof fields.ground_truth === "string" || typeof fields.ground_truth === "number";
  demand(fields, "completion", typeof fields.completion === "string", "a string");
  demand(fields, "ground_truth", isTruth, "a string or a number");
  demand(fields, "question_type", typeof fields.question_type === "string", "a string");
  demand(fields, "options", fields.options == null || isStrings(fields.options), "null or a list of strings");
  demand(fields, "mode", MODES.has(fields.mode), '"vanilla", "think" or "observe"');
  demand(fields, "accuracy", ACCURACIES.has(fields.accuracy), '"paper", "mra" or nothing');
  return fields as unknown as RewardRequest;
}

function parseObject(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw lineError("the line", line, "a JSON object");
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function demand(fields: Record<string, unknown>, name: string, isFit: boolean, expected: string): void {
  if (!isFit) throw lineError(name, JSON.stringify(fields[name]) ?? "nothing", expected);
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
