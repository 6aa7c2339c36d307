import type { AnswerSettings } from "./runOptions.ts";

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
