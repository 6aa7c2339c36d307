import type { HttpAnswer } from "./postJson.ts";

/** Why a question got no answer. */
export interface ServerFailure {
  /** passing: worth another attempt. refused: concerns this question only. fatal: every question would fail. */
  kind: "passing" | "refused" | "fatal";
  /** One line: address, got, expected, what to do. */
  message: string;
  /** Milliseconds the server asks to wait; null when it does not. */
  retryAfter: number | null;
}

/** Busy, restarting or conflicting: exactly the codes that OpenAI's own clients retry. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 429, 500, 502, 503, 504]);

/** The server rejects this request: too long, too many images, a broken image. */
const REFUSED: ReadonlySet<number> = new Set([400, 413, 422]);

/** What to do about a status that retrying does not fix. */
const MOVED = "The server redirects, and a key is never sent along: give the new address (https?) as --base-url.";
const ADVICE: ReadonlyMap<number, string> = new Map([
  ...[301, 302, 307, 308].map((status): [number, string] => [status, MOVED]),
  [401, "Put the right key in the environment variable OPENAI_API_KEY, or name another with --api-key-env."],
  [403, "Put the right key in the environment variable OPENAI_API_KEY, or name another with --api-key-env."],
  [404, "Check --base-url (it should end with /v1) and --model (as listed under /v1/models)."],
  [413, "The request is too large: use fewer --frames or --max-pixels."],
]);

/** What servers say of a prompt that is longer than the model's context. */
const TOO_LONG = new RegExp(
  [
    // vLLM; SGLang; Ollama
    "maximum (context|model|allowed) length|model's context length|exceeds? the context length",
    // OpenAI and llama.cpp: their codes, and llama.cpp's sentence; llama-cpp-python
    "context_length_exceeded|exceed_context_size|exceeds the available context|exceeds? (the )?context (window|size)",
    // LM Studio, as it words it; its two engines
    "context the overflows|context size has been exceeded|greater than the context length|context length of only",
    // TGI
    "`max_new_tokens` must be|`inputs` must have less than",
  ].join("|"),
  "i",
);
const LONGER_CONTEXT =
  "The prompt is longer than the model's context: use fewer --frames, a smaller --max-pixels (each 28 x 28 of them is about a token) or --max-tokens, or start the server with a longer context (vLLM: --max-model-len).";

/** Long enough for a server's sentence; some send a whole page. */
const LONGEST_SHOWN_BODY = 300;

/** @param now milliseconds since 1970, for a Retry-After that is a date. */
export function failureOfStatus(url: URL, answer: HttpAnswer, now: number): ServerFailure {
  const { status, body } = answer;
  const own = PASSING.has(status) ? "passing" : REFUSED.has(status) ? "refused" : "fatal";
  const tooLarge = own === "fatal" ? null : adviceOfTooLarge(body);
  // Some servers call it their own error, with a status of 500: asked again, the prompt would be just as long.
  const kind = tooLarge === null ? own : "refused";
  const advice =
    tooLarge ??
    ADVICE.get(status) ??
    (kind === "passing" ? "The server's log may say more." : "Read the server's log.");
  return failure(kind, url, `status ${status} ${shown(body)}`, advice, retryAfterOf(answer.retryAfter, now));
}

/** What to do about a prompt that the server's own words call too large; null where they say nothing of it. */
function adviceOfTooLarge(body: string): string | null {
  const tooManyImages = /at most (\d+) image/i.exec(body);
  if (tooManyImages !== null) {
    return `Use --frames ${tooManyImages[1]} (for a dataset with its own frames: rebuild it with that many), or raise the server's limit (vLLM: --limit-mm-per-prompt '{"image": 32}').`;
  }
  return TOO_LONG.test(body) ? LONGER_CONTEXT : null;
}

/** A 200 whose body holds no answer. */
export function failureOfBody(url: URL, { body, contentType }: HttpAnswer): ServerFailure {
  const got = `${contentType === "" ? "a body" : contentType} ${shown(body)}`;
  if (contentType.startsWith("text/event-stream")) {
    return failure("passing", url, got, "The server streams unasked: turn streaming off there.");
  }
  if (!/^\s*\{\s*"error"/.test(body)) {
    return failure("passing", url, got, "Is --base-url an OpenAI-compatible server? It should end with /v1.");
  }
  // LM Studio answers so.
  const tooLarge = adviceOfTooLarge(body);
  return failure(tooLarge === null ? "passing" : "refused", url, got, tooLarge ?? "The server's log may say more.");
}

/** No answer at all: no server, a dropped connection, a timeout. @param reason what went wrong, in a few words. */
export function failureOfConnection(url: URL, reason: string): ServerFailure {
  if (/certificate/i.test(reason)) {
    const advice =
      "Start vsi-eval with NODE_EXTRA_CA_CERTS=FILE, the certificate of the authority that signed the server's.";
    return failure("fatal", url, reason, advice);
  }
  return failure(
    "passing",
    url,
    reason,
    "Is the server up, and --base-url correct? For slow answers, raise --timeout.",
  );
}

function failure(
  kind: ServerFailure["kind"],
  url: URL,
  got: string,
  advice: string,
  retryAfter: number | null = null,
): ServerFailure {
  return { kind, message: `${url.href}: got ${got}, expected a chat completion. ${advice}`, retryAfter };
}

/** A body in one line, cut. */
function shown(body: string): string {
  const line = body.replace(/\s+/g, " ").trim();
  if (line === "") return "without a body";
  return JSON.stringify(line.length > LONGEST_SHOWN_BODY ? `${line.slice(0, LONGEST_SHOWN_BODY)}…` : line);
}

/** Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  const wait = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
