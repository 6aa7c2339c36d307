import { describe, expect, test } from "@jest/globals";
import type { Asked } from "../../src/run/askServer.ts";
import { askWithRetries, type RetryOptions } from "../../src/run/askWithRetries.ts";

const answered: Asked = { answer: { prediction: "4", finish_reason: "stop", usage: null }, failure: null };
const failed = (kind: "passing" | "refused" | "fatal", retryAfter: number | null = null): Asked => ({
  answer: null,
  failure: { kind, message: kind, retryAfter },
});

/** Answers one after the other; the last one again and again. */
async function ask(replies: readonly Asked[], options: Partial<RetryOptions> = {}) {
  const waits: number[] = [];
  let asked = 0;
  const result = await askWithRetries(async () => replies[Math.min(asked++, replies.length - 1)]!, {
    retries: 5,
    firstWait: 8,
    signal: new AbortController().signal,
    onRetry: (_, wait) => void waits.push(wait),
    ...options,
  });
  return { ...result, asked, waits };
}

describe("askWithRetries", () => {
  test("an answer ends it; attempts are those that were made", async () => {
    expect(await ask([answered])).toMatchObject({ ...answered, attempts: 1, asked: 1, waits: [] });
    expect(await ask([failed("passing"), failed("passing"), answered])).toMatchObject({
      ...answered,
      attempts: 3,
      asked: 3,
    });
  });

  test.each(["refused", "fatal"] as const)("%s is not asked again", async (kind) => {
    expect(await ask([failed(kind), answered])).toMatchObject({ failure: { kind }, attempts: 1, asked: 1 });
  });

  test("retries are attempts after the first; 0 makes one", async () => {
    expect(await ask([failed("passing")], { retries: 3, firstWait: 1 })).toMatchObject({
      failure: { kind: "passing" },
      asked: 4,
    });
    expect(await ask([failed("passing")], { retries: 0 })).toMatchObject({ asked: 1 });
  });

  test("each wait is at most twice as long as the one before could be, at least half of that", async () => {
    const { waits } = await ask([failed("passing")], { retries: 4 });
    expect(waits).toHaveLength(4);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThan(8 * 2 ** index * 0.5 - 1e-9);
      expect(wait).toBeLessThanOrEqual(8 * 2 ** index);
    }
  });

  test("the server's own Retry-After comes before the back-off; one of over ten minutes is not waited for", async () => {
    expect((await ask([failed("passing", 3), failed("passing", 0), answered])).waits).toEqual([3, 0]);
    expect(await ask([failed("passing", 3_600_000), answered])).toMatchObject({
      failure: { kind: "passing" },
      asked: 1,
    });
  });

  test("a signal ends a wait with its own reason, and no further attempt is made", async () => {
    const controller = new AbortController();
    const reason = new Error("stopped");
    const onRetry = (): void => void setTimeout(() => controller.abort(reason), 5);
    const waiting = ask([failed("passing", 500_000)], { signal: controller.signal, onRetry });
    await expect(waiting).rejects.toBe(reason);
    await expect(ask([answered], { signal: controller.signal })).rejects.toBe(reason);
  });
});
