import { type HttpAnswer, postJson } from "./postJson.ts";
import { type ChatAnswer, readChatAnswer } from "./readChatAnswer.ts";
import { redactKey } from "./redactKey.ts";
import { failureOfBody, failureOfConnection, failureOfStatus, type ServerFailure } from "./serverFailure.ts";

/** The server and how long it may take. */
export interface ServerAddress {
  /** Up to and with /v1. */
  baseUrl: string;
  /** Sent as a bearer token; null for none. Never in what is returned. */
  key: string | null;
  /** Seconds until an attempt is given up. */
  timeout: number;
}

/** An answer, or why there is none. */
export type Asked = { answer: ChatAnswer; failure: null } | { answer: null; failure: ServerFailure };

/**
 * Asks once.
 * @param body as chatRequest makes it.
 * @throws the signal's reason.
 */
export async function askServer(address: ServerAddress, body: string, signal: AbortSignal): Promise<Asked> {
  const asked = await send(address, body, signal);
  if (asked.failure !== null) return asked;
  const { prediction, finish_reason, usage } = asked.answer;
  const redact = (text: string): string => redactKey(text, address.key);
  // Once more: JSON can spell a key in ways that only reading it shows.
  const answer: ChatAnswer = {
    prediction: redact(prediction),
    finish_reason: finish_reason === null ? null : redact(finish_reason),
    usage,
  };
  return { answer, failure: null };
}

async function send({ baseUrl, key, timeout }: ServerAddress, body: string, signal: AbortSignal): Promise<Asked> {
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}/chat/completions`);
  const deadline = AbortSignal.timeout(timeout * 1000);
  let received: HttpAnswer;
  try {
    const whole = await postJson(url, body, key, AbortSignal.any([signal, deadline]));
    received = { ...whole, body: redactKey(whole.body, key), contentType: redactKey(whole.contentType, key) };
  } catch (error) {
    signal.throwIfAborted();
    const reason = deadline.aborted ? `nothing within ${timeout} seconds` : `the error "${(error as Error).message}"`;
    return { answer: null, failure: failureOfConnection(url, reason) };
  }
  if (received.status !== 200) return { answer: null, failure: failureOfStatus(url, received, Date.now()) };
  const answer = readChatAnswer(received.body);
  return answer === null ? { answer, failure: failureOfBody(url, received) } : { answer, failure: null };
}
