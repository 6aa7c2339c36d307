import { setTimeout as sleep } from "node:timers/promises";
import { getJson, type HttpAnswer, postJson } from "./postJson.ts";
import type { AnswerSettings } from "./runOptions.ts";
import { failureOfBody, failureOfConnection, failureOfStatus, type ServerFailure } from "./serverFailure.ts";

export interface RetryOptions {
  /** Attempts after the first. */
  retries: number;
  /** Milliseconds before the second attempt; doubled before each further one. */
  firstWait: number;
  signal: AbortSignal;
  /** Told before each wait. @param wait milliseconds */
  onRetry: (failure: ServerFailure, wait: number, attempt: number) => void;
}

/** One second: hardly noticeable, but long enough for a busy server to finish a request. */
export const FIRST_WAIT = 1000;

/** A minute: asking more often does not help while a model is loading. */
const LONGEST_WAIT = 60_000;

/** Ten minutes: if a server asks for more, the question counts as failed. */
const LONGEST_RETRY_AFTER = 600_000;

/**
 * Retries transient failures, waiting twice as long each time (minus up to half at random, so that questions that
 * failed together do not return together) or as long as the server asks. No p-retry: its backoff knows no Retry-After,
 * and its current version needs Node 22.
 *
 * @returns the last attempt's result, and how many attempts there were
 * @throws the signal's reason, also out of a wait.
 */
export async function askWithRetries(
  ask: () => Promise<Asked>,
  { retries, firstWait, signal, onRetry }: RetryOptions,
): Promise<Asked & { attempts: number }> {
  for (let attempt = 1; ; attempt += 1) {
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

/** The server and how long it may take. */
export interface ServerAddress {
  /** Up to and with /v1. */
  baseUrl: string;
  /** Sent as a bearer token; null for none. Never in what is returned. */
  key: string | null;
  /** Seconds until an attempt is given up. */
  timeout: number;
}

/** Seconds: a server that is busy with its model may still answer; the questions find out. */
const LONGEST_LOOK = 10;

/** No server, no such machine, no way there; not a connection that is cut, as busy servers do. */
const NOBODY: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * Looks for the server at GET /models, whatever it answers.
 *
 * @returns why there is none; null where something answers, or may do so later.
 * @throws the signal's reason.
 */
export async function findNoServer({ baseUrl, key }: ServerAddress, signal: AbortSignal): Promise<string | null> {
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}/models`);
  try {
    await getJson(url, key, AbortSignal.any([signal, AbortSignal.timeout(LONGEST_LOOK * 1000)]));
    return null;
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !NOBODY.has(code)) return null;
    return `${url.href}: got the error "${message || code}", expected a server. Is it up, has it loaded its model, and is --base-url correct?`;
  }
}

/** An answer, or why there is none. */
export type Asked = { answer: ChatAnswer; failure: null } | { answer: null; failure: ServerFailure };

/**
 * Asks once.
 *
 * @param body as chatRequest makes it.
 * @throws the signal's reason.
 */
export async function askServer(address: ServerAddress, body: string, signal: AbortSignal): Promise<Asked> {
  const asked = await send(address, body, signal);
  if (asked.failure !== null) return asked;
  const { prediction, reasoning_content, finish_reason, usage } = asked.answer;
  const redact = (text: string): string => redactKey(text, address.key);
  // Again after parsing: JSON can escape a key so that it shows only once parsed.
  const answer: ChatAnswer = {
    prediction: redact(prediction),
    ...(reasoning_content === undefined ? {} : { reasoning_content: redact(reasoning_content) }),
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
    const reason = deadline.aborted ? `no answer within ${timeout} seconds` : `the error "${(error as Error).message}"`;
    return { answer: null, failure: failureOfConnection(url, reason) };
  }
  if (received.status !== 200) return { answer: null, failure: failureOfStatus(url, received, Date.now()) };
  const answer = readChatAnswer(received.body);
  return answer === null ? { answer, failure: failureOfBody(url, received) } : { answer, failure: null };
}

/** What a model answered. */
export interface ChatAnswer {
  /** The text, "" when the model said nothing. */
  prediction: string;
  /**
   * What a server with a reasoning parser took out of the text (vLLM, SGLang: `reasoning_content`; vLLM since 0.11:
   * `reasoning`); left out where there is nothing.
   */
  reasoning_content?: string;
  /** "stop" at the model's own end, "length" when max_tokens cut it; null when the server does not say. */
  finish_reason: string | null;
  /** Tokens as the server counts them; null when it does not say. */
  usage: { prompt_tokens: number; completion_tokens: number | null } | null;
}

/** The answer in a chat completion's body; null when it is not one (cut or broken JSON, an error page, no choice). */
export function readChatAnswer(body: string): ChatAnswer | null {
  const completion = parse(body);
  const choice = field(list(field(completion, "choices"))[0], "message");
  const text = textOf(field(choice, "content"));
  if (text === null) return null;
  const reasoning = textOrNull(field(choice, "reasoning_content")) ?? textOrNull(field(choice, "reasoning"));
  const finishReason = field(list(field(completion, "choices"))[0], "finish_reason");
  const usage = field(completion, "usage");
  const promptTokens = count(field(usage, "prompt_tokens"));
  return {
    prediction: text,
    ...(reasoning === null ? {} : { reasoning_content: reasoning }),
    finish_reason: typeof finishReason === "string" ? finishReason : null,
    usage:
      promptTokens === null
        ? null
        : { prompt_tokens: promptTokens, completion_tokens: count(field(usage, "completion_tokens")) },
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** A text as it is, null (a model that said nothing) as "", a list of parts as their texts; null for anything else. */
function textOf(content: unknown): string | null {
  if (typeof content === "string") return content;
  if (content === null) return "";
  if (!Array.isArray(content)) return null;
  const texts = content.map((part) => field(part, "text"));
  return texts.every((text) => typeof text === "string") ? texts.join("") : null;
}

/** Shorter keys are placeholders ("EMPTY", "none") for local servers, and may be words in a real answer. */
const SHORTEST_SECRET = 8;

/** A server's text without the key, should it have sent it back: as it is, or as it stands in a JSON text. */
export function redactKey(text: string, key: string | null): string {
  if (key === null || key.length < SHORTEST_SECRET) return text;
  const inJson = JSON.stringify(key).slice(1, -1);
  return text.replaceAll(key, "[API key]").replaceAll(inJson, "[API key]");
}

/**
 * The body of a chat completion (OpenAI's protocol, as vLLM, SGLang and transformers serve read it): the frames as
 * image_url parts in their order, then the text.
 *
 * @param images data URLs.
 */
export function chatRequest(
  text: string,
  images: readonly string[],
  settings: Pick<AnswerSettings, "model" | "maxTokens" | "temperature" | "seed">,
): string {
  const parts = images.map((url) => ({ type: "image_url", image_url: { url } }));
  return JSON.stringify({
    model: settings.model,
    messages: [{ role: "user", content: [...parts, { type: "text", text }] }],
    max_tokens: settings.maxTokens,
    temperature: settings.temperature,
    ...(settings.seed === null ? {} : { seed: settings.seed }),
  });
}

/** How URL names this machine. */
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** A warning when a key would cross a network unencrypted; null otherwise. It does not contain the key. */
export function plainKeyWarning(baseUrl: string, key: string | null): string | null {
  const { protocol, hostname } = new URL(baseUrl);
  if (key === null || protocol === "https:" || LOOPBACK.test(hostname)) return null;
  return `The API key is sent to ${hostname} unencrypted. Use https, or unset the variable if that server needs no key.`;
}
