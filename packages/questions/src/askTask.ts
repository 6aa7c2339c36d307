import { drawWithoutRepetition } from "./random/drawWithoutRepetition.ts";
import type { Attempt, Draft, Refusal, Task, TaskInput } from "./tasks/task.ts";

export interface AskedTask {
  drafts: Draft[];
  refusals: Refusal[];
  /** Candidates left when the limit was reached, or too many were refused. */
  notDrawn: number;
}

/**
 * Draws a task's candidates in random order until `limit` are accepted or none is left, and returns them in the order
 * the task asks for; or until the task gives up, after too many refusals. A larger limit only adds to what a smaller one gives.
 *
 * @param limit at most this many drafts; may be infinite.
 */
export function askTask(task: Task, limit: number, input: TaskInput): AskedTask {
  const candidates = task.candidates(input);
  const attempts: { index: number; attempt: Attempt }[] = [];
  const mostRefused = candidates.mostRefused ?? Number.POSITIVE_INFINITY;
  let accepted = 0;
  let refused = 0;
  for (const index of drawWithoutRepetition(input.random("order"), candidates.count)) {
    if (accepted >= limit || refused >= mostRefused) {
      break;
    }
    const attempt = candidates.ask(index);
    // Neither asked nor refused: the task looked for another answer, and the candidate counts as never drawn.
    if (!attempt.draft && attempt.refusals.length === 0) {
      continue;
    }
    attempts.push({ index, attempt });
    refused += attempt.refusals.length;
    if (attempt.draft) {
      accepted++;
    }
  }
  if (task.order === "every") {
    attempts.sort((one, other) => one.index - other.index);
  }
  return {
    drafts: attempts.flatMap(({ attempt }) => attempt.draft ?? []),
    refusals: attempts.flatMap(({ attempt }) => attempt.refusals),
    notDrawn: candidates.count - attempts.length,
  };
}
