/** The names that options take, without the code behind them: a command's help needs no more. */
export { READER_NAMES, type ReaderName } from "./readers/names.ts";
export { REWARD_NAMES, REWARDS, type RewardName } from "./rewards/rewards.ts";
