import { setMaxListeners } from "node:events";
import pLimit from "p-limit";
import { RunStoppedError } from "../errors.ts";
import type { AnswerRecord } from "./answers.ts";
import { encodeFrames, frameCache } from "./frameImage.ts";
import type { PlannedQuestion } from "./planRun.ts";
import type { RunOptions } from "./runOptions.ts";
import type { ImagesSeen } from "./runSettings.ts";
import {
  type Asked,
  askServer,
  askWithRetries,
  type ChatAnswer,
  chatRequest,
  FIRST_WAIT,
  type ServerAddress,
} from "./server.ts";

/** After this many unanswered questions in a row, the server or the settings are at fault, not the questions. */
const FAILURES_IN_A_ROW = 10;

/** What happens while questions are asked. */
interface AskHooks {
  signal: AbortSignal;
  /** A question was answered or has failed for good. */
  onRecord: (record: AnswerRecord) => void;
  /** Found out once, by the first answer, before any is recorded. */
  onImages: (images: ImagesSeen) => Promise<void>;
  onProblem: (level: "info" | "warn", line: string) => void;
}

/**
 * Asks every question once, several at the same time. No answer is recorded before the first one has shown whether its
 * images arrived.
 *
 * @throws RunStoppedError when no question will fare better (a refused key, a wrong address, images dropped, too many
 * failures in a row), EvaluationError "frame-unreadable", and the signal's reason.
 */
export async function askAll(
  questions: readonly PlannedQuestion[],
  options: RunOptions,
  key: string | null,
  hooks: AskHooks,
): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([hooks.signal, stop.signal]);
  // Every question in flight listens to it; Node warns of a leak from eleven listeners on.
  setMaxListeners(0, signal);
  const server: ServerAddress = { baseUrl: options.baseUrl, key, timeout: options.timeout };
  const encoded = frameCache(options.concurrency, (frames) => encodeFrames(frames, options.maxPixels));
  let failuresInARow = 0;
  let imagesCheck: Promise<void> | null = null;

  const ask = (id: string, body: string): Promise<Asked & { attempts: number }> =>
    askWithRetries(() => askServer(server, body, signal), {
      retries: options.retries,
      firstWait: FIRST_WAIT,
      signal,
      onRetry: ({ message }, wait, attempt) =>
        hooks.onProblem(
          "info",
          `${id}: ${message} Trying again in ${(wait / 1000).toFixed(1)} s (${attempt} of ${options.retries}).`,
        ),
    });

  const askOne = async ({ question, prompt, frames }: PlannedQuestion): Promise<void> => {
    signal.throwIfAborted();
    const images = await encoded(frames);
    const start = performance.now();
    const { answer, failure, attempts } = await ask(question.id, chatRequest(prompt, images, options));
    const seconds = Math.round(performance.now() - start) / 1000;
    if (failure?.kind === "fatal") throw new RunStoppedError(failure.message);
    if (answer !== null) {
      const bare = chatRequest(prompt, [], { ...options, maxTokens: 1 });
      imagesCheck ??= checkImages(answer, images.length, () => ask(question.id, bare)).then(hooks.onImages);
      await imagesCheck;
    }
    hooks.onRecord({
      id: question.id,
      question_type: question.question_type,
      prompt,
      frames: frames.map(({ name }) => name),
      prediction: answer?.prediction ?? null,
      ...(answer?.reasoning_content === undefined ? {} : { reasoning_content: answer.reasoning_content }),
      finish_reason: answer?.finish_reason ?? null,
      usage: answer?.usage ?? null,
      seconds,
      attempts,
      error: failure?.message ?? null,
    });
    failuresInARow = failure === null ? 0 : failuresInARow + 1;
    if (failure === null) return;
    hooks.onProblem("warn", `${question.id}: ${failure.message}`);
    if (failuresInARow < FAILURES_IN_A_ROW) return;
    throw new RunStoppedError(
      `${FAILURES_IN_A_ROW} questions in a row got no answer. The last one: ${failure.message}`,
    );
  };

  const limit = pLimit(options.concurrency);
  const tasks = questions.map((question) => limit(askOne, question));
  try {
    await Promise.all(tasks);
  } catch (error) {
    stop.abort(error);
    // Questions in flight end at once; nothing of theirs may be recorded after this.
    await Promise.allSettled(tasks);
    throw error;
  }
}

/**
 * Whether the server showed the model its images, by the tokens it counted: every image costs at least one. A server
 * can drop them all and still answer 200 (transformers serve with a processor that knows text only: 19 prompt tokens in
 * place of 43).
 *
 * @param answer to a question that was asked with `images` images.
 * @param askWithoutImages asks the same text alone.
 * @returns "none" where none were sent, "unknown" where the server counts nothing, or does not answer without images
 */
export async function checkImages(
  answer: ChatAnswer,
  images: number,
  askWithoutImages: () => Promise<Asked>,
): Promise<ImagesSeen> {
  if (images === 0) return "none";
  if (answer.usage === null) return "unknown";
  const bare = (await askWithoutImages()).answer?.usage ?? null;
  if (bare === null) return "unknown";
  return answer.usage.prompt_tokens - bare.prompt_tokens < images ? "dropped" : "shown";
}
