import { reward } from "../rewards/reward.ts";
import { ScoringError } from "../scoringError.ts";
import { parseRewardRequest } from "./parseRewardRequest.ts";

/** The answer to one line. */
export interface RewardLine {
  /** JSON without the line's end. */
  json: string;
  isError: boolean;
}

/** Rewards the JSON of one line; a line that cannot be rewarded gives `{"line":3,"code":...,"error":...}`. Lines count from 1. */
export function rewardLine(text: string, line: number): RewardLine {
  try {
    return { json: JSON.stringify(reward(parseRewardRequest(text))), isError: false };
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    return { json: JSON.stringify({ line, code: error.code, error: error.message }), isError: true };
  }
}
