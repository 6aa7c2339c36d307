/** What a model answered. */
export interface ChatAnswer {
  /** The text, "" when the model said nothing. */
  prediction: string;
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
  const finishReason = field(list(field(completion, "choices"))[0], "finish_reason");
  const usage = field(completion, "usage");
  const promptTokens = count(field(usage, "prompt_tokens"));
  return {
    prediction: text,
    finish_reason: typeof finishReason === "string" ? finishReason : null,
    usage:
      promptTokens === null
        ? null
        : { prompt_tokens: promptTokens, completion_tokens: count(field(usage, "completion_tokens")) },
  };
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
