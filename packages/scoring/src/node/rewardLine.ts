import { reward } from "../rewards/reward.ts";
import { ScoringError } from "../scoringError.ts";
import { parseRewardRequest } from "./parseRewardRequest.ts";
import { LONGEST_LINE } from "./readLines.ts";

/** The answer to one line. */
export interface RewardLine {
  /** JSON without the line's end. */
  json: string;
  isError: boolean;
}

/**
 * Rewards the JSON of one line; a line that cannot be rewarded, or null for one too long to be read, gives `{"line":3,"code":...,"error":...}`.
 * Lines count from 1.
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
    expected: "one request a line",
    advice: "Check that every request ends with a line feed.",
  });
}
