import { setTimeout as sleep } from "node:timers/promises";
import type { Asked } from "./askServer.ts";
import type { ServerFailure } from "./serverFailure.ts";

export interface RetryOptions {
  /** Attempts after the first. */
  retries: number;
  /** Milliseconds before the second attempt; doubled before each further one. */
  firstWait: number;
  signal: AbortSignal;
  /** Told before each wait. @param wait milliseconds */
  onRetry: (failure: ServerFailure, wait: number, attempt: number) => void;
}

/** One second: short enough not to be noticed, long enough that a busy server has answered somebody. */
export const FIRST_WAIT = 1000;
/** A minute: a model that is being loaded is not asked more often than that helps. */
const LONGEST_WAIT = 60_000;
/** Ten minutes: a server that asks for more is not up for this run; the question counts as failed. */
const LONGEST_RETRY_AFTER = 600_000;

/**
 * Asks again after what may pass, waiting twice as long each time (with up to half of it left out at random, so that
 * questions that failed together do not come back together) or as long as the server asks.
 * No p-retry: its backoff knows no Retry-After, and its current version needs Node 22.
 *
 * @returns the last attempt's result, and how many attempts there were
 * @throws the signal's reason, also out of a wait.
 */
export async function askWithRetries(
  ask: () => Promise<Asked>,
  { retries, firstWait, signal, onRetry }: RetryOptions,
): Promise<Asked & { attempts: number }> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const asked = await ask();
    const { failure } = asked;
    const isFinal = failure?.kind !== "passing" || attempt > retries;
    if (isFinal || (failure.retryAfter ?? 0) > LONGEST_RETRY_AFTER) return { ...asked, attempts: attempt };
    const backOff = Math.min(LONGEST_WAIT, firstWait * 2 ** (attempt - 1)) * (1 - Math.random() / 2);
    const wait = failure.retryAfter ?? backOff;
    onRetry(failure, wait, attempt);
    await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
